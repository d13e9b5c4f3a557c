// Reads located text fields in a spelling of their own: dates by a pattern, numbers by their signs, further texts for null.
import type { FixedValues } from './batch.ts';
import type { DataType } from './data-type.ts';
import type { ClockTime, DatePattern } from './date-pattern.ts';
import { createValues } from './fixed-values.ts';
import type { NumberPattern } from './number-pattern.ts';
import type { OnUnfit } from './read-values.ts';
import type { TextFields } from './text-fields.ts';
import { UNITS_PER_SECOND } from './value-text.ts';
import { createZoneOffset, localToInstant } from './zone-offset.ts';

/** How the values of a text column are spelt; what is missing is as the product writes it itself. */
export interface TextSpelling {
  /** Of dates, times and timestamps. */
  pattern?: DatePattern;
  /** Of integers, decimals and floats. */
  numbers?: NumberPattern;
  /** Contents (UTF-8) that mean null, quoted or not. */
  nullTexts?: readonly Uint8Array[];
}

/**
 * Why values of this type cannot be read with the pattern; null = they can. A date needs a date, a timestamp too (midnight
 * without a time); a time must not have one. A text with an offset is no naive timestamp; one without is taken for the
 * clock of the type's zone.
 */
export function patternProblem(
  type: DataType,
  pattern: DatePattern,
): 'not-a-time' | 'no-date' | 'no-time' | 'has-date' | 'has-offset' | DatePattern['unreadable'] {
  if (pattern.unreadable !== null) return pattern.unreadable;
  switch (type.kind) {
    case 'date':
      return pattern.hasDate ? null : 'no-date';
    case 'time':
      if (pattern.hasDate) return 'has-date';
      if (pattern.hasOffset) return 'has-offset';
      return pattern.hasTime ? null : 'no-time';
    case 'timestamp':
      if (!pattern.hasDate) return 'no-date';
      return pattern.hasOffset && type.zone === null ? 'has-offset' : null;
    default:
      return 'not-a-time';
  }
}

/** Makes the fields whose content is one of these texts null. */
export function dropNullTexts(
  bytes: Uint8Array,
  fields: TextFields,
  nullTexts: readonly Uint8Array[],
): void {
  const { starts, ends, validity } = fields;
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) continue;
    const size = ends[row]! - start;
    for (const text of nullTexts) {
      if (text.length !== size) continue;
      let i = 0;
      while (i < size && bytes[start + i] === text[i]) i++;
      if (i < size) continue;
      starts[row] = -1;
      validity[row >> 3]! &= ~(1 << (row & 7));
      fields.nullCount++;
      break;
    }
  }
}

/** The fields' numbers in the plain spelling: new bytes, and where they stand there (what is no number is empty). */
export function respellNumbers(
  bytes: Uint8Array,
  fields: TextFields,
  numbers: NumberPattern,
): { bytes: Uint8Array; fields: TextFields } {
  const { starts, ends } = fields;
  let room = 0;
  for (let row = 0; row < starts.length; row++)
    if (starts[row]! >= 0) room += ends[row]! - starts[row]!;
  const out = new Uint8Array(room);
  const outStarts = new Int32Array(starts.length).fill(-1);
  const outEnds = new Int32Array(starts.length);
  let used = 0;
  for (let row = 0; row < starts.length; row++) {
    if (starts[row]! < 0) continue;
    outStarts[row] = used;
    const plain = numbers.plain(bytes, starts[row]!, ends[row]!);
    if (plain !== null) {
      out.set(plain, used);
      used += plain.length;
    }
    outEnds[row] = used;
  }
  return { bytes: out, fields: { ...fields, starts: outStarts, ends: outEnds } };
}

/**
 * The values of a date, time or timestamp column of fields in a pattern. A time of day in a text for a date, and fractions
 * finer than the type's unit, are misfits.
 */
export function readPatterned(
  type: DataType & { kind: 'date' | 'time' | 'timestamp' },
  bytes: Uint8Array,
  { starts, ends }: TextFields,
  pattern: DatePattern,
  onUnfit: OnUnfit,
): FixedValues {
  const values = createValues(type, starts.length)!;
  const isReadable = patternProblem(type, pattern) === null;
  const time: ClockTime = { days: 0, seconds: 0, nanos: 0, offsetSeconds: null };
  const put = putterOf(type, values, time);
  for (let row = 0; row < starts.length; row++) {
    if (starts[row]! < 0) continue;
    const fits = isReadable && pattern.read(bytes, starts[row]!, ends[row]!, time) && put(row);
    if (!fits) onUnfit(row);
  }
  return values;
}

/** Writes the time to a row; false when the type cannot hold it. */
function putterOf(
  type: DataType & { kind: 'date' | 'time' | 'timestamp' },
  values: FixedValues,
  time: ClockTime,
): (row: number) => boolean {
  if (type.kind === 'date') {
    const days = values as Int32Array;
    return (row) => {
      days[row] = time.days;
      return time.seconds === 0 && time.nanos === 0;
    };
  }
  const units = values as BigInt64Array;
  const perSecond = UNITS_PER_SECOND[type.unit];
  const nanosPerUnit = 1e9 / Number(perSecond);
  const zone = type.kind === 'timestamp' ? type.zone : null;
  const offsetAt = zone === null ? null : createZoneOffset(zone);
  return (row) => {
    const part = time.nanos / nanosPerUnit;
    if (!Number.isInteger(part)) return false;
    let seconds = time.days * 86_400 + time.seconds;
    if (time.offsetSeconds !== null) seconds -= time.offsetSeconds;
    else if (offsetAt !== null) seconds = localToInstant(offsetAt, seconds);
    const value = BigInt(seconds) * perSecond + BigInt(part);
    units[row] = value;
    return units[row] === value;
  };
}
