// Sends files that were made in the temporary folder.
import { randomUUID } from 'node:crypto';
import { createReadStream, openAsBlob, rmSync } from 'node:fs';
import { open as openFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportError } from '../../contract/errors.ts';
import type {
  DeliveryContext,
  DeliveryWriter,
  FileWriter,
} from '../../contract/delivery-plugin.ts';
import { requirePlainName } from '../file-names.ts';
import type { HttpOptions } from './options.ts';
import { makeUploadFolder } from './upload-folder.node.ts';
import { openHttp, type Stage } from './write.ts';

interface StagedFile {
  name: string;
  path: string;
  handle: FileHandle | null;
}

export async function open(context: DeliveryContext<HttpOptions>): Promise<DeliveryWriter> {
  return openHttp(context, openTemporary);
}

/** A write that the disk did not take. */
function refused(thrown: unknown, name: string, written: number): unknown {
  if (thrown instanceof ExportError) return thrown;
  const { code } = thrown as { code?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ExportError('deliver.no-space', { name, written }, { cause: thrown });
  const detail = code ?? String(thrown);
  return new ExportError('deliver.failed', { name, detail }, { cause: thrown });
}

async function openTemporary(): Promise<Stage> {
  const folder = await makeUploadFolder();
  const onExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', onExit);
  const files: StagedFile[] = [];
  let isClosed = false;
  const requireOpen = (name: string): void => {
    if (isClosed) throw new ExportError('deliver.failed', { name, detail: 'it was given up' });
  };
  const take = (name: string): void => {
    requirePlainName(name);
    if (files.some((file) => file.name === name)) throw new ExportError('deliver.exists', { name });
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    process.off('exit', onExit);
    for (const { handle } of files) await handle?.close().catch(() => {});
    await rm(folder, { recursive: true, force: true });
  };
  return {
    close,
    async openFile(name, fate) {
      requireOpen(name);
      if (fate?.isNameless !== true) take(name);
      const path = join(folder, randomUUID());
      let written = 0;
      const file: StagedFile = { name, path, handle: null };
      files.push(file);
      try {
        file.handle = await openFile(path, 'wx', 0o600);
        if (isClosed) await close();
        requireOpen(name);
      } catch (thrown) {
        throw refused(thrown, name, 0);
      }
      const writer: FileWriter = {
        name,
        path: name,
        async write(bytes) {
          try {
            requireOpen(file.name);
            await file.handle!.writeFile(bytes);
            written += bytes.length;
          } catch (thrown) {
            throw refused(thrown, file.name, written);
          }
        },
        async close() {
          requireOpen(file.name);
          const { handle } = file;
          file.handle = null;
          await handle!.close();
        },
        async rename(named) {
          requireOpen(file.name);
          take(named);
          file.name = writer.name = writer.path = named;
        },
      };
      return writer;
    },
    readBack(name) {
      const file = files.find((each) => each.name === name);
      return file === undefined || file.handle !== null ? null : createReadStream(file.path);
    },
    async take() {
      const taken: { name: string; blob: Blob }[] = [];
      for (const { name, path } of files) taken.push({ name, blob: await openAsBlob(path) });
      return taken;
    },
  };
}
