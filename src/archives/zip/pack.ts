// Entries → one zip file, streaming: each entry is deflated in blocks, only names and sums stay in memory.
import { cutBlocks } from '../../contract/deflate-blocks.ts';
import type { Entry } from '../../contract/archive-plugin.ts';
import type { PackContext } from '../../contract/codec-plugin.ts';
import type { DeflateJobs, DeflatedBlock } from '../../contract/deflate-jobs.ts';
import { combineCrc32, crc32 } from '../../kernels/crc32.ts';
import { DEFLATE_STREAM_END } from '../../kernels/deflate.ts';
import { EntryNames } from './names.ts';
import type { ZipOptions } from './options.ts';
import {
  centralHeader,
  dataDescriptor,
  endRecords,
  localHeader,
  entryTime,
  type ZipEntry,
} from './records.ts';

/**
 * Blocks of an entry that are waited for before its header is written. An entry that ends within them, up to 4 MiB, has
 * its sizes in front, which the simplest readers need; a longer one has them behind its data. A constant, as bytes must
 * not depend on lanes.
 */
const AHEAD = 4;
/** Steps that may wait, so that endless empty entries do not pile up. */
const MOST_STEPS = 64;
/** Directory records are handed on in pieces of about this size. */
const PIECE_BYTES = 64 * 1024;

const STORED = 0;
const DEFLATED = 8;

/** The input as a run of steps, with the work on each block begun. */
type Step =
  | { kind: 'open'; name: Uint8Array }
  | { kind: 'block'; block: Promise<DeflatedBlock> }
  | { kind: 'close' };

/**
 * Packs entries in their order. Throws `pack.zip.bad-name` and `pack.zip.name-repeated`.
 * Level 0 stores entries of up to 4 MiB as they are and longer ones in stored deflate blocks, since streaming readers
 * cannot find the end of plain data whose size comes behind it.
 */
export async function* pack(
  entries: AsyncIterable<Entry>,
  context: PackContext<ZipOptions>,
): AsyncGenerator<Uint8Array> {
  const { jobs, signal } = context;
  const isPlain = context.options.level === 0;
  const time = entryTime(context.options.times, context.startedAtMs);
  const directory: Uint8Array[] = [];
  let at = 0;
  const counted = (bytes: Uint8Array): Uint8Array => {
    at += bytes.length;
    return bytes;
  };

  let entry = openEntry(new Uint8Array(0), 0);
  /** The entry's first blocks while its header is not written. */
  let head: DeflatedBlock[] | null = null;
  const wrap = async (block: DeflatedBlock): Promise<DeflatedBlock> =>
    isPlain ? jobs.deflate(block.bytes, 0) : block;
  const add = (block: DeflatedBlock): void => {
    entry.crc32 = combineCrc32(entry.crc32, block.crc32, block.inputSize);
    entry.size += block.inputSize;
    entry.packedSize += block.bytes.length;
  };

  function openEntry(name: Uint8Array, offset: number): ZipEntry {
    const unknown = { hasDescriptor: false, crc32: 0, packedSize: 0, size: 0 };
    const isNarrow = context.avoidsZip64 === true;
    return { name, method: DEFLATED, time, ...unknown, isNarrow, offset };
  }

  for await (const step of runAhead(stepsOf(entries, context), jobs)) {
    signal.throwIfAborted();
    if (step.kind === 'open') {
      entry = openEntry(step.name, at);
      head = [];
    } else if (step.kind === 'block') {
      const block = await step.block;
      if (head !== null && head.length < AHEAD) {
        head.push(block);
        continue;
      }
      const ready: DeflatedBlock[] = head === null ? [block] : [...head, block];
      if (head !== null) {
        head = null;
        entry.hasDescriptor = true;
        yield counted(localHeader(entry));
      }
      for (const waiting of ready) {
        const packed = await wrap(waiting);
        add(packed);
        yield counted(packed.bytes);
      }
    } else {
      const rest: Uint8Array[] = (head ?? []).map((block) => block.bytes);
      head?.forEach(add);
      if (head !== null && (isPlain || rest.length === 0)) {
        entry.method = STORED;
      } else {
        entry.packedSize += DEFLATE_STREAM_END.length;
        rest.push(DEFLATE_STREAM_END.slice());
      }
      if (head !== null) rest.unshift(localHeader(entry));
      else rest.push(dataDescriptor(entry));
      for (const bytes of rest) yield counted(bytes);
      directory.push(centralHeader(entry));
    }
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

/** Reads the entries, one after the other, and begins the work on each block. */
async function* stepsOf(
  entries: AsyncIterable<Entry>,
  context: PackContext<ZipOptions>,
): AsyncGenerator<Step> {
  const { jobs, options } = context;
  const names = new EntryNames();
  for await (const { name, bytes } of entries) {
    yield { kind: 'open', name: names.take(name) };
    for await (const plain of cutBlocks(bytes)) {
      const block =
        options.level === 0
          ? Promise.resolve({ bytes: plain, crc32: crc32(plain), inputSize: plain.length })
          : jobs.deflate(plain, options.level);
      // It is awaited in its turn; until then, or when an earlier one fails, a failure is nobody's surprise.
      block.catch(() => {});
      yield { kind: 'block', block };
    }
    yield { kind: 'close' };
  }
}

/** Keeps `jobs.width` blocks under way, across entries, so that many small ones fill the lanes too. */
async function* runAhead(steps: AsyncIterable<Step>, jobs: DeflateJobs): AsyncGenerator<Step> {
  const waiting: Step[] = [];
  const width = Math.max(1, jobs.width);
  let underWay = 0;
  for await (const step of steps) {
    waiting.push(step);
    if (step.kind === 'block') underWay++;
    while (underWay >= width || waiting.length > MOST_STEPS) {
      const next = waiting.shift()!;
      if (next.kind === 'block') underWay--;
      yield next;
    }
  }
  yield* waiting;
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
