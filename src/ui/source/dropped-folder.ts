// Folders as inputs, dropped or picked: each becomes one input of all files beneath it.
import { ExportError } from '../../contract/errors.ts';
import type { Input } from '../input.ts';

/** Files of a folder at most; more are a mistake rather than a source. */
const MOST_FILES = 10_000;

interface NamedFile {
  /** Beneath the folder: `2026/11/a.csv`. */
  name: string;
  file: File;
}

/** `entries`: as the drop gave them, for they are gone once it is over. Throws `read.folder-empty`. */
export async function droppedInputs(entries: readonly FileSystemEntry[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const entry of entries)
    if (entry.isDirectory) {
      const files: NamedFile[] = [];
      await collect(entry as FileSystemDirectoryEntry, '', files);
      inputs.push(folderInput(entry.name, files));
    } else inputs.push(fileInput(await fileOf(entry as FileSystemFileEntry)));
  return inputs;
}

/** Asks for a folder, in a click; null when nobody chose one. Throws `read.folder-empty`. */
export async function pickedFolder(): Promise<Input[] | null> {
  const picked = 'showDirectoryPicker' in window ? await pickWithHandle() : await pickWithInput();
  return picked && [folderInput(picked.name, picked.files)];
}

async function pickWithHandle(): Promise<{ name: string; files: NamedFile[] } | null> {
  try {
    const folder = await window.showDirectoryPicker({ id: 'source', mode: 'read' });
    const files: NamedFile[] = [];
    await collectHandles(folder, '', files);
    return { name: folder.name, files };
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  }
}

/** Where the browser has no picker of folders, a field for files has one. */
function pickWithInput(): Promise<{ name: string; files: NamedFile[] } | null> {
  return new Promise((resolve) => {
    const field = document.createElement('input');
    field.type = 'file';
    field.webkitdirectory = true;
    field.addEventListener('cancel', () => resolve(null));
    field.addEventListener('change', () => {
      const all = [...(field.files ?? [])];
      const [root = ''] = all[0]?.webkitRelativePath.split('/') ?? [];
      const files = all
        .map((file) => ({ name: file.webkitRelativePath.slice(root.length + 1), file }))
        .filter(({ name }) => !/(?:^|\/)\./.test(name))
        .slice(0, MOST_FILES);
      resolve({ name: root, files });
    });
    field.click();
  });
}

function fileInput(file: File): Input {
  return { name: file.name, sizeBytes: file.size, data: { bytes: file } };
}

function folderInput(name: string, files: NamedFile[]): Input {
  if (files.length === 0) throw new ExportError('read.folder-empty', { name });
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name,
    sizeBytes: files.reduce((sum, { file }) => sum + file.size, 0),
    data: { bytes: { name, files } },
  };
}

async function collect(
  folder: FileSystemDirectoryEntry,
  path: string,
  files: NamedFile[],
): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A reader gives some at a time, and none once all were given.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.name.startsWith('.') || files.length >= MOST_FILES) continue;
      const name = path + entry.name;
      if (entry.isDirectory) await collect(entry as FileSystemDirectoryEntry, `${name}/`, files);
      else files.push({ name, file: await fileOf(entry as FileSystemFileEntry) });
    }
  }
}

async function collectHandles(
  folder: FileSystemDirectoryHandle,
  path: string,
  files: NamedFile[],
): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    if (name.startsWith('.') || files.length >= MOST_FILES) continue;
    if (handle.kind === 'directory')
      await collectHandles(handle as FileSystemDirectoryHandle, `${path}${name}/`, files);
    else files.push({ name: path + name, file: await (handle as FileSystemFileHandle).getFile() });
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
