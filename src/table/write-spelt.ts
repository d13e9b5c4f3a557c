// Writes typed values in a spelling of their own: dates and times by a pattern, numbers with their signs.
import type { TypedColumn } from './batch.ts';
import type { ClockTime, DatePattern } from './date-pattern.ts';
import type { NumberPattern } from './number-pattern.ts';
import { UNITS_PER_SECOND } from './value-text.ts';
import { createFlatWriter, type ValueWriter } from './write-flat.ts';
import { createValueWriter } from './write-value.ts';
import { createZoneOffset } from './zone-offset.ts';

const decoder = new TextDecoder();

/**
 * The writer of a typed column's text where dates, times and timestamps follow `pattern` and numbers `numbers`; all else is
 * as `createValueWriter` has it. Timestamps show the clock of their zone; a time without offset in a pattern that has one
 * throws RangeError when it is written, and what is finer than the pattern's fraction is cut off.
 */
export function createSpeltWriter(
  column: TypedColumn,
  { pattern, numbers }: { pattern?: DatePattern; numbers?: NumberPattern },
): ValueWriter {
  const { type } = column;
  switch (type.kind) {
    case 'dictionary': {
      const write = createSpeltWriter(column.dictionary!, { pattern, numbers });
      const indices = column.values!;
      return (row, out) => write(Number(indices[row]), out);
    }
    case 'date':
    case 'time':
    case 'timestamp': {
      if (pattern === undefined) return createValueWriter(column);
      const read = clockOf(column);
      return (row, out) => out.text(pattern.format(read(row)));
    }
    case 'int':
    case 'float':
    case 'decimal': {
      if (numbers === undefined) return createValueWriter(column);
      const write = createFlatWriter(column);
      return (row, out) => {
        const from = out.length;
        write(row, out);
        const plain = decoder.decode(out.bytes.subarray(from, out.length));
        out.length = from;
        out.text(numbers.format(plain));
      };
    }
    default:
      return createValueWriter(column);
  }
}

/** The values of a date, time or timestamp column as clock times; each call changes the one before. */
function clockOf(column: TypedColumn): (row: number) => ClockTime {
  const { type } = column;
  const time: ClockTime = { days: 0, seconds: 0, nanos: 0, offsetSeconds: null };
  if (type.kind !== 'time' && type.kind !== 'timestamp') {
    const days = column.values as Int32Array;
    return (row) => {
      time.days = days[row]!;
      return time;
    };
  }
  const units = column.values as BigInt64Array;
  const perSecond = UNITS_PER_SECOND[type.unit];
  const nanosPerUnit = 1e9 / Number(perSecond);
  const zone = type.kind === 'timestamp' ? type.zone : null;
  const offsetAt = zone === null ? null : createZoneOffset(zone);
  return (row) => {
    const value = units[row]!;
    let part = Number(value % perSecond);
    let seconds = Number(value / perSecond);
    if (part < 0) {
      part += Number(perSecond);
      seconds--;
    }
    if (offsetAt !== null) {
      time.offsetSeconds = offsetAt(seconds);
      seconds += time.offsetSeconds;
    }
    time.days = Math.floor(seconds / 86_400);
    time.seconds = seconds - time.days * 86_400;
    time.nanos = part * nanosPerUnit;
    return time;
  };
}
