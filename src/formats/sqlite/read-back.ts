// How SQLite databases are read back to compare their values.

import {
  cannotRead,
  measuresOf,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
import type { DataType } from '../../table/data-type.ts';
import { tableNames } from './columns.ts';
import type { SqliteOptions } from './options.ts';

export function readBackSqlite({
  options,
  schema,
  among,
}: ReadBackContext<SqliteOptions>): ReadBack | { cannot: string } {
  if (options.decimals !== 'text') return cannotRead('decimals');
  if (options.dates !== 'iso') return cannotRead('dates');
  // SQLite has no NaN: it keeps null.
  const rule = ({ kind }: DataType) => (kind === 'binary' ? ('nulls' as const) : undefined);
  return {
    kind: 'sqlite',
    options: {},
    ...(among && { table: tableNames(among.tables.map(({ name }) => name))[among.place]! }),
    columns: measuresOf(schema, rule, ({ kind }) =>
      kind === 'float' ? { nullTexts: ['NaN'] } : {},
    ),
  };
}
