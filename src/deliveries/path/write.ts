// Writes files to a path so that a final name only ever holds the old or the whole new file.
//
// Bytes go to `.<job>-<n>.part` in the folder of the final name and get that name at commit. A killed process leaves such
// `.part` files (and, in the instant of replacing several files, `.<job>-<n>.old`) behind; they may be deleted at will.
import { constants, type Stats } from 'node:fs';
import {
  chmod,
  link,
  lstat,
  mkdir,
  open as openPath,
  realpath,
  rename,
  rmdir,
  stat,
  unlink,
} from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { ExportError, shorten } from '../../contract/errors.ts';
import type {
  DeliveryContext,
  DeliveryWriter,
  FileFate,
  FileWriter,
} from '../../contract/delivery-plugin.ts';
import { keptName, numberedName, requirePlainPath, temporaryName } from '../file-names.ts';
import { FilePieces } from '../file-pieces.ts';
import type { PathOptions } from './options.ts';

const READ_BYTES = 1024 * 1024;
/** Highest number tried for `name (n).csv`. */
const MOST_NUMBERS = 10_000;

interface StagedFile {
  wantedName: string;
  ifExists: 'fail' | 'replace' | 'rename';
  writer: FileWriter;
  temporary: string;
  handle: FileHandle | null;
  writtenBytes: number;
}

/** Where the files go: into a folder by their names, or one file under a name given by the user. */
interface Place {
  folder: string;
  fileName: string | null;
  /** Folders made for this delivery, outermost first. */
  madeFolders: string[];
}

function codeOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException).code ?? '';
}

/** A file system's error as one of ours. */
function deliveryError(thrown: unknown, name: string, written: number): unknown {
  if (thrown instanceof ExportError) return thrown;
  const cause = { cause: thrown };
  switch (codeOf(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ExportError('deliver.no-space', { name, written }, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ExportError('deliver.denied', { name }, cause);
    case 'EEXIST':
      return new ExportError('deliver.exists', { name }, cause);
    case 'ENAMETOOLONG':
      return new ExportError(
        'deliver.failed',
        { name: shorten(name), detail: 'the name is too long' },
        cause,
      );
    default: {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      return new ExportError('deliver.failed', { name: shorten(name), detail }, cause);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

async function findPlace(path: string): Promise<Place> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  });
  if (found?.isDirectory() === true)
    return { folder: await realpath(absolute), fileName: null, madeFolders: [] };
  if (path.endsWith('/') || path.endsWith(sep)) {
    if (found !== null)
      throw new ExportError('deliver.failed', { name: path, detail: 'it is a file, not a folder' });
    const first = await mkdir(absolute, { recursive: true });
    const madeFolders: string[] = [];
    for (let at = absolute; first !== undefined && at.length >= first.length; at = dirname(at))
      madeFolders.unshift(at);
    return { folder: await realpath(absolute), fileName: null, madeFolders };
  }
  if (found !== null && !found.isFile())
    throw new ExportError('deliver.failed', { name: path, detail: 'it is not a regular file' });
  // Through a symbolic link the file it points to is replaced, not the link.
  const target = found === null ? absolute : await realpath(absolute);
  const folder = dirname(target);
  if (!(await exists(folder)))
    throw new ExportError('deliver.failed', {
      name: path,
      detail: `the folder ${folder} does not exist (end the path with / to have it made)`,
    });
  return { folder, fileName: basename(target), madeFolders: [] };
}

/** Makes the entries of a folder last through a crash; where folders cannot be opened (Windows) there is no such call. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await openPath(folder, constants.O_RDONLY);
    await handle.sync();
  } catch (thrown) {
    if (!['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF'].includes(codeOf(thrown)))
      throw thrown;
  } finally {
    await handle?.close();
  }
}

const NO_HARD_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Gives a file its final name unless that is taken (EEXIST), with no moment between the look and the act. */
async function publishNew(temporary: string, final: string): Promise<void> {
  try {
    await link(temporary, final);
  } catch (thrown) {
    if (!NO_HARD_LINKS.includes(codeOf(thrown))) throw thrown;
    // FAT and some network drives have none: an empty file of ours reserves the name.
    const reservation = await openPath(final, 'wx', 0o600);
    await reservation.close();
    await rename(temporary, final).catch(async (second: unknown) => {
      await unlink(final);
      throw second;
    });
    return;
  }
  await unlink(temporary).catch(() => {});
}

/** A second name for a file that is about to be replaced; null where the file system has no such thing. */
async function keepOld(path: string, kept: string): Promise<string | null> {
  try {
    await link(path, kept);
    return kept;
  } catch (thrown) {
    if (NO_HARD_LINKS.includes(codeOf(thrown))) return null;
    throw thrown;
  }
}

export async function open(context: DeliveryContext<PathOptions>): Promise<DeliveryWriter> {
  const givenPath = context.options.path;
  let place: Place;
  try {
    place = await findPlace(givenPath);
  } catch (thrown) {
    throw deliveryError(thrown, givenPath, 0);
  }
  const { folder } = place;
  const pieces = new FilePieces();
  const files: StagedFile[] = [];
  const names = new Set<string>();
  const knownFolders = new Set<string>();
  let temporaryCount = 0;
  let state: 'open' | 'committed' | 'aborted' = 'open';

  const requireOpen = (): void => {
    if (state !== 'open')
      throw new ExportError('deliver.failed', {
        name: givenPath,
        detail: `the delivery is ${state}`,
      });
  };

  /** The first name that neither the folder nor this delivery has. */
  const freeName = async (wanted: string): Promise<string> => {
    for (let number = 1; number <= MOST_NUMBERS; number++) {
      const name = numberedName(wanted, number);
      if (!names.has(name) && !(await exists(join(folder, name)))) return name;
    }
    throw new ExportError('deliver.exists', { name: wanted });
  };

  const removeTemporaries = async (): Promise<void> => {
    pieces.clear();
    for (const file of files) {
      await file.handle?.close().catch(() => {});
      file.handle = null;
      await unlink(file.temporary).catch(() => {});
    }
  };

  /** A file under a temporary name that nothing has, not even an earlier run of the same job id. */
  const openTemporary = async (): Promise<{ temporary: string; handle: FileHandle }> => {
    for (let tries = 1; ; tries++) {
      const temporary = join(folder, temporaryName(context.jobId, ++temporaryCount));
      try {
        return { temporary, handle: await openPath(temporary, 'wx', 0o600) };
      } catch (thrown) {
        if (codeOf(thrown) !== 'EEXIST' || tries > MOST_NUMBERS) throw thrown;
      }
    }
  };

  /** Refuses folders on the way that are none, or that lead elsewhere. */
  const requireFolders = async (name: string): Promise<void> => {
    const parts = name.split('/').slice(0, -1);
    for (const i of parts.keys()) {
      const path = join(folder, ...parts.slice(0, i + 1));
      const found = await lstat(path).catch((thrown: unknown) => {
        if (codeOf(thrown) === 'ENOENT') return null;
        throw thrown;
      });
      if (found === null) return;
      if (!found.isDirectory())
        throw new ExportError('deliver.failed', {
          name: shorten(name),
          detail: `${shorten(parts.slice(0, i + 1).join('/'))} is not a folder`,
        });
    }
  };

  /** The name a file gets, and what it takes the place of. */
  const settle = async (
    wanted: string,
    ifExists: StagedFile['ifExists'],
  ): Promise<{ name: string; old: Stats | null }> => {
    if (place.fileName === null) {
      requirePlainPath(wanted);
      await requireFolders(wanted);
    }
    if (ifExists !== 'rename' && names.has(wanted))
      throw new ExportError('deliver.exists', { name: wanted });
    // A long run should not only learn at its end that it may not publish.
    if (ifExists === 'fail' && (await exists(join(folder, wanted))))
      throw new ExportError('deliver.exists', { name: wanted });
    const name = ifExists === 'rename' ? await freeName(wanted) : wanted;
    const old = await stat(join(folder, name)).catch(() => null);
    if (old !== null && !old.isFile())
      throw new ExportError('deliver.failed', {
        name,
        detail: 'a folder of that name is in the way',
      });
    names.add(name);
    return { name, old };
  };

  const openFile = async (wantedByEngine: string, fate: FileFate): Promise<FileWriter> => {
    requireOpen();
    const wanted = place.fileName ?? wantedByEngine;
    if (place.fileName !== null && files.length > 0)
      throw new ExportError('deliver.one-file-only', { count: files.length + 1 });
    const ifExists = fate.ifExists ?? context.ifExists;
    const isNameless = fate.isNameless === true && place.fileName === null;
    let { name, old } = isNameless ? { name: wanted, old: null } : await settle(wanted, ifExists);

    const { temporary, handle } = await openTemporary();
    const sink = async (piece: Uint8Array): Promise<void> => {
      for (let at = 0; at < piece.length;) {
        const { bytesWritten } = await handle.write(piece, at, piece.length - at);
        at += bytesWritten;
        file.writtenBytes += bytesWritten;
      }
    };
    const guarded = async (work: () => Promise<void>): Promise<void> => {
      requireOpen();
      try {
        await work();
      } catch (thrown) {
        throw deliveryError(thrown, file.writer.name, file.writtenBytes);
      }
    };
    const writer: FileWriter = {
      name,
      path: join(folder, name),
      write: (bytes) => guarded(() => pieces.add(bytes, sink)),
      close: () =>
        guarded(async () => {
          await pieces.flush(sink);
          // A replaced file keeps who may read it.
          if (file.ifExists === 'replace' && old !== null)
            await handle.chmod(old.mode & 0o777).catch(() => {});
          await handle.sync();
          await handle.close();
          file.handle = null;
        }),
      rename: (named, asked) =>
        guarded(async () => {
          if (place.fileName !== null) return;
          file.wantedName = named;
          file.ifExists = asked ?? context.ifExists;
          ({ name, old } = await settle(named, file.ifExists));
          if (file.ifExists === 'replace' && old !== null)
            await chmod(temporary, old.mode & 0o777).catch(() => {});
          writer.name = name;
          writer.path = join(folder, name);
        }),
      drop: () =>
        guarded(async () => {
          await unlink(temporary);
          files.splice(files.indexOf(file), 1);
        }),
    };
    const file: StagedFile = {
      wantedName: wanted,
      ifExists,
      writer,
      temporary,
      handle,
      writtenBytes: 0,
    };
    files.push(file);
    // Aborted while the file was being made.
    if (state !== 'open') await removeTemporaries();
    requireOpen();
    return writer;
  };

  /** Publishes under `fail` and `rename`; under `rename` a name taken meanwhile becomes the next free one. */
  const publishAsNew = async (file: StagedFile): Promise<void> => {
    for (;;) {
      try {
        await publishNew(file.temporary, file.writer.path);
        return;
      } catch (thrown) {
        if (file.ifExists !== 'rename' || codeOf(thrown) !== 'EEXIST') throw thrown;
        file.writer.name = await freeName(file.wantedName);
        file.writer.path = join(folder, file.writer.name);
      }
    }
  };

  /** The folders of a name, made where they are not there; those that were made, outermost first. */
  const makeFolders = async (name: string): Promise<string[]> => {
    const made: string[] = [];
    if (place.fileName !== null || !name.includes('/')) return made;
    await requireFolders(name);
    let path = folder;
    for (const part of name.split('/').slice(0, -1)) {
      path = join(path, part);
      if (knownFolders.has(path)) continue;
      try {
        await mkdir(path);
        made.push(path);
      } catch (thrown) {
        if (codeOf(thrown) !== 'EEXIST') throw thrown;
      }
      knownFolders.add(path);
    }
    return made;
  };

  const commit = async (): Promise<null> => {
    requireOpen();
    const undo: (() => Promise<void>)[] = [];
    const tidy: (() => Promise<void>)[] = [];
    let current = '';
    try {
      for (const [i, file] of files.entries()) {
        current = file.writer.name;
        const { path } = file.writer;
        for (const made of await makeFolders(file.writer.name)) undo.push(() => rmdir(made));
        if (file.ifExists !== 'replace') {
          await publishAsNew(file);
          undo.push(() => unlink(file.writer.path));
          continue;
        }
        const isOld = await exists(path);
        // One rename is all or nothing by itself; of several, the ones before must be able to come back.
        const kept =
          isOld && files.length > 1
            ? await keepOld(path, join(folder, keptName(context.jobId, i + 1)))
            : null;
        if (kept !== null) tidy.push(() => unlink(kept));
        await rename(file.temporary, path);
        if (kept !== null) undo.push(() => rename(kept, path));
        else if (!isOld) undo.push(() => unlink(path));
      }
      for (const made of knownFolders) await syncFolder(made);
      await syncFolder(folder);
      state = 'committed';
    } catch (thrown) {
      for (const step of undo.reverse()) await step().catch(() => {});
      throw deliveryError(thrown, current, 0);
    } finally {
      for (const step of tidy) await step().catch(() => {});
    }
    return null;
  };

  return {
    async openFile(name, fate = {}) {
      try {
        return await openFile(name, fate);
      } catch (thrown) {
        throw deliveryError(thrown, place.fileName ?? name, 0);
      }
    },
    async readOld(name) {
      const wanted = place.fileName ?? name;
      try {
        if (place.fileName === null) {
          requirePlainPath(wanted);
          await requireFolders(wanted);
        }
        const path = join(folder, wanted);
        const found = await stat(path).catch((thrown: unknown) => {
          if (codeOf(thrown) === 'ENOENT') return null;
          throw thrown;
        });
        return found?.isFile() === true ? readFile(() => path, wanted) : null;
      } catch (thrown) {
        throw deliveryError(thrown, wanted, 0);
      }
    },
    readBack(name) {
      const file = files.find((f) => f.writer.name === name);
      if (file === undefined || file.handle !== null) return null;
      return readFile(() => (state === 'committed' ? file.writer.path : file.temporary), name);
    },
    commit,
    async abort() {
      if (state === 'committed') return;
      state = 'aborted';
      await removeTemporaries();
      for (const made of place.madeFolders.toReversed()) await rmdir(made).catch(() => {});
    },
  };
}

async function* readFile(pathNow: () => string, name: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await openPath(pathNow(), constants.O_RDONLY);
    for (;;) {
      const buffer = new Uint8Array(READ_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (thrown) {
    throw deliveryError(thrown, name, 0);
  } finally {
    await handle?.close();
  }
}
