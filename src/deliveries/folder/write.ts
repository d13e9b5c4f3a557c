// Writes files into a folder that the person picked, old or new, never part.
//
// A new name is written through the browser's swap file and taken away again when the run is given up. A name that is to be
// replaced is written beside it (`.<job>-<n>.part`), read back there, and copied over in one swap at commit: this costs the
// disk twice, and keeps the old file until the new one is known to be good.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter, FileWriter } from '../../contract/plugins.ts';
import { numberedName, requirePlainName, temporaryName } from '../file-names.ts';
import { FilePieces } from '../file-pieces.ts';
import { handleError, HandleFile } from '../handle-file.ts';
import type { FolderOptions } from './options.ts';

const MOST_NUMBERS = 10_000;

interface StagedFile {
  name: string;
  file: HandleFile;
  /** The file whose place this one takes at commit. */
  replaces: FileSystemFileHandle | null;
}

export async function open(context: DeliveryContext<FolderOptions>): Promise<DeliveryWriter> {
  const { target, ifExists } = context;
  if (!(target instanceof FileSystemDirectoryHandle))
    throw new ExportError('config.binding-missing', { binding: 'the folder to write into' });
  const folder = target;
  const pieces = new FilePieces();
  const files: StagedFile[] = [];
  let state: 'open' | 'committed' | 'aborted' = 'open';

  const requireOpen = (name: string): void => {
    if (state !== 'open')
      throw new ExportError('deliver.failed', { name, detail: `the delivery is ${state}` });
  };

  /** The file of that name, `folder` when a folder has it, null when it is free. */
  const find = async (name: string): Promise<FileSystemFileHandle | 'folder' | null> => {
    try {
      return await folder.getFileHandle(name);
    } catch (thrown) {
      const reason = (thrown as Error).name;
      if (reason === 'NotFoundError') return null;
      if (reason === 'TypeMismatchError') return 'folder';
      throw thrown;
    }
  };

  const isTaken = async (name: string): Promise<boolean> =>
    files.some((staged) => staged.name === name) || (await find(name)) !== null;

  const freeName = async (wanted: string): Promise<string> => {
    for (let number = 1; number <= MOST_NUMBERS; number++) {
      const name = numberedName(wanted, number);
      if (!(await isTaken(name))) return name;
    }
    throw new ExportError('deliver.exists', { name: wanted });
  };

  const openFile = async (wanted: string): Promise<FileWriter> => {
    requireOpen(wanted);
    requirePlainName(wanted);
    const name = ifExists === 'rename' ? await freeName(wanted) : wanted;
    if (files.some((staged) => staged.name === name))
      throw new ExportError('deliver.exists', { name });
    const old = await find(name);
    if (old === 'folder')
      throw new ExportError('deliver.failed', {
        name,
        detail: 'a folder of that name is in the way',
      });
    if (old !== null && ifExists !== 'replace') throw new ExportError('deliver.exists', { name });
    const place = old === null ? name : temporaryName(context.jobId, files.length + 1);
    requireOpen(name);
    const handle = await folder.getFileHandle(place, { create: true });
    const file = new HandleFile(handle, pieces);
    files.push({ name, file, replaces: old });
    if (state === 'aborted') await file.remove();
    requireOpen(name);
    await file.open();
    return { name, path: name, write: (bytes) => file.write(bytes), close: () => file.close() };
  };

  return {
    async openFile(name) {
      try {
        return await openFile(name);
      } catch (thrown) {
        throw handleError(thrown, name, 0);
      }
    },
    readBack(name) {
      const staged = files.find((f) => f.name === name);
      return staged?.file.isClosed === true ? staged.file.read() : null;
    },
    async commit() {
      for (const { name, file, replaces } of files) {
        requireOpen(name);
        if (replaces === null) continue;
        try {
          const content = await file.handle.getFile();
          const swap = await replaces.createWritable({ keepExistingData: false });
          try {
            await swap.write(content);
          } catch (thrown) {
            await swap.abort().catch(() => {});
            throw thrown;
          }
          await swap.close();
        } catch (thrown) {
          throw handleError(thrown, name, file.written);
        }
      }
      state = 'committed';
      for (const { file, replaces } of files)
        if (replaces !== null) await file.remove().catch(() => {});
      return null;
    },
    async abort() {
      if (state === 'committed') return;
      state = 'aborted';
      for (const { file } of files) {
        await file.giveUp();
        await file.remove().catch(() => {});
      }
    },
  };
}
