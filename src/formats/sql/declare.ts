// Which type of a database holds a column, exactly, and how its values are spelt there.
import type { DataType, TimeUnit } from '../../table/data-type.ts';
import { FRACTION_DIGITS } from '../../table/value-text.ts';
import type { Declared, TimeForm, TypeWishes, ValueForm } from './dialect.ts';

/** A database's types by kind; null = none, then the value is text. */
export interface TypeTable {
  bool: string;
  /** What a boolean as 0 and 1 is. */
  flag: string;
  int(bits: 8 | 16 | 32 | 64, isSigned: boolean): string | null;
  float(bits: 32 | 64): string;
  decimal(precision: number, scale: number): string | null;
  /** Before a decimal in quotes; missing = its bare digits are exact. */
  decimalBefore?(precision: number, scale: number): string;
  text: string;
  textOf(length: number): string;
  binary: string;
  json: string;
  jsonAround?: readonly [before: string, after: string];
  date: string | null;
  time(digits: number): string | null;
  timestamp(digits: number): string | null;
  /** With a zone; null = none, then the clock of UTC in `timestamp`. */
  zoned(digits: number): string | null;
  /** Whether the zoned type takes the clock of UTC without an offset. */
  zonedIsUtc?: true;
  /** Words before the quotes of a literal. */
  words?: { date: string; time: string; timestamp: string; zoned: string };
  times: Omit<TimeForm, 'zone'>;
  /** Most digits of a fraction that the zoned type keeps, where they are fewer. */
  zonedDigits?: number;
}

const TEXT: ValueForm = { as: 'text' };

/** The longest text of a date or time of ours, for those that are kept as text. */
const LONGEST_TIME = 48;

const digitsOf = (unit: TimeUnit, types: TypeTable): number =>
  Math.min(FRACTION_DIGITS[unit], types.times.mostDigits);

/** Times as ISO 8601 has them, whatever the database could hold. */
const AS_TEXT: ValueForm = {
  as: 'time',
  before: '',
  time: { separator: 'T', zone: 'offset', mostDigits: 9, years: null, beforeChrist: null },
};

function declareTimestamp(
  type: DataType & { kind: 'timestamp' },
  types: TypeTable,
  { zonedTimes }: TypeWishes,
): Declared {
  const digits = digitsOf(type.unit, types);
  const { times, words } = types;
  const asText: Declared = { sql: types.textOf(LONGEST_TIME), form: AS_TEXT };
  if (type.zone !== null && zonedTimes === 'text') return asText;
  const zoned = type.zone !== null && zonedTimes === 'native' ? types.zoned(digits) : null;
  if (zoned !== null) {
    const mostDigits = Math.min(times.mostDigits, types.zonedDigits ?? 9);
    return {
      sql: zoned,
      form: {
        as: 'time',
        before: words?.zoned ?? '',
        time: { ...times, mostDigits, zone: types.zonedIsUtc ? 'utc' : 'offset' },
      },
    };
  }
  const sql = types.timestamp(digits);
  if (sql === null) return asText;
  const form: ValueForm = {
    as: 'time',
    before: words?.timestamp ?? '',
    time: { ...times, zone: 'utc' },
  };
  return { sql, form };
}

/** The type that holds `type`, and the spelling of its values. */
export function declareType(type: DataType, types: TypeTable, wishes: TypeWishes): Declared {
  const { times, words } = types;
  switch (type.kind) {
    case 'dictionary':
      return declareType(type.value, types, wishes);
    case 'bool':
      return { sql: wishes.booleans === 'numbers' ? types.flag : types.bool, form: { as: 'bool' } };
    case 'int': {
      const sql = types.int(type.bits, type.signed);
      return sql === null
        ? { sql: types.textOf(20), form: { as: 'quoted', before: '', isText: true } }
        : { sql, form: { as: 'number' } };
    }
    case 'float':
      return { sql: types.float(type.bits), form: { as: 'float' } };
    case 'decimal': {
      const { precision, scale } = type;
      const sql = types.decimal(precision, scale);
      if (sql === null)
        return {
          sql: types.textOf(precision + 3),
          form: { as: 'quoted', before: '', isText: true },
        };
      return types.decimalBefore
        ? { sql, form: { as: 'quoted', before: types.decimalBefore(precision, scale) } }
        : { sql, form: { as: 'number' } };
    }
    case 'binary':
      return { sql: types.binary, form: { as: 'binary' } };
    case 'json':
    case 'list':
    case 'struct':
    case 'map': {
      if (wishes.nested === 'text')
        return { sql: types.text, form: { as: 'json', before: '', after: '' } };
      const [before, after] = types.jsonAround ?? ['', ''];
      return { sql: types.json, form: { as: 'json', before, after } };
    }
    case 'date':
      return types.date === null
        ? { sql: types.textOf(LONGEST_TIME), form: AS_TEXT }
        : {
            sql: types.date,
            form: { as: 'time', before: words?.date ?? '', time: { ...times, zone: 'utc' } },
          };
    case 'time': {
      const sql = types.time(digitsOf(type.unit, types));
      return sql === null
        ? { sql: types.textOf(LONGEST_TIME), form: AS_TEXT }
        : { sql, form: { as: 'time', before: words?.time ?? '', time: { ...times, zone: 'utc' } } };
    }
    case 'timestamp':
      return declareTimestamp(type, types, wishes);
    default:
      return {
        sql: wishes.textLength === null ? types.text : types.textOf(wishes.textLength),
        form: TEXT,
      };
  }
}
