// Reads the cells of a batch's columns: typed ones from their arrays, text ones from their fields, exactly.
import { decimalAt, isNullValue, valueBytes, type TypedColumn } from '../table/batch.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import { typeName, type DataType, type Field, type TimeUnit } from '../table/data-type.ts';
import {
  MISFIT,
  parseBoolean,
  parseDate,
  parseDecimal,
  parseFloat64,
  parseInteger,
  readTimestamp,
  type Misfit,
  type TimestampParts,
} from '../table/parse-value.ts';
import {
  contentAt,
  fieldEnd,
  fieldStart,
  isNullAt,
  lineOfRow,
  type TextBlock,
} from '../table/text-block.ts';
import type { Cell, Frame } from './cells.ts';
import { UNITS_PER_SECOND } from './clock.ts';
import { addWhole, multiplyWhole, powerOfTen, whole, type Whole } from './whole.ts';

/** Reads the value in the bytes [start, end). */
export type CellReader = (bytes: Uint8Array, start: number, end: number) => Cell | Misfit;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Digits that a double surely holds. */
const SAFE_DIGITS = 15;

function smallInteger(bytes: Uint8Array, start: number, end: number): number | Misfit {
  const first = bytes[start];
  const from = first === 45 || first === 43 ? start + 1 : start;
  if (end - from <= 0) return MISFIT;
  let value = 0;
  for (let i = from; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (!(digit >= 0 && digit <= 9)) return MISFIT;
    value = value * 10 + digit;
  }
  return first === 45 ? 0 - value : value;
}

/** Least and greatest value of an integer type. */
export function integerBounds({ bits, signed }: DataType & { kind: 'int' }): [bigint, bigint] {
  const most = 1n << BigInt(signed ? bits - 1 : bits);
  return [signed ? -most : 0n, most - 1n];
}

function integerReader(type: DataType & { kind: 'int' }): CellReader {
  const [least, most] = integerBounds(type);
  return (bytes, start, end) => {
    const value =
      end - start <= SAFE_DIGITS
        ? smallInteger(bytes, start, end)
        : parseInteger(bytes, start, end);
    if (value === MISFIT || value < least || value > most) return MISFIT;
    return typeof value === 'bigint' ? whole(value) : value;
  };
}

function decimalReader({ precision, scale }: DataType & { kind: 'decimal' }): CellReader {
  const beyond = powerOfTen(precision);
  return (bytes, start, end) => {
    const first = bytes[start];
    let value = 0;
    let digits = 0;
    let fraction = -1;
    for (let i = first === 45 || first === 43 ? start + 1 : start; i < end; i++) {
      const digit = bytes[i]! - 48;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        if (fraction >= 0) fraction++;
      } else if (digit === -2 && fraction < 0) fraction = 0;
      else return MISFIT;
    }
    const missing = scale - Math.max(fraction, 0);
    if (digits > 0 && missing >= 0 && digits + missing <= SAFE_DIGITS) {
      for (let k = 0; k < missing; k++) value *= 10;
      if (value >= beyond) return MISFIT;
      return first === 45 ? 0 - value : value;
    }
    const exact = parseDecimal(bytes, start, end, scale);
    if (exact === MISFIT || exact >= beyond || -exact >= beyond) return MISFIT;
    return whole(exact);
  };
}

/** Seconds and nanoseconds as units; more fraction than the unit holds is a misfit. */
function unitsOf(seconds: number, nanos: number, unit: TimeUnit): Whole | Misfit {
  const perSecond = UNITS_PER_SECOND[unit];
  const part = nanos / (1e9 / perSecond);
  if (!Number.isInteger(part)) return MISFIT;
  return addWhole(multiplyWhole(seconds, perSecond), part);
}

function timestampReader({ unit, zone }: DataType & { kind: 'timestamp' }): CellReader {
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  return (bytes, start, end) => {
    if (!readTimestamp(bytes, start, end, parts) || parts.zoned !== (zone !== null)) return MISFIT;
    return unitsOf(parts.seconds, parts.nanos, unit);
  };
}

/** A time is read as the clock of the first day of 1970. */
function timeReader(unit: TimeUnit): CellReader {
  const parts: TimestampParts = { seconds: 0, nanos: 0, zoned: false, fractionDigits: 0 };
  return (bytes, start, end) => {
    const clock = encoder.encode(`1970-01-01T${decoder.decode(bytes.subarray(start, end))}`);
    if (!readTimestamp(clock, 0, clock.length, parts) || parts.zoned) return MISFIT;
    return unitsOf(parts.seconds, parts.nanos, unit);
  };
}

/** The reader of a type's text; null for types that have none (lists, structs, maps). */
export function createCellReader(type: DataType): CellReader | null {
  switch (type.kind) {
    case 'utf8':
    case 'json':
      return (bytes, start, end) => decoder.decode(bytes.subarray(start, end));
    case 'int':
      return integerReader(type);
    case 'decimal':
      return decimalReader(type);
    case 'float':
      return type.bits === 64
        ? parseFloat64
        : (bytes, start, end) => {
            const value = parseFloat64(bytes, start, end);
            return value === MISFIT ? MISFIT : Math.fround(value);
          };
    case 'bool':
      return parseBoolean;
    case 'date':
      return parseDate;
    case 'time':
      return timeReader(type.unit);
    case 'timestamp':
      return timestampReader(type);
    case 'dictionary':
      return createCellReader(type.value);
    case 'null':
      return () => null;
    default:
      return null;
  }
}

function misfit(block: TextBlock, row: number, content: Uint8Array, field: Field): ExportError {
  return new ExportError('step.misfit', {
    value: shorten(decoder.decode(content)),
    line: lineOfRow(block, row),
    type: typeName(field.type),
    column: shorten(field.name),
  });
}

function textCells(block: TextBlock, index: number, frame: Frame, field: Field, read: CellReader) {
  const out: Cell[] = [];
  for (let k = 0; k < frame.count; k++) {
    const row = frame.rows[k]!;
    const start = fieldStart(block, row, index);
    const end = fieldEnd(block, row, index);
    if (isNullAt(block, start, end)) {
      out.push(null);
      continue;
    }
    const content = contentAt(block, start, end);
    const cell = read(content, 0, content.length);
    if (cell === MISFIT) throw misfit(block, row, content, field);
    out.push(cell);
  }
  return out;
}

/** Reads the value at a row of a typed column, which is not null; null for nested types. */
function typedReader(column: TypedColumn): ((row: number) => Cell) | null {
  const { type, values } = column;
  switch (type.kind) {
    case 'null':
      return () => null;
    case 'bool': {
      const bits = values as Uint8Array;
      return (row) => ((bits[row >> 3]! >> (row & 7)) & 1) === 1;
    }
    case 'decimal':
      return (row) => whole(decimalAt(column, row));
    case 'utf8':
    case 'json':
      return (row) => decoder.decode(valueBytes(column, row));
    case 'binary':
      return (row) => valueBytes(column, row);
    case 'list':
    case 'struct':
    case 'map':
    case 'dictionary':
      return null;
    default:
      if (values instanceof BigInt64Array || values instanceof BigUint64Array)
        return (row) => whole(values[row]!);
      return (row) => values![row] as number;
  }
}

function typedCells(column: TypedColumn, { rows, count }: Frame): Cell[] {
  const out: Cell[] = [];
  let read: (row: number) => Cell;
  if (column.dictionary === null) read = typedReader(column)!;
  else {
    const { dictionary, values } = column;
    const entry = typedReader(dictionary)!;
    const entries = Array.from({ length: dictionary.length }, (_, i) =>
      isNullValue(dictionary, i) ? null : entry(i),
    );
    read = (row) => entries[Number(values![row])]!;
  }
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    out.push(isNullValue(column, row) ? null : read(row));
  }
  return out;
}

/** The cells of column `at`; throws `step.misfit` for a field that is no value of its column's type. */
export function readCells(frame: Frame, at: number, reader: CellReader | null): Cell[] {
  const known = frame.cells.get(at);
  if (known) return known;
  const { batch } = frame;
  const column = batch.columns[at]!;
  const cells =
    column.storage === 'text'
      ? textCells(batch.block!, column.index, frame, batch.schema.fields[at]!, reader!)
      : typedCells(column, frame);
  frame.cells.set(at, cells);
  return cells;
}

/** Whether each cell of a column is null; looks at no value. */
export function readNulls(frame: Frame, at: number): boolean[] {
  const { batch, rows, count } = frame;
  const column = batch.columns[at]!;
  const out: boolean[] = [];
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    if (column.storage === 'text') {
      const block = batch.block!;
      const start = fieldStart(block, row, column.index);
      out.push(isNullAt(block, start, fieldEnd(block, row, column.index)));
    } else
      out.push(
        column.type.kind === 'null' ||
          isNullValue(column, row) ||
          (column.dictionary !== null &&
            isNullValue(column.dictionary, Number(column.values![row]))),
      );
  }
  return out;
}
