// Writes page heads and the footer: what parquet.thrift calls PageHeader, FileMetaData, ColumnIndex and OffsetIndex.
import type { LeafBuffer } from './leaf-buffer.ts';
import { PHYSICAL, type Meaning } from './leaf-type.ts';
import type { SchemaElement } from './schema-tree.ts';
import type { Bounds } from './statistics.ts';
import { ITEM, ThriftWriter } from './thrift.ts';

/** Encodings by their numbers in parquet.thrift. */
export const ENCODING = {
  plain: 0,
  plainDictionary: 2,
  runs: 3,
  delta: 5,
  deltaLength: 6,
  deltaPrefix: 7,
  dictionary: 8,
  split: 9,
} as const;

export interface Statistics {
  bounds: Bounds | null;
  nullCount: number;
  /** Known where all values stand in a dictionary. */
  distinctCount: number | null;
}

export interface PageFacts {
  kind: 'data' | 'data-v2' | 'dictionary';
  unpackedBytes: number;
  packedBytes: number;
  crc: number | null;
  /** Nulls counted, but in a dictionary. */
  valueCount: number;
  encoding: number;
  /** Of the second version, from here on. */
  isPacked: boolean;
  nullCount: number;
  rowCount: number;
  definitionBytes: number;
  repetitionBytes: number;
  statistics: Statistics | null;
}

/** A page as the indexes at the file's end state it. */
export interface PagePlace {
  offset: number;
  /** With its head. */
  packedBytes: number;
  firstRow: number;
  statistics: Statistics;
  isAllNull: boolean;
}

export interface ChunkFacts {
  leaf: LeafBuffer;
  codec: number;
  encodings: number[];
  valueCount: number;
  unpackedBytes: number;
  packedBytes: number;
  dataOffset: number;
  dictionaryOffset: number | null;
  statistics: Statistics | null;
  pageCounts: { type: number; encoding: number; count: number }[];
  /** Null where no index is written. */
  pages: PagePlace[] | null;
  /** Set once the indexes are written. */
  indexes: {
    column: { offset: number; size: number } | null;
    offset: { offset: number; size: number };
  } | null;
}

export interface GroupFacts {
  rowCount: number;
  chunks: ChunkFacts[];
}

function putStatistics(thrift: ThriftWriter, id: number, statistics: Statistics): void {
  thrift.struct(id, () => {
    const { bounds, nullCount, distinctCount } = statistics;
    thrift.i64(3, nullCount);
    if (distinctCount !== null) thrift.i64(4, distinctCount);
    if (bounds === null) return;
    thrift.binary(5, bounds.max.bytes);
    thrift.binary(6, bounds.min.bytes);
    thrift.bool(7, bounds.max.isExact);
    thrift.bool(8, bounds.min.isExact);
  });
}

export function pageHead(page: PageFacts): Uint8Array {
  const thrift = new ThriftWriter();
  thrift.i32(1, page.kind === 'data' ? 0 : page.kind === 'dictionary' ? 2 : 3);
  thrift.i32(2, page.unpackedBytes);
  thrift.i32(3, page.packedBytes);
  if (page.crc !== null) thrift.i32(4, page.crc | 0);
  if (page.kind === 'data')
    thrift.struct(5, () => {
      thrift.i32(1, page.valueCount);
      thrift.i32(2, page.encoding);
      thrift.i32(3, ENCODING.runs);
      thrift.i32(4, ENCODING.runs);
      if (page.statistics !== null) putStatistics(thrift, 5, page.statistics);
    });
  else if (page.kind === 'dictionary')
    thrift.struct(7, () => {
      thrift.i32(1, page.valueCount);
      thrift.i32(2, page.encoding);
    });
  else
    thrift.struct(8, () => {
      thrift.i32(1, page.valueCount);
      thrift.i32(2, page.nullCount);
      thrift.i32(3, page.rowCount);
      thrift.i32(4, page.encoding);
      thrift.i32(5, page.definitionBytes);
      thrift.i32(6, page.repetitionBytes);
      thrift.bool(7, page.isPacked);
      if (page.statistics !== null) putStatistics(thrift, 8, page.statistics);
    });
  return thrift.end();
}

const REPETITION = { required: 0, optional: 1, repeated: 2 } as const;

/** The older name of a meaning; null where it has none that means the same. */
function convertedType(meaning: Meaning): number | null {
  switch (meaning.kind) {
    case 'string':
      return 0;
    case 'map':
      return 1;
    case 'list':
      return 3;
    case 'enum':
      return 4;
    case 'decimal':
      return 5;
    case 'date':
      return 6;
    case 'json':
      return 19;
    case 'int':
      return (meaning.signed ? 15 : 11) + Math.log2(meaning.bits / 8);
    // The older names always mean instants.
    case 'timestamp':
      return meaning.isInstant && meaning.unit !== 'ns' ? (meaning.unit === 'ms' ? 9 : 10) : null;
    default:
      return null;
  }
}

const UNIT_IDS = { ms: 1, us: 2, ns: 3 } as const;

function putMeaning(thrift: ThriftWriter, meaning: Meaning): void {
  thrift.struct(10, () => {
    switch (meaning.kind) {
      case 'string':
        return thrift.struct(1);
      case 'map':
        return thrift.struct(2);
      case 'list':
        return thrift.struct(3);
      case 'enum':
        return thrift.struct(4);
      case 'decimal':
        return thrift.struct(5, () => {
          thrift.i32(1, meaning.scale);
          thrift.i32(2, meaning.precision);
        });
      case 'date':
        return thrift.struct(6);
      case 'time':
      case 'timestamp':
        return thrift.struct(meaning.kind === 'time' ? 7 : 8, () => {
          thrift.bool(1, meaning.isInstant);
          thrift.struct(2, () => thrift.struct(UNIT_IDS[meaning.unit]));
        });
      case 'int':
        return thrift.struct(10, () => {
          thrift.i8(1, meaning.bits);
          thrift.bool(2, meaning.signed);
        });
      case 'unknown':
        return thrift.struct(11);
      case 'json':
        return thrift.struct(12);
      case 'uuid':
        return thrift.struct(14);
    }
  });
}

function putElement(thrift: ThriftWriter, element: SchemaElement, isRoot: boolean): void {
  const { leaf, meaning } = element;
  if (leaf !== null) {
    thrift.i32(1, leaf.physical);
    if (leaf.physical === PHYSICAL.fixed) thrift.i32(2, leaf.width);
  }
  if (!isRoot) thrift.i32(3, REPETITION[element.repetition]);
  thrift.text(4, element.name);
  if (leaf === null) thrift.i32(5, element.childCount);
  if (meaning !== null) {
    const converted = convertedType(meaning);
    if (converted !== null) thrift.i32(6, converted);
    if (meaning.kind === 'decimal') {
      thrift.i32(7, meaning.scale);
      thrift.i32(8, meaning.precision);
    }
  }
  if (element.fieldId !== null) thrift.i32(9, element.fieldId);
  if (meaning !== null) putMeaning(thrift, meaning);
}

function putChunk(thrift: ThriftWriter, chunk: ChunkFacts): void {
  const { leaf, indexes } = chunk;
  const start = chunk.dictionaryOffset ?? chunk.dataOffset;
  // Where the metadata stands beside the chunk: nowhere, which old readers take for its start.
  thrift.i64(2, start);
  thrift.struct(3, () => {
    thrift.i32(1, leaf.type.physical);
    thrift.list(2, ITEM.i32, chunk.encodings, (encoding) => thrift.itemNumber(encoding));
    thrift.list(3, ITEM.binary, leaf.path, (name) => thrift.itemText(name));
    thrift.i32(4, chunk.codec);
    thrift.i64(5, chunk.valueCount);
    thrift.i64(6, chunk.unpackedBytes);
    thrift.i64(7, chunk.packedBytes);
    thrift.i64(9, chunk.dataOffset);
    if (chunk.dictionaryOffset !== null) thrift.i64(11, chunk.dictionaryOffset);
    if (chunk.statistics !== null) putStatistics(thrift, 12, chunk.statistics);
    thrift.list(13, ITEM.struct, chunk.pageCounts, ({ type, encoding, count }) =>
      thrift.itemStruct(() => {
        thrift.i32(1, type);
        thrift.i32(2, encoding);
        thrift.i32(3, count);
      }),
    );
  });
  if (indexes === null) return;
  thrift.i64(4, indexes.offset.offset);
  thrift.i32(5, indexes.offset.size);
  if (indexes.column === null) return;
  thrift.i64(6, indexes.column.offset);
  thrift.i32(7, indexes.column.size);
}

export interface FileFacts {
  /** 1 or 2. */
  version: number;
  elements: readonly SchemaElement[];
  groups: readonly GroupFacts[];
  /** In the order in which they are written. */
  metadata: readonly (readonly [string, string])[];
  createdBy: string;
}

export function footerBytes(file: FileFacts): Uint8Array {
  const thrift = new ThriftWriter();
  thrift.i32(1, file.version);
  thrift.list(2, ITEM.struct, [...file.elements.entries()], ([i, element]) =>
    thrift.itemStruct(() => putElement(thrift, element, i === 0)),
  );
  thrift.i64(
    3,
    file.groups.reduce((sum, group) => sum + group.rowCount, 0),
  );
  thrift.list(4, ITEM.struct, [...file.groups.entries()], ([ordinal, group]) =>
    thrift.itemStruct(() => {
      const { chunks } = group;
      const sum = (of: (chunk: ChunkFacts) => number): number =>
        chunks.reduce((total, chunk) => total + of(chunk), 0);
      thrift.list(1, ITEM.struct, chunks, (chunk) =>
        thrift.itemStruct(() => putChunk(thrift, chunk)),
      );
      thrift.i64(
        2,
        sum((chunk) => chunk.unpackedBytes),
      );
      thrift.i64(3, group.rowCount);
      if (chunks.length > 0) thrift.i64(5, chunks[0]!.dictionaryOffset ?? chunks[0]!.dataOffset);
      thrift.i64(
        6,
        sum((chunk) => chunk.packedBytes),
      );
      if (ordinal < 32_768) thrift.i16(7, ordinal);
    }),
  );
  if (file.metadata.length > 0)
    thrift.list(5, ITEM.struct, file.metadata, ([key, value]) =>
      thrift.itemStruct(() => {
        thrift.text(1, key);
        thrift.text(2, value);
      }),
    );
  thrift.text(6, file.createdBy);
  const leaves = file.elements.filter((element) => element.leaf !== null);
  thrift.list(7, ITEM.struct, leaves, () => thrift.itemStruct(() => thrift.struct(1)));
  return thrift.end();
}

/** The bounds of each page; null where one of them has none to state. */
export function columnIndex(pages: readonly PagePlace[]): Uint8Array | null {
  if (pages.some((page) => page.statistics.bounds === null && !page.isAllNull)) return null;
  const none = new Uint8Array(0);
  const thrift = new ThriftWriter();
  thrift.list(1, ITEM.bool, pages, (page) => thrift.itemBool(page.isAllNull));
  thrift.list(2, ITEM.binary, pages, ({ statistics: { bounds } }) =>
    thrift.itemBinary(bounds?.min.bytes ?? none),
  );
  thrift.list(3, ITEM.binary, pages, ({ statistics: { bounds } }) =>
    thrift.itemBinary(bounds?.max.bytes ?? none),
  );
  // Whether bounds ascend is not looked at: 0 says that nothing is known.
  thrift.i32(4, 0);
  thrift.list(5, ITEM.i64, pages, (page) => thrift.itemNumber(page.statistics.nullCount));
  return thrift.end();
}

export function offsetIndex(pages: readonly PagePlace[]): Uint8Array {
  const thrift = new ThriftWriter();
  thrift.list(1, ITEM.struct, pages, (page) =>
    thrift.itemStruct(() => {
      thrift.i64(1, page.offset);
      thrift.i32(2, page.packedBytes);
      thrift.i64(3, page.firstRow);
    }),
  );
  return thrift.end();
}
