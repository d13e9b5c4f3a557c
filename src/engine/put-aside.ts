// Puts bytes that come only from the start into a scratch file, so that any part of them can be read.
import type { Limits } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { ByteSlices } from '../contract/source-input.ts';

/** Reads all of it. Throws `read.unpack.too-large` above limits.unpackedBytes, `scratch.full`, and what reading throws. */
export async function putAside(
  bytes: { name: string; open(): AsyncIterable<Uint8Array> },
  scratch: Scratch,
  limits: Limits,
  signal: AbortSignal | undefined,
): Promise<ByteSlices> {
  const file = await scratch.create();
  let isWhole = false;
  try {
    for await (const chunk of bytes.open()) {
      signal?.throwIfAborted();
      if (file.sizeBytes + chunk.length > limits.unpackedBytes)
        throw new ExportError('read.unpack.too-large', {
          name: bytes.name,
          limit: `${limits.unpackedBytes} bytes`,
          option: 'unpackedBytes',
        });
      await file.write(chunk);
    }
    isWhole = true;
  } finally {
    if (!isWhole) await file.close();
  }
  const { sizeBytes } = file;
  const clamp = (to: number): number => Math.min(to, sizeBytes);
  return {
    sizeBytes,
    read: (from, to) => file.read(from, clamp(to)),
    readNow: (from, to) => file.readNow(from, clamp(to)),
  };
}
