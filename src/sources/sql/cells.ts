// Writes the values of a row as the cells of a block: truths as words, times as ISO 8601 has them, bytes as Base64.
import type { BlockWriter } from '../../table/block-writer.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { DataType } from '../../table/data-type.ts';
import { writeBase64 } from '../../table/value-text.ts';
import { putHex } from './unescape.ts';
import { KIND, type Kind } from './value-kinds.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const TRUE = encoder.encode('true');
const FALSE = encoder.encode('false');

/** The words of a truth, or null where it is none. */
function truthOf(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const b = bytes[start]! | 32;
  if (end - start === 1) {
    // 1, t and the bit itself; 0, f and no bit.
    if (bytes[start] === 49 || b === 116 || bytes[start] === 1) return TRUE;
    if (bytes[start] === 48 || b === 102 || bytes[start] === 0) return FALSE;
    return null;
  }
  const word = end - start > 5 ? '' : decoder.decode(bytes.subarray(start, end)).toLowerCase();
  return word === 'true' ? TRUE : word === 'false' ? FALSE : null;
}

/** Whether a date or timestamp is spelt as ISO 8601 has it, or at least so that nothing is to be done. */
function isOrdinary(bytes: Uint8Array, start: number, end: number): boolean {
  const size = end - start;
  if (size < 10 || bytes[start + 4] !== 45) return false;
  if (size === 10) return true;
  for (let i = start + 19; i < end; i++) {
    const b = bytes[i]!;
    if ((b < 48 || b > 57) && b !== 46 && b !== 90) return false;
  }
  return bytes[start + 11] !== 40;
}

const TIME =
  /^(\d{4,6})-(\d\d-\d\d)( \(BC\))?(?:([ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?: ?(Z|[+-]\d\d)(?::?(\d\d)(:\d\d)?)?)?)?( BC)?$/;

/** A date or timestamp of a database in ISO 8601: years before Christ, beyond 9999, and offsets of hours alone. */
function isoTime(text: string): string {
  const found = TIME.exec(text);
  if (found === null) return text;
  const [, digits, date, before, clock = '', hours = '', minutes, seconds = '', after] = found;
  const isBefore = before !== undefined || after !== undefined;
  const year = isBefore ? 1 - Number(digits) : Number(digits);
  const spelt =
    year < 0 || year > 9999
      ? `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`
      : String(year).padStart(4, '0');
  const zone = hours === '' || hours === 'Z' ? hours : `${hours}:${minutes ?? '00'}${seconds}`;
  return `${spelt}-${date}${clock}${zone}`;
}

/** PostgreSQL’s text of bytes. */
const isHexText = (bytes: Uint8Array, start: number): boolean =>
  bytes[start] === 92 && bytes[start + 1] === 120;

/** Whether a text says which bytes it stands for: bytes beyond ASCII became characters when the script was decoded. */
export function isTextOfBytes(bytes: Uint8Array, start: number, end: number): boolean {
  if (isHexText(bytes, start)) return true;
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

const scratch = new ByteWriter(256);

/** The bytes of a value, which is not null, as its cell has them. They may be of a buffer that the next call changes. */
export function cellBytes(
  kind: Kind,
  bytes: Uint8Array,
  start: number,
  end: number,
  type: DataType,
): Uint8Array {
  if (type.kind === 'bool') {
    const truth = truthOf(bytes, start, end);
    if (truth !== null) return truth;
  }
  if (kind === KIND.binary) {
    scratch.clear();
    writeBase64(bytes, start, end, scratch);
    return scratch.written();
  }
  if (type.kind === 'binary' && (kind === KIND.text || kind === KIND.bare)) {
    scratch.clear();
    const raw = new ByteWriter((end - start) / 2 + 1);
    if (isHexText(bytes, start) && putHex(bytes, start + 2, end, raw))
      writeBase64(raw.bytes, 0, raw.length, scratch);
    else writeBase64(bytes, start, end, scratch);
    return scratch.written();
  }
  const isTime =
    kind === KIND.date ||
    kind === KIND.timestamp ||
    type.kind === 'date' ||
    type.kind === 'timestamp';
  if (isTime && !isOrdinary(bytes, start, end))
    return encoder.encode(isoTime(decoder.decode(bytes.subarray(start, end))));
  return bytes.subarray(start, end);
}

/** Writes a value that is not null. Most are copied as they stand. */
export function writeCell(
  writer: BlockWriter,
  kind: Kind,
  bytes: Uint8Array,
  start: number,
  end: number,
  type: DataType,
): void {
  const isPlain =
    kind === KIND.text || kind === KIND.number || kind === KIND.bare || kind === KIND.json;
  const { kind: of } = type;
  const isTime = of === 'date' || of === 'timestamp';
  if (isPlain && of !== 'bool' && of !== 'binary' && (!isTime || isOrdinary(bytes, start, end)))
    writer.addText(bytes, start, end);
  else writer.addText(cellBytes(kind, bytes, start, end, type));
}
