// One cell as plain text, as previews and messages show it: exact, never formatted.
import { decimalAt, isNullValue, valueBytes, type Batch, type TypedColumn } from './batch.ts';
import type { TimeUnit } from './data-type.ts';
import { civilFromDays } from './parse-value.ts';
import { fieldText } from './text-block.ts';

const PER_SECOND: Record<TimeUnit, bigint> = {
  s: 1n,
  ms: 1_000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
};
const FRACTION_DIGITS: Record<TimeUnit, number> = { s: 0, ms: 3, us: 6, ns: 9 };
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `YYYY-MM-DD` of a day number; years outside 0–9999 with a sign and at least four digits. */
export function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const digits = String(Math.abs(year)).padStart(4, '0');
  const sign = year < 0 ? '-' : year > 9999 ? '+' : '';
  return `${sign}${digits}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `hh:mm:ss` with the unit's digits after the point. */
export function timeText(units: bigint, unit: TimeUnit): string {
  const perSecond = PER_SECOND[unit];
  const seconds = Number(units / perSecond);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const digits = FRACTION_DIGITS[unit];
  return digits === 0 ? clock : `${clock}.${String(units % perSecond).padStart(digits, '0')}`;
}

/** `YYYY-MM-DDThh:mm:ss` with the unit's digits; `Z` appended when `isInstant`. */
export function timestampText(units: bigint, unit: TimeUnit, isInstant: boolean): string {
  const perDay = PER_SECOND[unit] * 86_400n;
  let days = units / perDay;
  let rest = units % perDay;
  if (rest < 0n) {
    rest += perDay;
    days -= 1n;
  }
  return `${dateText(Number(days))}T${timeText(rest, unit)}${isInstant ? 'Z' : ''}`;
}

/** The decimal `value / 10^scale` with exactly `scale` fraction digits. */
export function decimalText(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

function typedText(column: TypedColumn, row: number): string | null {
  if (isNullValue(column, row)) return null;
  const { type } = column;
  switch (type.kind) {
    case 'null':
      return null;
    case 'bool':
      return ((column.values as Uint8Array)[row >> 3]! >> (row & 7)) & 1 ? 'true' : 'false';
    case 'int':
    case 'float': {
      const value = column.values![row]!;
      return Object.is(value, -0) ? '-0' : String(value);
    }
    case 'decimal':
      return decimalText(decimalAt(column, row), type.scale);
    case 'utf8':
    case 'json':
      return decoder.decode(valueBytes(column, row));
    case 'binary':
      return `0x${[...valueBytes(column, row)].map((b) => b.toString(16).padStart(2, '0')).join('')}`;
    case 'date':
      return dateText((column.values as Int32Array)[row]!);
    case 'time':
      return timeText((column.values as BigInt64Array)[row]!, type.unit);
    case 'timestamp':
      return timestampText((column.values as BigInt64Array)[row]!, type.unit, type.zone !== null);
    case 'dictionary':
      return typedText(column.dictionary!, Number(column.values![row]!));
    default:
      return type.kind;
  }
}

/** The cell at a physical row and a column of the batch; null when it is null. Source digits stay as they are. */
export function cellText(batch: Batch, row: number, column: number): string | null {
  const found = batch.columns[column]!;
  return found.storage === 'text'
    ? fieldText(batch.block!, row, found.index)
    : typedText(found, row);
}
