// The files of a folder of this machine, and those that a pattern means.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OneFileBinding } from '../../contract/bindings.ts';
import { ExportError } from '../../contract/errors.ts';
import { isPattern, namePattern } from '../../contract/file-names.ts';
import type { OpenedBytes } from './blob.ts';

/** More files than these are no source but a mistake (the root of a disk). */
const MOST_FILES = 100_000;

/** Names of all files beneath a folder, `/` between folders; folders that are links are not entered. */
async function namesBeneath(folder: string, isDeep: boolean): Promise<string[]> {
  const names: string[] = [];
  const waiting = [''];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true });
    for (const entry of entries) {
      const name = at + entry.name;
      if (entry.isDirectory()) {
        if (isDeep) waiting.push(`${name}/`);
      } else if (entry.isFile() || (await isLinkedFile(join(folder, name)))) names.push(name);
      if (names.length > MOST_FILES)
        throw new ExportError('read.open-failed', {
          name: basename(folder),
          detail: `it holds more than ${MOST_FILES} files.`,
        });
    }
  }
  return names;
}

async function isLinkedFile(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => null);
  return info?.isFile() ?? false;
}

function several(name: string, files: { name: string; file: OneFileBinding }[]): OpenedBytes {
  return {
    name,
    sizeBytes: null,
    once: false,
    files,
    open() {
      throw new TypeError(`${name} holds files, not bytes`);
    },
  };
}

/** A folder with all files beneath it. */
export async function openFolder(path: string): Promise<OpenedBytes> {
  const names = await namesBeneath(path, true);
  const files = names.map((name) => ({ name, file: { path: join(path, name) } }));
  return several(basename(path), files);
}

/** What a pattern means; null when the path is none. */
export async function openPattern(path: string): Promise<OpenedBytes | null> {
  if (!isPattern(path)) return null;
  const parts = path.split('/');
  const first = parts.findIndex(isPattern);
  const folder = parts.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.');
  const rest = parts.slice(first);
  const matches = namePattern(rest.join('/'));
  const isDeep = rest.length > 1 || rest[0]!.includes('**');
  const names = await namesBeneath(folder, isDeep).catch((cause: unknown) => {
    if (cause instanceof ExportError) throw cause;
    return [];
  });
  // A pattern of one part is held against names that have no folder.
  const found = names.filter((name) => matches(name));
  const files = found.map((name) => ({ name, file: { path: join(folder, name) } }));
  return { ...several(basename(path), files), isPattern: true };
}
