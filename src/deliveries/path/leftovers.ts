// Clears up after a run worker that was ended or died before it could.
import { readdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isLeftover } from '../file-names.ts';

/** Removes a dead job's temporary files beside `path` (the delivery's option). Never fails; final names are not touched. */
export async function removeLeftovers(path: string, jobId: string): Promise<void> {
  const absolute = resolve(path);
  const isFolder = await stat(absolute).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const folder = isFolder ? absolute : dirname(absolute);
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (isLeftover(name, jobId)) await unlink(join(folder, name)).catch(() => {});
}
