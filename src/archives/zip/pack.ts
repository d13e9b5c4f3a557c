// Entries → one zip file, streaming: each entry is deflated in blocks, only names and sums stay in memory.
import { cutBlocks, deflateBlocks } from '../../contract/deflate-blocks.ts';
import type { DeflatedBlock, Entry, PackContext } from '../../contract/plugins.ts';
import { combineCrc32, crc32 } from '../../kernels/crc32.ts';
import { DEFLATE_STREAM_END } from '../../kernels/deflate.ts';
import { EntryNames } from './names.ts';
import type { ZipOptions } from './options.ts';
import {
  centralHeader,
  dataDescriptor,
  endRecords,
  localHeader,
  zipTime,
  type ZipEntry,
} from './records.ts';

/**
 * Blocks of an entry that are waited for before its header is written. An entry that ends within them, up to 4 MiB, has
 * its sizes in front, which the simplest readers need; a longer one has them behind its data. A constant, as bytes must
 * not depend on lanes.
 */
const AHEAD = 4;
/** Directory records are handed on in pieces of about this size. */
const PIECE_BYTES = 64 * 1024;

const STORED = 0;
const DEFLATED = 8;

/**
 * Packs entries in their order. Throws `pack.zip.bad-name` and `pack.zip.name-repeated`.
 * Level 0 stores entries of known size as they are and longer ones in stored deflate blocks, since streaming readers
 * cannot find the end of plain data whose size comes behind it.
 */
export async function* pack(
  entries: AsyncIterable<Entry>,
  context: PackContext<ZipOptions>,
): AsyncGenerator<Uint8Array> {
  const { jobs, signal } = context;
  const { level } = context.options;
  const time = zipTime(context.startedAtMs);
  const names = new EntryNames();
  const directory: Uint8Array[] = [];
  let at = 0;

  const counted = (bytes: Uint8Array): Uint8Array => {
    at += bytes.length;
    return bytes;
  };

  for await (const { name, bytes } of entries) {
    signal.throwIfAborted();
    const entry: ZipEntry = {
      name: names.take(name),
      method: DEFLATED,
      time,
      hasDescriptor: false,
      crc32: 0,
      packedSize: 0,
      size: 0,
      offset: at,
    };
    const add = (block: DeflatedBlock): void => {
      entry.crc32 = combineCrc32(entry.crc32, block.crc32, block.inputSize);
      entry.size += block.inputSize;
      entry.packedSize += block.bytes.length;
    };

    let blocks: AsyncIterable<Uint8Array> = cutBlocks(bytes);
    if (level === 0) {
      const plain = await lookAhead(blocks);
      if (plain.isWhole) {
        entry.method = STORED;
        for (const block of plain.head) {
          add({ bytes: block, crc32: crc32(block), inputSize: block.length });
        }
        yield counted(localHeader(entry));
        for (const block of plain.head) yield counted(block);
        directory.push(centralHeader(entry));
        continue;
      }
      blocks = plain.all();
    }

    const packed = await lookAhead(deflateBlocks(blocks, jobs, level, signal));
    const isEmpty = packed.isWhole && packed.head.length === 0;
    entry.hasDescriptor = !packed.isWhole;
    if (isEmpty) entry.method = STORED;
    else entry.packedSize = DEFLATE_STREAM_END.length;
    if (packed.isWhole) packed.head.forEach(add);
    yield counted(localHeader(entry));
    for await (const block of packed.all()) {
      if (entry.hasDescriptor) add(block);
      yield counted(block.bytes);
    }
    if (!isEmpty) yield counted(DEFLATE_STREAM_END.slice());
    if (entry.hasDescriptor) yield counted(dataDescriptor(entry));
    directory.push(centralHeader(entry));
  }

  const directoryAt = at;
  let piece: Uint8Array[] = [];
  let pieceSize = 0;
  for (const record of directory) {
    piece.push(record);
    pieceSize += record.length;
    if (pieceSize < PIECE_BYTES) continue;
    yield counted(join(piece, pieceSize));
    piece = [];
    pieceSize = 0;
  }
  const end = endRecords(directory.length, at + pieceSize - directoryAt, directoryAt);
  yield join([...piece, end], pieceSize + end.length);
}

interface Ahead<T> {
  head: T[];
  /** Whether the head is all there is. */
  isWhole: boolean;
  /** The head and what follows; once. */
  all(): AsyncIterable<T>;
}

/** The first AHEAD items, and whether more follow. */
async function lookAhead<T>(items: AsyncIterable<T>): Promise<Ahead<T>> {
  const iterator = items[Symbol.asyncIterator]();
  const head: T[] = [];
  let isWhole = false;
  // One more than the head may hold tells whether the head is whole.
  while (!isWhole && head.length <= AHEAD) {
    const next = await iterator.next();
    if (next.done === true) isWhole = true;
    else head.push(next.value);
  }
  const all = async function* (): AsyncGenerator<T> {
    try {
      for (let item = head.shift(); item !== undefined; item = head.shift()) yield item;
      for (;;) {
        const next = isWhole ? { done: true as const, value: undefined } : await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  return { head, isWhole, all };
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
