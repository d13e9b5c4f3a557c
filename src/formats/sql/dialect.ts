// What a dialect of SQL is made of: its names, types, spellings of values, statements and limits.
import type { DataType } from '../../table/data-type.ts';
import type { NameRules } from './names.ts';
import type { TextStyle } from './text-literals.ts';

export const DIALECT_IDS = [
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'sqlserver',
  'oracle',
  'duckdb',
  'clickhouse',
  'snowflake',
  'bigquery',
] as const;

export type DialectId = (typeof DIALECT_IDS)[number];

export const MODES = ['insert', 'upsert', 'replace', 'merge', 'update', 'copy'] as const;

/** How dates, times and timestamps are spelt inside of their quotes. */
export interface TimeForm {
  /** Between date and clock. */
  separator: ' ' | 'T';
  /** After the clock: nothing, though the clock is that of UTC, or the offset. */
  zone: 'utc' | 'offset';
  /** Between clock and offset; missing = nothing. */
  beforeZone?: ' ';
  /** Digits of a second's fraction that are kept. */
  mostDigits: number;
  /** Years that can be held, astronomically counted (0 = 1 BC); null = any, spelt as ISO 8601 does. */
  years: readonly [from: number, to: number] | null;
  /** How years before 1 are marked, where they can be. */
  beforeChrist: 'end' | 'date' | null;
}

/** How the values of a column are written. */
export type ValueForm =
  | { as: 'text' | 'number' | 'float' | 'bool' | 'binary' }
  /** A number in quotes (with what a literal's type needs before them); `isText` where the column is one of texts. */
  | { as: 'quoted'; before: string; isText?: true }
  | { as: 'time'; before: string; time: TimeForm }
  /** JSON in a text literal, with what stands around it. */
  | { as: 'json'; before: string; after: string };

/** A column's type in the database, and how its values are written. */
export interface Declared {
  sql: string;
  form: ValueForm;
}

/** What options say about types. */
export interface TypeWishes {
  booleans: 'native' | 'numbers';
  zonedTimes: 'native' | 'utc' | 'text';
  nested: 'json' | 'text';
  /** Most characters of a text; null = a type without a limit. */
  textLength: number | null;
}

/** Words for what a number is not. */
export interface FloatWords {
  nan: string | null;
  infinity: string | null;
  minusInfinity: string | null;
  /** Around a number, so that it is read as a double from the first; `e0` only where there is no exponent. */
  prefix: string;
  suffix: string;
  /** Minus zero, where `-0` would lose its sign. */
  minusZero: string;
}

export interface SqlDialect {
  id: DialectId;
  title: string;
  names: NameRules;
  text: TextStyle;
  floats: FloatWords;
  /** False and true. */
  bools: readonly [string, string];
  /** Around the hexadecimal digits of bytes, and how many bytes at most. */
  binary: { before: string; after: string; mostBytes?: number };
  /** What holds a value of this type. */
  declare(type: DataType, wishes: TypeWishes): Declared;
  /** A text of limited length, for keys and where it is asked for. */
  limitedText(length: number): string;
  /** Most characters of a text that is part of a key, of so many parts; null = no limit. Code units where `isInUnits`. */
  keyText: { most(parts: number): number; collation: string } | null;
  isInUnits?: true;
  /**
   * Digits of a number with a fraction that are surely kept. A decimal of a guessed type is a number all the same, and a value
   * of more digits makes its column one of texts.
   */
  exactDigits?: number;
  /** Empty text is null. */
  emptyIsNull?: true;
  /** Which statement replaces or adds rows by key: a clause of INSERT, or MERGE; null = none. */
  upsert: 'conflict' | 'duplicate' | 'merge' | null;
  /** The words before INTO of the mode `replace`; null = none. */
  replace: string | null;
  hasMerge: boolean;
  rows: { usual: number; most(columns: number): number };
  /** Columns of a table at most; null = no limit that is known. */
  mostColumns: number | null;
  transaction: { begin: string; commit: string; holdsDefinitions: boolean } | null;
}
