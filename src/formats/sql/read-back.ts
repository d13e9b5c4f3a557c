// How scripts are read back to compare their values.

import {
  cannotRead,
  measuresOf,
  ruleOf,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
import type { CompareRule } from '../../table/canonical-cell.ts';
import type { DataType } from '../../table/data-type.ts';
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
  sqlserver: 'standard',
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

export function readBackSql({
  options,
  schema,
  among,
}: ReadBackContext<SqlOptions>): ReadBack | { cannot: string } {
  // Where nothing names the tables, those behind the first are only found by reading all of the script.
  if (among !== undefined && options.create === 'none') return cannotRead('create');
  const isMySql = options.dialect === 'mysql' || options.dialect === 'mariadb';
  const isUpdate = options.mode === 'update';
  const emptyIsNull = options.emptyText === 'null' || dialectOf(options).emptyIsNull === true;
  // A nested value stands there as its JSON.
  const rule = (type: DataType): CompareRule | undefined =>
    ruleOf(type) === 'nulls' ? 'json' : undefined;
  return {
    kind: 'sql',
    options: {
      dialect: isMySql && options.backslashes === 'literal' ? 'standard' : READ_AS[options.dialect],
      statements: isUpdate ? 'updates' : 'inserts',
    },
    ...(among !== undefined && { table: tableNames(options, among.tables)[among.place]! }),
    columns: measuresOf(schema, rule, ({ kind }) => ({
      ...(emptyIsNull && kind === 'utf8' && { nullTexts: [''] }),
      ...(kind === 'float' && { undo: floatSpelling }),
      ...(kind === 'binary' && { undo: base64Of }),
    })),
    names: placeColumns(options, schema).map(({ fitted }) => fitted),
    hasNames: true,
    // Keys stand behind the others.
    ...(isUpdate && { omitsNulls: true }),
  };
}
