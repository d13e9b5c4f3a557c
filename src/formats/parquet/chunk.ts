// Writes the values of one leaf for one row group: a dictionary where it pays, and data pages.
import { crc32 } from '../../kernels/crc32.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { putDeltas, putPrefixes, putSizesFirst } from './delta.ts';
import { type Dictionary, findDictionary } from './dictionary.ts';
import { canEncode, type WantedEncoding } from './encodings.ts';
import type { LeafBuffer } from './leaf-buffer.ts';
import { PHYSICAL } from './leaf-type.ts';
import {
  type ChunkFacts,
  ENCODING,
  pageHead,
  type PageFacts,
  type PagePlace,
  type Statistics,
} from './metadata.ts';
import type { Pack } from './pack.ts';
import { putEntries, putPlain, putSplit } from './plain-values.ts';
import { bitsOf, putRuns } from './runs.ts';
import { findBounds } from './statistics.ts';

export interface ChunkSettings {
  codec: number;
  pack: Pack;
  /** Of pages, and of the encodings that are chosen without a wish. */
  version: 1 | 2;
  pageBytes: number;
  /** Most bytes of a dictionary; 0 = none without a wish. */
  dictionaryBytes: number;
  statistics: 'none' | 'chunk' | 'page';
  checksums: boolean;
}

type Values = { encoding: number; put: (out: ByteWriter, from: number, to: number) => void };

function valuesOf(
  leaf: LeafBuffer,
  dictionary: Dictionary | null,
  wanted: WantedEncoding | null,
  version: 1 | 2,
): Values {
  if (dictionary !== null) {
    const width = Math.max(1, bitsOf(dictionary.entries.length - 1));
    return {
      encoding: version === 1 ? ENCODING.plainDictionary : ENCODING.dictionary,
      put(out, from, to) {
        out.byte(width);
        putRuns(out, dictionary.places, from, to, width);
      },
    };
  }
  const { physical } = leaf.type;
  const auto: WantedEncoding =
    version === 1
      ? 'plain'
      : physical === PHYSICAL.int32 || physical === PHYSICAL.int64
        ? 'delta'
        : physical === PHYSICAL.bytes
          ? 'delta-length'
          : physical === PHYSICAL.float || physical === PHYSICAL.double
            ? 'split'
            : 'plain';
  switch (
    wanted !== null && wanted !== 'dictionary' && canEncode(physical, wanted) ? wanted : auto
  ) {
    case 'delta':
      return { encoding: ENCODING.delta, put: (out, from, to) => putDeltas(out, leaf, from, to) };
    case 'delta-length':
      return {
        encoding: ENCODING.deltaLength,
        put: (out, from, to) => putSizesFirst(out, leaf, from, to),
      };
    case 'delta-prefix':
      return {
        encoding: ENCODING.deltaPrefix,
        put: (out, from, to) => putPrefixes(out, leaf, from, to),
      };
    case 'split':
      return { encoding: ENCODING.split, put: (out, from, to) => putSplit(out, leaf, from, to) };
    default:
      return { encoding: ENCODING.plain, put: (out, from, to) => putPlain(out, leaf, from, to) };
  }
}

/** A stretch of places that becomes a page: it begins where a row begins. */
interface Stretch {
  levels: readonly [number, number];
  values: readonly [number, number];
  firstRow: number;
  rowCount: number;
}

/** Cuts the places at the first row behind each `pageBytes` of values; depends on the values alone. */
function cutPages(leaf: LeafBuffer, bitsPerValue: number | null, pageBytes: number): Stretch[] {
  const { levelCount, definitions, repetitions, maxDefinition, maxRepetition, offsets } = leaf;
  const stretches: Stretch[] = [];
  const mostBits = pageBytes * 8;
  let start = 0;
  let valueStart = 0;
  let rowStart = 0;
  let value = 0;
  let row = 0;
  let bits = 0;
  for (let at = 0; at < levelCount; at++) {
    if (maxRepetition === 0 || repetitions[at] === 0) {
      if (bits >= mostBits) {
        stretches.push({
          levels: [start, at],
          values: [valueStart, value],
          firstRow: rowStart,
          rowCount: row - rowStart,
        });
        [start, valueStart, rowStart, bits] = [at, value, row, 0];
      }
      row++;
    }
    if (maxDefinition > 0 && definitions[at] !== maxDefinition) continue;
    bits += bitsPerValue ?? 32 + (offsets[value + 1]! - offsets[value]!) * 8;
    value++;
  }
  if (levelCount > start || stretches.length === 0)
    stretches.push({
      levels: [start, levelCount],
      values: [valueStart, value],
      firstRow: rowStart,
      rowCount: row - rowStart,
    });
  return stretches;
}

/** Pages of one chunk as they stand in the file, one after the other from `offset` on. */
export function writeChunk(
  leaf: LeafBuffer,
  wanted: WantedEncoding | null,
  settings: ChunkSettings,
  offset: number,
): { bytes: Uint8Array[]; facts: ChunkFacts } {
  const { version, pack, statistics } = settings;
  const mayRepeat = leaf.type.physical !== PHYSICAL.bool && leaf.type.taking !== 'none';
  const isWanted = wanted === 'dictionary';
  const dictionary =
    mayRepeat && (isWanted || (wanted === null && settings.dictionaryBytes > 0))
      ? findDictionary(leaf, isWanted ? MOST_WANTED_BYTES : settings.dictionaryBytes, isWanted)
      : null;
  const values = valuesOf(leaf, dictionary, wanted, version);
  const out: Uint8Array[] = [];
  let packedBytes = 0;
  let unpackedBytes = 0;
  /** Adds a page and gives the bytes that it takes with its head. */
  const add = (
    page: Omit<PageFacts, 'packedBytes' | 'crc' | 'unpackedBytes' | 'isPacked'>,
    plain: Uint8Array | null,
    body: Uint8Array,
  ): number => {
    // Nothing is left as it is: not every reader unpacks it.
    const isPacked = settings.codec !== 0 && (body.length > 0 || version === 1);
    const packed = isPacked ? pack(body) : body.slice();
    const plainSize = plain?.length ?? 0;
    const size = plainSize + packed.length;
    let crc: number | null = null;
    if (settings.checksums) crc = plain === null ? crc32(packed) : crc32(packed, crc32(plain));
    const head = pageHead({
      ...page,
      unpackedBytes: plainSize + body.length,
      packedBytes: size,
      crc,
      isPacked,
    });
    out.push(head);
    if (plain !== null) out.push(plain);
    out.push(packed);
    packedBytes += head.length + size;
    unpackedBytes += head.length + plainSize + body.length;
    return head.length + size;
  };

  const body = new ByteWriter(1 << 16);
  let dictionaryOffset: number | null = null;
  const NO_LEVELS = {
    nullCount: 0,
    rowCount: 0,
    definitionBytes: 0,
    repetitionBytes: 0,
    statistics: null,
  };
  if (dictionary !== null) {
    dictionaryOffset = offset;
    putEntries(body, leaf, dictionary.entries);
    add(
      {
        kind: 'dictionary',
        valueCount: dictionary.entries.length,
        encoding: version === 1 ? ENCODING.plainDictionary : ENCODING.plain,
        ...NO_LEVELS,
      },
      null,
      body.written(),
    );
  }

  const dataOffset = offset + packedBytes;
  const pages: PagePlace[] = [];
  const bitsPerValue =
    dictionary !== null
      ? Math.max(1, bitsOf(dictionary.entries.length - 1))
      : leaf.type.physical === PHYSICAL.bool
        ? 1
        : leaf.type.width === 0
          ? null
          : leaf.type.width * 8;
  for (const stretch of cutPages(leaf, bitsPerValue, settings.pageBytes)) {
    const [levelFrom, levelTo] = stretch.levels;
    const [from, to] = stretch.values;
    const valueCount = levelTo - levelFrom;
    const nullCount = valueCount - (to - from);
    const own: Statistics | null =
      statistics === 'page'
        ? { bounds: findBounds(leaf, from, to, null), nullCount, distinctCount: null }
        : null;
    const levels = { definitionBytes: 0, repetitionBytes: 0 };
    body.clear();
    const putLevels = (which: Uint8Array, most: number): number => {
      if (most === 0) return 0;
      const start = body.length;
      // The first version says how long they are, the second in the page's head.
      if (version === 1) body.put(FOUR_BYTES);
      putRuns(body, which, levelFrom, levelTo, bitsOf(most));
      const size = body.length - start;
      if (version === 1) body.view.setInt32(start, size - 4, true);
      return size;
    };
    levels.repetitionBytes = putLevels(leaf.repetitions, leaf.maxRepetition);
    levels.definitionBytes = putLevels(leaf.definitions, leaf.maxDefinition);
    const plain = version === 2 ? body.take() : null;
    values.put(body, from, to);
    const firstPageOffset = offset + packedBytes;
    const size = add(
      {
        kind: version === 1 ? 'data' : 'data-v2',
        valueCount,
        encoding: values.encoding,
        nullCount,
        rowCount: stretch.rowCount,
        ...levels,
        statistics: own,
      },
      plain,
      body.written(),
    );
    pages.push({
      offset: firstPageOffset,
      packedBytes: size,
      firstRow: stretch.firstRow,
      statistics: own ?? { bounds: null, nullCount, distinctCount: null },
      isAllNull: to === from,
    });
  }

  const { count, levelCount } = leaf;
  const encodings = new Set([values.encoding]);
  if (leaf.maxDefinition + leaf.maxRepetition > 0) encodings.add(ENCODING.runs);
  if (dictionary !== null) encodings.add(version === 1 ? ENCODING.plainDictionary : ENCODING.plain);
  return {
    bytes: out,
    facts: {
      leaf,
      codec: settings.codec,
      encodings: [...encodings].sort((a, b) => a - b),
      valueCount: levelCount,
      unpackedBytes,
      packedBytes,
      dataOffset,
      dictionaryOffset,
      statistics:
        statistics === 'none'
          ? null
          : {
              bounds: findBounds(leaf, 0, count, dictionary?.entries ?? null),
              nullCount: levelCount - count,
              distinctCount: dictionary?.entries.length ?? null,
            },
      pageCounts: [
        ...(dictionary === null
          ? []
          : [
              {
                type: 2,
                encoding: version === 1 ? ENCODING.plainDictionary : ENCODING.plain,
                count: 1,
              },
            ]),
        { type: version === 1 ? 0 : 3, encoding: values.encoding, count: pages.length },
      ],
      pages: statistics === 'page' ? pages : null,
      indexes: null,
    },
  };
}

const FOUR_BYTES = new Uint8Array(4);
/** A wished dictionary may be large, but not beyond what readers hold. */
const MOST_WANTED_BYTES = 64 << 20;
