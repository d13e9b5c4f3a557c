// Walks the pages of one column chunk: reads a window of the file at a time, checks each page's checksum, and unpacks it.
import type { ByteSlices } from '../../contract/source-input.ts';
import { crc32 } from '../../kernels/crc32.ts';
import { giveBuffer } from '../../table/buffer-pool.ts';
import type { Unpack } from './codecs.ts';
import type { ColumnChunk } from './footer.ts';
import { Fault, insist } from '../../contract/fault.ts';
import { openOldPacking, openRuns, type LevelReader } from './runs.ts';
import type { Leaf } from './schema-tree.ts';
import { countOf, CutShort, numberOf, readThrift, structOf, type ThriftStruct } from './thrift.ts';

export interface DataPage {
  kind: 'data';
  valueCount: number;
  encoding: number;
  /** Null where the column has no such levels. */
  reps: LevelReader | null;
  defs: LevelReader | null;
  /** The values are bytes [start, end). */
  bytes: Uint8Array;
  start: number;
  end: number;
}

export interface DictionaryPage {
  kind: 'dictionary';
  valueCount: number;
  bytes: Uint8Array;
}

/** Headers carry statistics, whose texts may be long. */
const MOST_HEADER_BYTES = 16 << 20;
const FIRST_HEADER_BYTES = 256;
const RLE = 3;
const BIT_PACKED = 4;

/** Bits that numbers up to `most` need. */
const widthFor = (most: number): number => 32 - Math.clz32(most);

/** A data page that was passed by without looking into it. */
export interface SkippedPage {
  kind: 'skipped';
  valueCount: number;
}

export interface PageWalk {
  /**
   * The next page, in the place of the one before; null when all of the chunk's values were in those before. A data page of at most `skippable` values (0
   * unless it is said) is passed by.
   */
  next(skippable?: number): Promise<DataPage | DictionaryPage | SkippedPage | null>;
  /** Begins to read what the next page stands in, where that is not there yet. */
  prefetch(): void;
  /** Nobody looks at the last page any more. */
  release(): void;
}

/** `end` bounds the chunk; some writers say too small a size for it, so that its last page may lie beyond that. */
export function openPages(
  slices: ByteSlices,
  chunk: ColumnChunk,
  leaf: Leaf,
  unpack: Unpack,
  end: number,
  windowBytes: number,
): PageWalk {
  let window: Uint8Array = new Uint8Array(0);
  let windowStart = chunk.start;
  let at = chunk.start;
  let valuesLeft = chunk.valueCount;
  const chunkEnd = chunk.start + chunk.packedBytes;

  /** A window that is being read. */
  let coming: { from: number; to: number; bytes: Promise<Uint8Array> } | null = null;
  const prefetch = (): void => {
    const to = Math.min(at + windowBytes, chunkEnd, end);
    if (coming !== null || valuesLeft === 0 || at < windowStart + window.length || to <= at) return;
    const bytes = slices.read(at, to);
    // Whoever needs the bytes meets the failure; it may be that nobody does.
    bytes.catch(() => {});
    coming = { from: at, to, bytes };
  };

  /** The next `size` bytes, less where the file's pages end. */
  const need = async (size: number): Promise<Uint8Array> => {
    const to = Math.min(at + size, end);
    if (to > windowStart + window.length || at < windowStart) {
      const ahead = Math.min(at + windowBytes, chunkEnd);
      const known = coming;
      coming = null;
      window =
        known !== null && known.from === at && to <= known.to
          ? await known.bytes
          : await slices.read(at, Math.min(end, Math.max(to, ahead)));
      windowStart = at;
    }
    return window.subarray(at - windowStart, to - windowStart);
  };

  const readHeader = async (): Promise<ThriftStruct> => {
    for (let size = FIRST_HEADER_BYTES; ; size *= 8) {
      const bytes = await need(size);
      try {
        const { struct, end: headerEnd } = readThrift(bytes, 0);
        at += headerEnd;
        return struct;
      } catch (thrown) {
        if (!(thrown instanceof CutShort) || bytes.length < size || size > MOST_HEADER_BYTES)
          throw thrown;
      }
    }
  };

  const levels = (
    bytes: Uint8Array,
    start: number,
    limit: number,
    most: number,
    encoding: number,
    valueCount: number,
  ): { reader: LevelReader; end: number } => {
    const width = widthFor(most);
    if (encoding === BIT_PACKED) {
      const size = Math.ceil((valueCount * width) / 8);
      insist(start + size <= limit, 'the levels of a page are cut off');
      return {
        reader: openOldPacking(bytes, start, start + size, width),
        end: start + size,
      };
    }
    insist(encoding === RLE, 'the levels of a page have an unknown encoding');
    insist(start + 4 <= limit, 'the levels of a page are cut off');
    const size = new DataView(bytes.buffer, bytes.byteOffset + start, 4).getUint32(0, true);
    insist(size <= limit - start - 4, 'the levels of a page are cut off');
    const from = start + 4;
    return { reader: openRuns(bytes, from, from + size, width), end: from + size };
  };

  const firstKind = (body: Uint8Array, size: number, header: ThriftStruct): DataPage => {
    const valueCount = countOf(header, 1, 'the number of values of a page');
    const bytes = unpackPage(body, size);
    let start = 0;
    let reps: LevelReader | null = null;
    let defs: LevelReader | null = null;
    if (leaf.maxRep > 0) {
      const encoding = numberOf(header, 4) ?? RLE;
      const found = levels(bytes, start, bytes.length, leaf.maxRep, encoding, valueCount);
      reps = found.reader;
      start = found.end;
    }
    if (leaf.maxDef > 0) {
      const encoding = numberOf(header, 3) ?? RLE;
      const found = levels(bytes, start, bytes.length, leaf.maxDef, encoding, valueCount);
      defs = found.reader;
      start = found.end;
    }
    const encoding = numberOf(header, 2) ?? -1;
    return { kind: 'data', valueCount, encoding, reps, defs, bytes, start, end: bytes.length };
  };

  const secondKind = (body: Uint8Array, size: number, header: ThriftStruct): DataPage => {
    const valueCount = countOf(header, 1, 'the number of values of a page');
    const repBytes = numberOf(header, 6) ?? 0;
    const defBytes = numberOf(header, 5) ?? 0;
    const valuesAt = repBytes + defBytes;
    insist(
      repBytes >= 0 && defBytes >= 0 && valuesAt <= body.length && valuesAt <= size,
      'the levels of a page are cut off',
    );
    const packed = body.subarray(valuesAt);
    const isPacked = header.get(7) !== false && packed.length > 0;
    insist(isPacked || packed.length === size - valuesAt, 'a page has another size than it says');
    const bytes = isPacked ? unpackPage(packed, size - valuesAt) : packed;
    const { maxRep, maxDef } = leaf;
    return {
      kind: 'data',
      valueCount,
      encoding: numberOf(header, 4) ?? -1,
      reps: maxRep > 0 ? openRuns(body, 0, repBytes, widthFor(maxRep)) : null,
      defs: maxDef > 0 ? openRuns(body, repBytes, valuesAt, widthFor(maxDef)) : null,
      bytes,
      start: 0,
      end: bytes.length,
    };
  };

  /** What the last page was unpacked to. */
  let unpacked: Uint8Array | null = null;
  const release = (): void => {
    if (unpacked !== null) giveBuffer(unpacked.buffer);
    unpacked = null;
  };
  const unpackPage: Unpack = (body, size) => {
    const bytes = unpack(body, size);
    // What was not packed stands in the window, which lives on.
    if (bytes.buffer !== body.buffer) unpacked = bytes;
    return bytes;
  };

  return {
    prefetch,
    release,
    async next(skippable = 0) {
      release();
      while (valuesLeft > 0) {
        const header = await readHeader();
        const size = countOf(header, 2, 'the size of a page');
        const packedSize = countOf(header, 3, 'the size of a page');
        insist(packedSize <= end - at, 'a page reaches beyond the file’s pages');
        const kind = numberOf(header, 1);
        const first = structOf(header, 5);
        const second = structOf(header, 8);
        const dictionary = structOf(header, 7);
        if (kind === 1) {
          at += packedSize;
          continue;
        }
        const data = kind === 0 ? first : kind === 3 ? second : null;
        if (data !== null && skippable > 0) {
          const valueCount = countOf(data, 1, 'the number of values of a page');
          if (valueCount > 0 && valueCount <= Math.min(skippable, valuesLeft)) {
            at += packedSize;
            valuesLeft -= valueCount;
            return { kind: 'skipped', valueCount };
          }
        }
        const body = await need(packedSize);
        at += packedSize;
        const sum = numberOf(header, 4);
        if (sum !== null && crc32(body) !== sum >>> 0)
          throw new Fault(
            `a page of “${leaf.path}” does not have the checksum it was written with`,
          );
        if (kind === 2 && dictionary !== null) {
          const valueCount = countOf(dictionary, 1, 'the number of values of a dictionary');
          return { kind: 'dictionary', valueCount, bytes: unpackPage(body, size) };
        }
        const page =
          kind === 0 && first !== null
            ? firstKind(body, size, first)
            : kind === 3 && second !== null
              ? secondKind(body, size, second)
              : null;
        insist(page !== null, 'a page is of no known kind');
        insist(page.valueCount <= valuesLeft, 'its pages hold more values than their column');
        valuesLeft -= page.valueCount;
        if (page.valueCount > 0) return page;
      }
      return null;
    },
  };
}
