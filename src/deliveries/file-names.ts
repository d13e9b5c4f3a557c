// Names of delivered files: what a folder may never be asked for, and the next free name beside a taken one.
import { ExportError, shorten } from '../contract/errors.ts';

/**
 * Refuses a name that is not one plain entry of a folder: empty, `.`, `..`, with a separator, a NUL or (for Windows'
 * drives and streams) a colon. The engine's naming never makes such a name; this is the second lock.
 */
export function requirePlainName(name: string): void {
  if (name === '' || name === '.' || name === '..' || /[/\\:\0]/.test(name))
    throw new ExportError('deliver.failed', {
      name: shorten(name === '' ? '“”' : name),
      detail: 'the name would lead out of the folder',
    });
}

/** Refuses a path that is not plain entries of folders, one in the other: `country=DE/orders.csv` is one. */
export function requirePlainPath(path: string): void {
  for (const name of path.split('/')) requirePlainName(name);
}

/** `orders.csv.gz` and 2 → `orders (2).csv.gz`; number 1 is the name itself. */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name;
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  if (folder !== '') return folder + numberedName(name.slice(folder.length), number);
  // Only short endings of letters and digits are extensions: `v1.2 final` has none.
  const extension = /(?:\.[A-Za-z][A-Za-z0-9]{0,9}){1,2}$/.exec(name)?.[0] ?? '';
  const stem =
    extension.length === name.length ? name : name.slice(0, name.length - extension.length);
  return `${stem} (${number})${name.slice(stem.length)}`;
}

/** Name of the temporary file that holds a job's n-th file (from 1) until its commit. */
export function temporaryName(jobId: string, number: number): string {
  return `${temporaryPrefix(jobId)}${number}.part`;
}

/** Name under which a job keeps the old file whose place its n-th file takes, until all have taken theirs. */
export function keptName(jobId: string, number: number): string {
  return `${temporaryPrefix(jobId)}${number}.old`;
}

/** Whether a file is one that this job would have removed, had it come to its end. */
export function isLeftover(name: string, jobId: string): boolean {
  return name.startsWith(temporaryPrefix(jobId)) && /-\d+\.(?:part|old)$/.test(name);
}

function temporaryPrefix(jobId: string): string {
  return `.${jobId.replace(/[^\w-]/g, '_').slice(0, 64)}-`;
}
