// Entries → one zip file whose entries are encrypted (AES-256, AE-2 as WinZip has it), by a library.
import { configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { Entry } from '../../contract/archive-plugin.ts';
import type { PackContext } from '../../contract/codec-plugin.ts';
import { openDeflate } from '../../kernels/deflate.ts';
import { deflateStreamClass } from './deflate-stream.ts';
import { EntryNames } from './names.ts';
import type { ZipOptions } from './options.ts';
import { entryTime } from './records.ts';

/** AES-256. */
const STRENGTH = 3;

/** Packs entries in their order under the password; salts are new each time, so that no two results are alike. */
export async function* packEncrypted(
  entries: AsyncIterable<Entry>,
  { options, secret, signal, startedAtMs }: PackContext<ZipOptions>,
): AsyncGenerator<Uint8Array> {
  const password = secret(options.password!.secret);
  const { dosDate, dosTime, unixSeconds } = entryTime(options.times, startedAtMs);
  const names = new EntryNames();
  // No workers of its own, and a deflate that knows levels and fetches nothing.
  configure({
    useWebWorkers: false,
    useCompressionStream: false,
    CompressionStreamFallback: deflateStreamClass(await openDeflate()),
  });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, {
    password,
    encryptionStrength: STRENGTH,
    zip64: true,
    keepOrder: true,
    lastModDate: new Date(unixSeconds * 1000),
    rawLastModDate: dosDate * 2 ** 16 + dosTime,
  });
  const writing = (async () => {
    for await (const { name, bytes } of entries) {
      signal.throwIfAborted();
      names.take(name);
      const pieces = bytes[Symbol.asyncIterator]();
      const first = await pieces.next();
      // 7-Zip finds an error in an entry without bytes that is stored.
      const level = first.done === true ? Math.max(1, options.level) : options.level;
      await zip.add(name, streamOf(first, pieces, signal), { level });
    }
    await zip.close();
  })();
  const failed = writing.then(
    () => null,
    async (thrown: unknown) => {
      await writable.abort(thrown).catch(() => {});
      return { thrown };
    },
  );
  const reader = readable.getReader();
  try {
    for (;;) {
      const next = await reader.read().catch(async (thrown: unknown) => {
        throw (await failed)?.thrown ?? thrown;
      });
      if (next.done) break;
      yield next.value;
    }
    const failure = await failed;
    if (failure !== null) throw failure.thrown;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Pieces may be reused once the next is asked for, so each is copied. */
function streamOf(
  first: IteratorResult<Uint8Array>,
  pieces: AsyncIterator<Uint8Array>,
  signal: AbortSignal,
): ReadableStream {
  let next: IteratorResult<Uint8Array> | null = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        signal.throwIfAborted();
        next ??= await pieces.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value.slice());
        next = null;
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
