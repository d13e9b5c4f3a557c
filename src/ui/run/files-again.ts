// The files an export has written, to be taken in hand once more where the browser still has them.
import type { OutputFile } from '../../contract/report.ts';
import type { CompletedRun } from './run-state.ts';

/** Whether the file can be asked for again. */
export function canReopen({ target, handover }: CompletedRun, file: OutputFile): boolean {
  if (target instanceof FileSystemFileHandle || target instanceof FileSystemDirectoryHandle)
    return true;
  return keptFiles(handover).some((each) => each.name === file.name);
}

/** The files that the page itself still has. */
export function keptFiles(
  handover: CompletedRun['handover'],
): readonly { name: string; blob: Blob }[] {
  return handover !== null && handover.kind !== 'clipboard' ? handover.files : [];
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
  const kept = keptFiles(handover).find((file) => file.name === name);
  if (kept === undefined) throw new DOMException(`${name} is not kept`, 'NotFoundError');
  return new File([kept.blob], name);
}
