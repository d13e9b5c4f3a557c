// Writes files into a folder that the person picked, old or new, never part.
//
// A new name is written through the browser's swap file and taken away again when the run is given up. A name that is to be
// replaced, that leads into folders, or that is known only behind the writing, is written beside it (`.<job>-<n>.part`), read
// back there, and moved or copied to its place at commit: a copy costs the disk twice, and keeps the old file until the new
// one is known to be good.
import { ExportError } from '../../contract/errors.ts';
import type {
  DeliveryContext,
  DeliveryWriter,
  FileFate,
  FileWriter,
} from '../../contract/delivery-plugin.ts';
import { numberedName, requirePlainPath, temporaryName } from '../file-names.ts';
import { FilePieces } from '../file-pieces.ts';
import { handleError, HandleFile } from '../handle-file.ts';
import type { FolderOptions } from './options.ts';

const MOST_NUMBERS = 10_000;

interface StagedFile {
  name: string;
  file: HandleFile;
  /** Waits under a temporary name for its place. */
  isAside: boolean;
  /** The file whose place this one takes at commit. */
  replaces: FileSystemFileHandle | null;
}

/** Not everywhere yet, and in some browsers for private storage alone. */
type MovableHandle = FileSystemFileHandle & {
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
};

export async function open(context: DeliveryContext<FolderOptions>): Promise<DeliveryWriter> {
  const { target } = context;
  if (!(target instanceof FileSystemDirectoryHandle))
    throw new ExportError('config.binding-missing', { binding: 'the folder to write into' });
  const folder = target;
  const pieces = new FilePieces();
  const files: StagedFile[] = [];
  const names = new Set<string>();
  let asideCount = 0;
  let state: 'open' | 'committed' | 'aborted' = 'open';

  const requireOpen = (name: string): void => {
    if (state !== 'open')
      throw new ExportError('deliver.failed', { name, detail: `the delivery is ${state}` });
  };

  /** The folder a name lies in and its last part; null where there is no such folder and none is to be made. */
  const placeOf = async (
    name: string,
    onMade?: (undo: () => Promise<void>) => void,
  ): Promise<{ parent: FileSystemDirectoryHandle; last: string } | null> => {
    let parent = folder;
    const parts = name.split('/');
    for (const part of parts.slice(0, -1)) {
      try {
        parent = await parent.getDirectoryHandle(part);
      } catch (thrown) {
        if ((thrown as Error).name !== 'NotFoundError') throw thrown;
        if (onMade === undefined) return null;
        const above = parent;
        parent = await above.getDirectoryHandle(part, { create: true });
        onMade(() => above.removeEntry(part));
      }
    }
    return { parent, last: parts.at(-1)! };
  };

  /** The file of that name, `folder` when a folder has it, null when it is free. */
  const find = async (name: string): Promise<FileSystemFileHandle | 'folder' | null> => {
    try {
      const place = await placeOf(name);
      return place && (await place.parent.getFileHandle(place.last));
    } catch (thrown) {
      const reason = (thrown as Error).name;
      if (reason === 'NotFoundError') return null;
      if (reason === 'TypeMismatchError') return 'folder';
      throw thrown;
    }
  };

  const isTaken = async (name: string): Promise<boolean> =>
    names.has(name) || (await find(name)) !== null;

  const freeName = async (wanted: string): Promise<string> => {
    for (let number = 1; number <= MOST_NUMBERS; number++) {
      const name = numberedName(wanted, number);
      if (!(await isTaken(name))) return name;
    }
    throw new ExportError('deliver.exists', { name: wanted });
  };

  /** The name a file gets, and what it takes the place of. */
  const settle = async (
    wanted: string,
    ifExists: DeliveryContext<unknown>['ifExists'],
  ): Promise<{ name: string; old: FileSystemFileHandle | null }> => {
    requirePlainPath(wanted);
    const name = ifExists === 'rename' ? await freeName(wanted) : wanted;
    if (names.has(name)) throw new ExportError('deliver.exists', { name });
    const old = await find(name);
    if (old === 'folder')
      throw new ExportError('deliver.failed', {
        name,
        detail: 'a folder of that name is in the way',
      });
    if (old !== null && ifExists !== 'replace') throw new ExportError('deliver.exists', { name });
    names.add(name);
    return { name, old };
  };

  const openFile = async (wanted: string, fate: FileFate): Promise<FileWriter> => {
    requireOpen(wanted);
    const ifExists = fate.ifExists ?? context.ifExists;
    const isNameless = fate.isNameless === true;
    const { name, old } = isNameless ? { name: wanted, old: null } : await settle(wanted, ifExists);
    const isAside = isNameless || old !== null || name.includes('/');
    const place = isAside ? temporaryName(context.jobId, ++asideCount) : name;
    requireOpen(name);
    const handle = await folder.getFileHandle(place, { create: true });
    const file = new HandleFile(handle, pieces);
    const staged: StagedFile = { name, file, isAside, replaces: old };
    files.push(staged);
    if (state === 'aborted') await file.remove();
    requireOpen(name);
    await file.open();
    const writer: FileWriter = {
      name,
      path: name,
      write: (bytes) => file.write(bytes),
      close: () => file.close(),
      async rename(named, asked) {
        requireOpen(named);
        try {
          const settled = await settle(named, asked ?? context.ifExists);
          staged.name = writer.name = writer.path = settled.name;
          staged.replaces = settled.old;
        } catch (thrown) {
          throw handleError(thrown, named, 0);
        }
      },
      async drop() {
        requireOpen(staged.name);
        await file.remove();
        files.splice(files.indexOf(staged), 1);
      },
    };
    return writer;
  };

  /** Puts a file that waits aside in its place, which is free or the old file's. */
  const publish = async (staged: StagedFile, undo: (() => Promise<void>)[]): Promise<void> => {
    const { name, file, replaces } = staged;
    const made: (() => Promise<void>)[] = [];
    const place = (await placeOf(name, (step) => made.push(step)))!;
    undo.push(...made);
    if (replaces === null) {
      const { move } = file.handle as MovableHandle;
      // Another may have come there meanwhile.
      if ((await find(name)) !== null) throw new ExportError('deliver.exists', { name });
      const moved = await move
        ?.call(file.handle, place.parent, place.last)
        .then(() => true)
        .catch(() => false);
      undo.push(() => place.parent.removeEntry(place.last));
      if (moved === true) {
        // The handle went along: there is nothing left aside to be removed.
        staged.isAside = false;
        return;
      }
    }
    const content = await file.handle.getFile();
    const target = replaces ?? (await place.parent.getFileHandle(place.last, { create: true }));
    const swap = await target.createWritable({ keepExistingData: false });
    try {
      await swap.write(content);
    } catch (thrown) {
      await swap.abort().catch(() => {});
      throw thrown;
    }
    await swap.close();
  };

  return {
    async openFile(name, fate = {}) {
      try {
        return await openFile(name, fate);
      } catch (thrown) {
        throw handleError(thrown, name, 0);
      }
    },
    async readOld(name) {
      try {
        requirePlainPath(name);
        const old = await find(name);
        return old === null || old === 'folder' ? null : new HandleFile(old, pieces).read();
      } catch (thrown) {
        throw handleError(thrown, name, 0);
      }
    },
    readBack(name) {
      const staged = files.find((f) => f.name === name);
      return staged?.file.isClosed === true ? staged.file.read() : null;
    },
    async commit() {
      const undo: (() => Promise<void>)[] = [];
      for (const staged of files) {
        requireOpen(staged.name);
        if (!staged.isAside) continue;
        try {
          await publish(staged, undo);
        } catch (thrown) {
          for (const step of undo.reverse()) await step().catch(() => {});
          throw handleError(thrown, staged.name, staged.file.written);
        }
      }
      state = 'committed';
      for (const { file, isAside } of files) if (isAside) await file.remove().catch(() => {});
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
