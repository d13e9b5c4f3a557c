// Writing, reading and removing one file behind a browser's file handle.
import { ExportError, isAbort } from '../contract/errors.ts';
import type { FilePieces } from './file-pieces.ts';

/** `remove` is not everywhere yet. */
type RemovableHandle = FileSystemFileHandle & { remove?(): Promise<void> };

/** A browser's storage error as one of ours; a cancel stays one. */
export function handleError(thrown: unknown, name: string, written: number): unknown {
  if (thrown instanceof ExportError || isAbort(thrown)) return thrown;
  const cause = { cause: thrown };
  switch ((thrown as Error | null)?.name) {
    case 'QuotaExceededError':
      return new ExportError('deliver.no-space', { name, written }, cause);
    case 'NotAllowedError':
    case 'SecurityError':
      return new ExportError('deliver.denied', { name }, cause);
    case 'NoModificationAllowedError':
      return new ExportError(
        'deliver.failed',
        { name, detail: 'another writer has it open' },
        cause,
      );
    case 'NotFoundError':
      return new ExportError('deliver.failed', { name, detail: 'it is gone' }, cause);
    default: {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      return new ExportError('deliver.failed', { name, detail }, cause);
    }
  }
}

/** A file that is being written to a browser's swap file, which takes the place of the old content when it is closed. */
export class HandleFile {
  readonly handle: FileSystemFileHandle;
  readonly #pieces: FilePieces;
  #stream: FileSystemWritableFileStream | null = null;
  #opening: Promise<void> | null = null;
  #isGivenUp = false;
  written = 0;
  isClosed = false;

  /** `pieces` may be shared by files that are written one after the other. */
  constructor(handle: FileSystemFileHandle, pieces: FilePieces) {
    this.handle = handle;
    this.#pieces = pieces;
  }

  async open(): Promise<void> {
    await this.#guarded(async () => {
      if (this.#isGivenUp) throw this.#goneError();
      // Keeping the old data would copy it first: 4 s for 1 GiB.
      this.#opening = this.handle.createWritable({ keepExistingData: false }).then((stream) => {
        this.#stream = stream;
      });
      await this.#opening;
      this.#requireKept();
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#guarded(() => this.#pieces.add(bytes, this.#sink));
  }

  /** The new content takes the place of the old one, whole. */
  close(): Promise<void> {
    return this.#guarded(async () => {
      await this.#pieces.flush(this.#sink);
      this.#requireKept();
      await this.#stream!.close();
      this.#stream = null;
      this.isClosed = true;
    });
  }

  /** Drops what was written; the old content stays. Safe at any moment, also twice. */
  async giveUp(): Promise<void> {
    this.#isGivenUp = true;
    await this.#opening?.catch(() => {});
    this.#pieces.clear();
    const stream = this.#stream;
    this.#stream = null;
    await stream?.abort().catch(() => {});
  }

  async *read(): AsyncGenerator<Uint8Array> {
    try {
      const file = await this.handle.getFile();
      const reader = file.stream().getReader();
      try {
        for (;;) {
          const next = await reader.read();
          if (next.done) return;
          yield next.value;
        }
      } finally {
        await reader.cancel();
      }
    } catch (thrown) {
      throw handleError(thrown, this.handle.name, this.written);
    }
  }

  /** Takes the file off the disk; where handles cannot do that, empties it, so that no damaged content stays. */
  async remove(): Promise<void> {
    const handle = this.handle as RemovableHandle;
    try {
      if (handle.remove) await handle.remove();
      else await (await handle.createWritable({ keepExistingData: false })).close();
    } catch (thrown) {
      if ((thrown as Error).name !== 'NotFoundError') throw thrown;
    }
  }

  readonly #sink = async (piece: Uint8Array): Promise<void> => {
    this.#requireKept();
    await this.#stream!.write(piece as Uint8Array<ArrayBuffer>);
    this.written += piece.length;
  };

  #requireKept(): void {
    if (this.#isGivenUp || this.#stream === null) throw this.#goneError();
  }

  #goneError(): ExportError {
    return new ExportError('deliver.failed', {
      name: this.handle.name,
      detail: 'the file was given up',
    });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      throw handleError(thrown, this.handle.name, this.written);
    }
  }
}
