// The files an export has written, to be taken in hand once more where the browser still has them.
import type { OutputFile } from '../../contract/report.ts';
import type { CompletedRun } from './run-state.ts';

/** Whether the file can be asked for again. */
export function canReopen({ target, handover }: CompletedRun, file: OutputFile): boolean {
  if (target instanceof FileSystemFileHandle || target instanceof FileSystemDirectoryHandle)
    return true;
  return handover?.kind === 'download' && handover.files.some((each) => each.name === file.name);
}

/** The file's bytes as they are now. Rejects when they are gone or may not be read any more. */
export async function reopen(
  { target, handover }: CompletedRun,
  { name, path }: OutputFile,
): Promise<File> {
  if (target instanceof FileSystemFileHandle) return target.getFile();
  if (target instanceof FileSystemDirectoryHandle) {
    const names = (path === '' ? name : path).split('/');
    let folder = target;
    for (const each of names.slice(0, -1)) folder = await folder.getDirectoryHandle(each);
    return (await folder.getFileHandle(names.at(-1)!)).getFile();
  }
  const kept =
    handover?.kind === 'download' ? handover.files.find((file) => file.name === name) : undefined;
  if (kept === undefined) throw new DOMException(`${name} is not kept`, 'NotFoundError');
  return new File([kept.blob], name);
}
