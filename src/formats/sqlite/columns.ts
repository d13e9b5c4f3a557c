// The columns of a table: how SQLite stores their values, and how they are declared.
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, isNullValue, type TypedColumn } from '../../table/batch.ts';
import { createContentReader, isNullCell } from '../../table/cell-content.ts';
import type { DataType, Schema, TimeUnit } from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { float32Text } from '../../table/value-text.ts';
import type { SqliteOptions } from './options.ts';
import type { RecordWriter } from './record.ts';
import type { LossCode } from './texts.ts';

/** A storage class, which is also the declared type. */
export type Storage = 'INTEGER' | 'REAL' | 'TEXT' | 'BLOB';

export const plainType = (type: DataType): DataType =>
  type.kind === 'dictionary' ? plainType(type.value) : type;

export function storageOf(
  own: DataType,
  { decimals, dates }: Pick<SqliteOptions, 'decimals' | 'dates'>,
): Storage {
  const type = plainType(own);
  switch (type.kind) {
    case 'bool':
      return 'INTEGER';
    case 'int':
      // Half of the unsigned numbers of 64 bits are beyond SQLite's own.
      return type.bits === 64 && !type.signed ? 'TEXT' : 'INTEGER';
    case 'float':
      return 'REAL';
    case 'decimal':
      return decimals === 'real' ? 'REAL' : 'TEXT';
    case 'binary':
      return 'BLOB';
    case 'date':
    case 'timestamp':
      return dates === 'iso' ? 'TEXT' : 'INTEGER';
    default:
      return 'TEXT';
  }
}

const PER_SECOND: Readonly<Record<TimeUnit, bigint>> = {
  s: 1n,
  ms: 1_000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
};

/** Puts the value at a row into the record. */
export type PutValue = (row: number, record: RecordWriter) => void;

/** The writer of a column's values. Throws MisfitError for a text that is no value of its type where it is needed. */
export function createPut(
  batch: Batch,
  position: number,
  options: SqliteOptions,
  onLoss: (code: LossCode) => void,
): PutValue {
  const { type } = batch.schema.fields[position]!;
  if (storageOf(type, options) === 'TEXT') {
    const read = createContentReader(batch, position);
    return (row, record) => {
      const bytes = read(row);
      if (bytes === null) record.none();
      else record.text(bytes);
    };
  }
  const column = materialise(batch, position, (row, text) => {
    throw new MisfitError(position, row, text);
  });
  return putTyped(column, options, onLoss);
}

function putTyped(
  column: TypedColumn,
  options: SqliteOptions,
  onLoss: (code: LossCode) => void,
): PutValue {
  const put = putPresent(column, options, onLoss);
  return (row, record) => {
    if (isNullCell(column, row)) record.none();
    else put(row, record);
  };
}

function putPresent(
  column: TypedColumn,
  options: SqliteOptions,
  onLoss: (code: LossCode) => void,
): PutValue {
  const { type, values, bytes, offsets } = column;
  switch (type.kind) {
    case 'bool':
      return (row, record) => record.integer(((values as Uint8Array)[row >> 3]! >> (row & 7)) & 1);
    case 'int':
      return (row, record) => {
        const value = values![row]!;
        if (typeof value === 'bigint') record.bigInteger(value);
        else record.integer(value);
      };
    case 'float': {
      const isShort = type.bits === 32;
      return (row, record) => {
        const value = (values as Float64Array)[row]!;
        if (Number.isNaN(value)) {
          onLoss('sqlite.nan-as-null');
          record.none();
          // The text of a short one, not the many digits of the double next to it.
        } else record.real(isShort ? Number(float32Text(value)) : value);
      };
    }
    case 'decimal': {
      const divisor = 10n ** BigInt(type.scale);
      const words = values as BigInt64Array;
      return (row, record) => {
        const whole = (words[row * 2 + 1]! << 64n) | BigInt.asUintN(64, words[row * 2]!);
        const sign = whole < 0n ? '-' : '';
        const size = whole < 0n ? -whole : whole;
        record.real(
          Number(`${sign}${size / divisor}.${String(size % divisor).padStart(type.scale, '0')}`),
        );
      };
    }
    case 'binary':
      return (row, record) => record.blob(bytes!, offsets![row]!, offsets![row + 1]!);
    case 'date': {
      const perDay = options.dates === 'unix' ? 86_400 : 86_400_000;
      return (row, record) => record.integer((values as Int32Array)[row]! * perDay);
    }
    case 'timestamp': {
      const perSecond = PER_SECOND[type.unit];
      const wanted = options.dates === 'unix' ? 1n : 1_000n;
      return (row, record) => {
        const scaled = (values as BigInt64Array)[row]! * wanted;
        const rest = ((scaled % perSecond) + perSecond) % perSecond;
        if (rest !== 0n) onLoss('sqlite.time-cut');
        record.bigInteger((scaled - rest) / perSecond);
      };
    }
    case 'dictionary': {
      const put = putTyped(column.dictionary!, options, onLoss);
      return (row, record) => {
        if (isNullValue(column, row)) record.none();
        else put(Number(values![row]), record);
      };
    }
    default:
      throw new TypeError(`${type.kind} is no number`);
  }
}

/** A name as SQLite compares it. */
export const foldName = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (character) => character.toLowerCase());

/** Names no two of which SQLite takes for one (it knows no letter case of ASCII), and without U+0000, which ends its texts. */
export function uniqueSqlNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const plain = name.replaceAll('\0', '\ufffd');
    let unique = plain;
    for (let n = 2; used.has(foldName(unique)); n++) unique = `${plain}_${n}`;
    used.add(foldName(unique));
    return unique;
  });
}

/** Names that SQLite keeps for tables of its own. */
export const isReserved = (table: string): boolean => /^sqlite_/i.test(table);

/** What the tables of these names are called in a database. */
export const tableNames = (names: readonly string[]): string[] =>
  uniqueSqlNames(names.map((name) => (isReserved(name) ? `_${name}` : name)));

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The statement that the file says the table was made by. */
export function createTableSql(table: string, schema: Schema, options: SqliteOptions): string {
  const names = uniqueSqlNames(schema.fields.map(({ name }) => name));
  const columns = schema.fields.map(({ name, type }, at) => {
    const key = options.rowId !== '' && name === options.rowId ? ' PRIMARY KEY' : '';
    return `  ${quoted(names[at]!)} ${storageOf(type, options)}${key}`;
  });
  return `CREATE TABLE ${quoted(table)} (\n${columns.join(',\n')}\n)${options.strict ? ' STRICT' : ''}`;
}
