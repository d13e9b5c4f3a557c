// Reads the footer of a Parquet file: its schema elements, row groups and column chunks, checked against the file's size.
import { ExportError } from '../../contract/errors.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import { Fault, insist } from '../../contract/fault.ts';
import {
  bytesOf,
  countOf,
  numberOf,
  numbersOf,
  readThrift,
  structOf,
  structsOf,
  textOf,
  type ThriftStruct,
} from './thrift.ts';

export interface SchemaElement {
  name: string;
  /** 0 boolean, 1 int32, 2 int64, 3 int96, 4 float, 5 double, 6 byte array, 7 fixed; null of a group. */
  physical: number | null;
  typeLength: number;
  repetition: 'required' | 'optional' | 'repeated';
  childCount: number;
  converted: number | null;
  scale: number;
  precision: number;
  logical: ThriftStruct | null;
}

/** Bounds of a chunk's values as the writer states them, in plain encoding. */
export interface ChunkStatistics {
  min: Uint8Array | null;
  max: Uint8Array | null;
  /** From the old fields, whose order is only right for signed numbers. */
  isOld: boolean;
  nullCount: number | null;
}

export interface ColumnChunk {
  codec: number;
  /** Numbers of the encodings of its pages. */
  encodings: number[];
  valueCount: number;
  /** Bytes of all pages unpacked. */
  unpackedBytes: number;
  packedBytes: number;
  /** Where its first page begins. */
  start: number;
  statistics: ChunkStatistics | null;
}

export interface RowGroup {
  rowCount: number;
  /** One a leaf, in the schema's order. */
  chunks: ColumnChunk[];
}

export interface Footer {
  elements: SchemaElement[];
  rowCount: number;
  rowGroups: RowGroup[];
  createdBy: string | null;
  /** Names of its own entries. */
  keys: string[];
  /** Where the footer begins: no page reaches beyond. */
  start: number;
}

const MAGIC = 'PAR1';
const ENCRYPTED_MAGIC = 'PARE';
const TAIL_BYTES = 8;
/** Read at once with the tail: most footers fit. */
const FIRST_READ_BYTES = 64 * 1024;

const asText = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export async function readFooter(slices: ByteSlices, name: string): Promise<Footer> {
  const { sizeBytes } = slices;
  insist(sizeBytes >= TAIL_BYTES + 4, 'it is too short');
  const from = Math.max(0, sizeBytes - FIRST_READ_BYTES);
  let tail = await slices.read(from, sizeBytes);
  const magic = asText(tail.subarray(-4));
  if (magic === ENCRYPTED_MAGIC) throw new ExportError('read.parquet.encrypted', { name });
  insist(magic === MAGIC, 'it does not end with PAR1, so it was cut off or is something else');
  const size = new DataView(tail.buffer, tail.byteOffset + tail.length - 8, 4).getUint32(0, true);
  const start = sizeBytes - TAIL_BYTES - size;
  insist(start >= 4, 'its footer would begin before the file');
  tail = start >= from ? tail.subarray(start - from) : await slices.read(start, sizeBytes);
  const { struct } = readThrift(tail.subarray(0, size), 0);
  if (struct.has(8)) throw new ExportError('read.parquet.encrypted', { name });
  const elements = structsOf(struct, 2).map(readElement);
  insist(elements.length > 0, 'it has no schema');
  const leafCount = elements.filter((element) => element.physical !== null).length;
  const rowGroups = structsOf(struct, 4).map((group) =>
    readRowGroup(group, leafCount, start, name),
  );
  const rowCount = rowGroups.reduce((sum, group) => sum + group.rowCount, 0);
  const keys = structsOf(struct, 5).map((entry) => textOf(entry, 1) ?? '');
  return { elements, rowCount, rowGroups, createdBy: textOf(struct, 6), keys, start };
}

const REPETITIONS = ['required', 'optional', 'repeated'] as const;

function readElement(struct: ThriftStruct): SchemaElement {
  const logical = structOf(struct, 10);
  const children = numberOf(struct, 5) ?? 0;
  // A group is what has no type; one without children is told apart from a leaf by that.
  const physical = numberOf(struct, 1);
  return {
    name: textOf(struct, 4) ?? '',
    physical: children > 0 ? null : physical,
    typeLength: numberOf(struct, 2) ?? 0,
    repetition: REPETITIONS[numberOf(struct, 3) ?? 0] ?? 'required',
    childCount: children,
    converted: numberOf(struct, 6),
    scale: numberOf(struct, 7) ?? 0,
    precision: numberOf(struct, 8) ?? 0,
    logical,
  };
}

function readRowGroup(
  struct: ThriftStruct,
  leafCount: number,
  footerStart: number,
  name: string,
): RowGroup {
  const rowCount = countOf(struct, 3, 'the row count of a row group');
  const chunks = structsOf(struct, 1).map((chunk) => readChunk(chunk, footerStart, name));
  insist(chunks.length === leafCount, 'a row group does not hold every column');
  return { rowCount, chunks };
}

function readChunk(struct: ThriftStruct, footerStart: number, name: string): ColumnChunk {
  if (struct.has(1)) throw new Fault('its columns lie in other files');
  const meta = structOf(struct, 3);
  if (struct.has(8) || struct.has(9) || meta === null)
    throw new ExportError('read.parquet.encrypted', { name });
  const dataStart = countOf(meta, 9, 'the place of a column');
  const dictionaryStart = numberOf(meta, 11) ?? 0;
  const start = dictionaryStart > 0 && dictionaryStart < dataStart ? dictionaryStart : dataStart;
  const packedBytes = countOf(meta, 7, 'the size of a column');
  insist(start <= footerStart && packedBytes <= footerStart, 'a column lies outside of the file');
  const statistics = structOf(meta, 12);
  return {
    codec: numberOf(meta, 4) ?? 0,
    encodings: numbersOf(meta, 2),
    valueCount: countOf(meta, 5, 'the number of values of a column'),
    unpackedBytes: countOf(meta, 6, 'the unpacked size of a column'),
    packedBytes,
    start,
    statistics: statistics === null ? null : readStatistics(statistics),
  };
}

function readStatistics(struct: ThriftStruct): ChunkStatistics {
  const min = bytesOf(struct, 6);
  const max = bytesOf(struct, 5);
  const isOld = min === null && max === null;
  const nullCount = numberOf(struct, 3);
  return {
    min: isOld ? bytesOf(struct, 2) : min,
    max: isOld ? bytesOf(struct, 1) : max,
    isOld,
    nullCount: nullCount !== null && nullCount >= 0 ? nullCount : null,
  };
}
