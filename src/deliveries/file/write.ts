// Writes one file behind a handle that the person picked.
//
// A picker creates the file, or empties the one that was there, at the moment of picking. So the content becomes visible when
// the file is closed, is read back after that, and until the commit an abort takes the file away again.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { FilePieces } from '../file-pieces.ts';
import { handleError, HandleFile } from '../handle-file.ts';
import type { FileOptions } from './options.ts';

export async function open(context: DeliveryContext<FileOptions>): Promise<DeliveryWriter> {
  const handle = context.target;
  if (!(handle instanceof FileSystemFileHandle))
    throw new ExportError('config.binding-missing', { binding: 'the file to write' });
  const { name } = handle;
  const sizeBefore = await handle.getFile().then(
    (file) => file.size,
    (thrown: unknown) => {
      if ((thrown as Error).name === 'NotFoundError') return 0;
      throw handleError(thrown, name, 0);
    },
  );
  const staged = new HandleFile(handle, new FilePieces());
  let isOpened = false;
  let isCommitted = false;
  let isAborted = false;

  return {
    async openFile() {
      if (isOpened) throw new ExportError('deliver.one-file-only', { count: 2 });
      // A picked file is empty by now; one with content came from elsewhere, and its name cannot be changed.
      if (sizeBefore > 0 && context.ifExists !== 'replace')
        throw new ExportError('deliver.exists', { name });
      isOpened = true;
      await staged.open();
      return {
        name,
        path: name,
        write: (bytes) => staged.write(bytes),
        close: () => staged.close(),
      };
    },
    readBack: () => (staged.isClosed ? staged.read() : null),
    commit() {
      isCommitted = !isAborted;
      return Promise.resolve(null);
    },
    async abort() {
      if (isCommitted) return;
      isAborted = true;
      await staged.giveUp();
      // Content that was there before stays as long as ours has not taken its place.
      if (sizeBefore === 0 || staged.isClosed) await staged.remove();
    },
  };
}
