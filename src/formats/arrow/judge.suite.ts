// What apache-arrow finds in Arrow data: its values bit by bit, and what it says of the schema and the batches.
import {
  compressionRegistry,
  CompressionType,
  type Data,
  DataType,
  MessageReader,
  type RecordBatch,
  RecordBatchReader,
  type Table,
  tableFromIPC,
} from 'apache-arrow';
import { decompress } from 'fzstd';
import { compressors } from 'hyparquet-compressors';
import type { Judge } from '../judge.suite.ts';
import { unitsOf } from '../units-text.suite.ts';

/** Unpacks the blocks of an LZ4 frame. */
function unpackLz4(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error('no LZ4 frame');
  const out = new Uint8Array(Number(view.getBigUint64(6, true)));
  let to = 0;
  for (let at = 15; ;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const length = size & 0x7fffffff;
    const block = frame.subarray(at, at + length);
    const room = Math.min(4 << 20, out.length - to);
    out.set(size > 0x7fffffff ? block : compressors.LZ4_RAW!(block, room), to);
    to += size > 0x7fffffff ? length : room;
    at += length;
  }
  if (to !== out.length) throw new Error('an LZ4 frame holds less than it says');
  return out;
}

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
// In a buffer of its own: apache-arrow wants it aligned.
compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => decompress(data).slice() });

const NANOS = [1_000_000_000n, 1_000_000n, 1000n, 1n];

function decimalText(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

/** Value `i` of a stretch, as the types say it. */
function cellOf(data: Data, i: number): unknown {
  const { type } = data;
  if (DataType.isNull(type)) return null;
  if (DataType.isDictionary(type)) {
    if (!data.getValid(i)) return null;
    let place = Number(data.values[i]);
    for (const part of data.dictionary!.data) {
      if (place < part.length) return cellOf(part, place);
      place -= part.length;
    }
    throw new Error('a place beyond the dictionary');
  }
  if (!data.getValid(i)) return null;
  const { values } = data;
  if (DataType.isInt(type)) return String(values[i] as bigint | number);
  if (DataType.isFloat(type)) {
    const value = values[i] as number;
    if (Object.is(value, -0)) return '-0';
    for (let digits = 1; type.precision === 1 && digits < 10; digits++)
      if (Math.fround(Number(value.toPrecision(digits))) === value)
        return String(Number(value.toPrecision(digits)));
    return String(value);
  }
  if (DataType.isBool(type))
    return String(((values[(i + data.offset) >> 3]! >> ((i + data.offset) & 7)) & 1) === 1);
  if (DataType.isUtf8(type) || DataType.isBinary(type)) {
    const bytes = (values as Uint8Array).slice(data.valueOffsets[i], data.valueOffsets[i + 1]);
    return DataType.isUtf8(type) ? utf8.decode(bytes) : Buffer.from(bytes).toString('base64');
  }
  if (DataType.isDecimal(type)) {
    const words = values as Uint32Array;
    const word = (k: number): bigint => BigInt(words[i * 4 + k]!) << BigInt(32 * k);
    return decimalText(BigInt.asIntN(128, word(0) + word(1) + word(2) + word(3)), type.scale);
  }
  if (DataType.isDate(type)) return `day ${values[i]}`;
  if (DataType.isTime(type)) return `time ${BigInt(values[i] as number) * NANOS[type.unit]!}`;
  if (DataType.isTimestamp(type)) {
    const nanos = (values[i] as bigint) * NANOS[type.unit]!;
    return `${type.timezone == null ? 'wall' : 'instant'} ${nanos}`;
  }
  throw new Error(`no value of ${String(type)}`);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** All rows of a table. */
export function arrowRows(table: Table): unknown[][] {
  return table.batches.flatMap((batch: RecordBatch) =>
    Array.from({ length: batch.numRows }, (_, row) =>
      batch.data.children.map((child) => cellOf(child, row)),
    ),
  );
}

/** Which codec the messages say that bodies are packed with. */
function packingOf(bytes: Uint8Array, isFile: boolean): string {
  const reader = new MessageReader(isFile ? bytes.subarray(8) : bytes);
  for (const message of reader) {
    if (!message.isRecordBatch()) {
      if (!message.isSchema()) reader.readMessageBody(message.bodyLength);
      continue;
    }
    const { compression } = message.header() as { compression?: { type: CompressionType } | null };
    return compression == null
      ? 'not packed'
      : `packed with ${compression.type === CompressionType.LZ4_FRAME ? 'LZ4' : 'ZSTD'}`;
  }
  return 'no batches';
}

/** The container, schema and batches, a line each. */
export function describeArrow(bytes: Uint8Array): string {
  const isFile = bytes[0] === 65;
  const table = tableFromIPC(bytes);
  const lines = [isFile ? 'a file' : 'a stream', packingOf(bytes, isFile)];
  for (const { name, type } of table.schema.fields) lines.push(`${name} ${String(type)}`);
  for (const [key, value] of table.schema.metadata) lines.push(`metadata ${key}=${value}`);
  for (const batch of table.batches) lines.push(`batch of ${batch.numRows} rows`);
  return lines.join('\n');
}

export const arrowJudge: Judge = {
  exact: {},
  ofCell: (cell) => cell,
  ofValue: (text) => unitsOf(text),
  // apache-arrow leaves marks at their start out.
  ofNames: (names) => names.map((name) => name.replace(/^\ufeff/, '')),
  read(_text, _options, _names, bytes) {
    // Read as it stands: what a reader concludes from the end of a file has to agree with what stands in it.
    const table = tableFromIPC(RecordBatchReader.from(bytes));
    return { names: table.schema.fields.map((field) => field.name), rows: arrowRows(table) };
  },
  describe: describeArrow,
};
