// How scripts are read back to compare their values.

import {
  cannotRead,
  measuresOf,
  ruleOf,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
import type { CompareRule } from '../../table/canonical-cell.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import type { ColumnMeasure } from '../../table/fingerprint.ts';
import { floatText } from '../../table/value-text.ts';
import type { DialectId } from './dialect.ts';
import { dialectOf, placeColumns, tableNames } from './layout.ts';
import type { SqlOptions } from './options.ts';

/** What the words of a script are cut by. */
const READ_AS: Readonly<Record<DialectId, string>> = {
  postgresql: 'standard',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'standard',
  sqlserver: 'sqlserver',
  oracle: 'standard',
  duckdb: 'standard',
  clickhouse: 'clickhouse',
  snowflake: 'snowflake',
  bigquery: 'bigquery',
};

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['nan', 'NaN'],
  ['inf', 'Infinity'],
  ['infinity', 'Infinity'],
  ['-inf', '-Infinity'],
  ['-infinity', '-Infinity'],
  // What SQLite takes for them.
  ['9e999', 'Infinity'],
  ['-9e999', '-Infinity'],
]);

/** A double in one spelling: databases have words of their own for what is no number. */
function floatSpelling(text: string): string {
  const special = SPECIAL.get(text.toLowerCase());
  if (special !== undefined) return special;
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? floatText(value) : text;
}

/** Bytes that stand as PostgreSQL's text where no type says that they are bytes. */
function base64Of(text: string): string {
  const digits = /^\\x((?:[\da-f]{2})*)$/i.exec(text)?.[1];
  if (digits === undefined) return text;
  let bytes = '';
  for (let i = 0; i < digits.length; i += 2)
    bytes += String.fromCharCode(Number.parseInt(digits.slice(i, i + 2), 16));
  return btoa(bytes);
}

/** A date or time as ISO 8601 has it where a database marks years before Christ, or leaves the minutes of an offset out. */
function isoSpelling(text: string): string {
  const found = /^(\d{4,6})(-\d\d-\d\d)( \(BC\))?(.*?)( BC)?$/.exec(text);
  if (found === null) return text;
  const [, digits, date, before, clock, after] = found;
  const rest = clock!.replace(/([+-]\d\d)$/, '$1:00');
  if (before === undefined && after === undefined) return `${digits}${date}${rest}`;
  const year = 1 - Number(digits);
  const padded = String(Math.abs(year)).padStart(6, '0');
  return `${year < 0 ? '-' : '+'}${padded}${date}${rest}`;
}

const plainType = (type: DataType): DataType =>
  type.kind === 'dictionary' ? plainType(type.value) : type;

const BYTES = /blob|binary|bytea|bytes|raw|image/i;

const TIMES: ReadonlySet<string> = new Set(['date', 'time', 'timestamp']);

/** How a column's values compare; `given`: the type that the options give it, by which its literals are read. */
function measureOf(type: DataType, given: string | undefined): Partial<ColumnMeasure> {
  const { kind } = plainType(type);
  if (given !== undefined) {
    if (/bool|bit/i.test(given)) return { rule: 'boolean' };
    if (/date|time/i.test(given) && !TIMES.has(kind)) return { rule: 'instant', undo: isoSpelling };
  }
  if (kind === 'float') return { undo: floatSpelling };
  if (kind === 'binary') return { undo: base64Of };
  return TIMES.has(kind) ? { undo: isoSpelling } : {};
}

export function readBackSql({
  options,
  schema,
  among,
}: ReadBackContext<SqlOptions>): ReadBack | { cannot: string } {
  // Where nothing names the tables, those behind the first are only found by reading all of the script.
  if (among !== undefined && options.create === 'none') return cannotRead('create');
  const { columnTypes } = options;
  const givenTo = (name: string): string | undefined =>
    Object.hasOwn(columnTypes, name) ? columnTypes[name] : undefined;
  // Such a type makes bytes of any text.
  const isBytes = ({ name, type }: Schema['fields'][number]): boolean =>
    BYTES.test(givenTo(name) ?? '') && plainType(type).kind !== 'binary';
  if (schema.fields.some(isBytes)) return cannotRead('columnTypes');
  const isMySql = options.dialect === 'mysql' || options.dialect === 'mariadb';
  const isUpdate = options.mode === 'update';
  const emptyIsNull = options.emptyText === 'null' || dialectOf(options).emptyIsNull === true;
  // A nested value stands there as its JSON.
  const rule = (type: DataType): CompareRule => {
    const own = ruleOf(plainType(type));
    return own === 'nulls' ? 'json' : own;
  };
  return {
    kind: 'sql',
    options: {
      dialect: isMySql && options.backslashes === 'literal' ? 'standard' : READ_AS[options.dialect],
      statements: isUpdate ? 'updates' : 'inserts',
    },
    ...(among !== undefined && { table: tableNames(options, among.tables)[among.place]! }),
    columns: measuresOf(schema, rule, (type) => ({
      ...(emptyIsNull && plainType(type).kind === 'utf8' && { nullTexts: [''] }),
    })).map((measure, i) => {
      const { name, type } = schema.fields[i]!;
      const own = measureOf(type, givenTo(name));
      // Only numbers are summed up.
      const { hasSum, ...rest } = measure;
      return { ...rest, ...(hasSum && own.rule === undefined && { hasSum }), ...own };
    }),
    names: placeColumns(options, schema).map(({ fitted }) => fitted),
    hasNames: true,
    // Keys stand behind the others.
    ...(isUpdate && { omitsNulls: true }),
  };
}
