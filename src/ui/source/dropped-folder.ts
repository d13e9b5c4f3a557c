// What was dropped, folders among it: each folder becomes one input of all files beneath it.
import type { Input } from '../draft.ts';

/** Files of a folder at most; more are a mistake rather than a source. */
const MOST_FILES = 10_000;

/** `entries`: as the drop gave them, for they are gone once it is over. */
export async function droppedInputs(entries: readonly FileSystemEntry[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const entry of entries)
    if (entry.isDirectory) inputs.push(...(await folderInput(entry as FileSystemDirectoryEntry)));
    else inputs.push(fileInput(await fileOf(entry as FileSystemFileEntry)));
  return inputs;
}

function fileInput(file: File): Input {
  return { name: file.name, sizeBytes: file.size, data: { bytes: file } };
}

async function folderInput(folder: FileSystemDirectoryEntry): Promise<Input[]> {
  const files: { name: string; file: File }[] = [];
  await collect(folder, '', files);
  if (files.length === 0) return [];
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    {
      name: folder.name,
      sizeBytes: files.reduce((sum, { file }) => sum + file.size, 0),
      data: { bytes: { name: folder.name, files } },
    },
  ];
}

async function collect(
  folder: FileSystemDirectoryEntry,
  path: string,
  files: { name: string; file: File }[],
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

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
