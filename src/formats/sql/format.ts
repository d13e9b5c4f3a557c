// The card of the sql format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkSql } from './check.ts';
import { SQL_OPTIONS, type SqlOptions } from './options.ts';
import { readBackSql } from './read-back.ts';
import { CARD_TEXTS, PRESET_TEXTS, REMEDY_TEXTS } from './texts.ts';

const MEGABYTE = 1_000_000;

export const sqlFormat: FormatCard<SqlOptions> = {
  id: 'sql',
  ...CARD_TEXTS,
  family: 'databases',
  extension: '.sql',
  mediaType: 'application/sql',
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: true, nested: true, exactNumbers: true },
  takesMany: {},
  timeOption: ({ comments }) => (comments ? 'comments' : null),
  options: SQL_OPTIONS,
  presets: [
    { id: 'postgresql', ...PRESET_TEXTS.postgresql, options: { dialect: 'postgresql' } },
    { id: 'copy', ...PRESET_TEXTS.copy, options: { dialect: 'postgresql', mode: 'copy' } },
    {
      id: 'mysql',
      ...PRESET_TEXTS.mysql,
      options: { dialect: 'mysql', maxStatementBytes: MEGABYTE },
    },
    { id: 'sqlite', ...PRESET_TEXTS.sqlite, options: { dialect: 'sqlite' } },
    {
      id: 'sqlserver',
      ...PRESET_TEXTS.sqlserver,
      options: { dialect: 'sqlserver', terminator: 'batch' },
    },
    { id: 'oracle', ...PRESET_TEXTS.oracle, options: { dialect: 'oracle' } },
    { id: 'duckdb', ...PRESET_TEXTS.duckdb, options: { dialect: 'duckdb' } },
    {
      id: 'warehouse',
      ...PRESET_TEXTS.warehouse,
      options: { dialect: 'bigquery', maxStatementBytes: MEGABYTE, transaction: false },
    },
  ],
  losses: [
    {
      code: 'sql.nul-replaced',
      kind: 'lost',
      isCounted: true,
      option: 'nulCharacters',
      remedy: { title: REMEDY_TEXTS.stop, options: { nulCharacters: 'fail' } },
    },
    { code: 'sql.nul-removed', kind: 'lost', isCounted: true, option: 'nulCharacters' },
    {
      code: 'sql.unheld-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'unheldValues',
      remedy: { title: REMEDY_TEXTS.stop, options: { unheldValues: 'fail' } },
    },
    {
      code: 'sql.empty-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'emptyText',
      remedy: { title: REMEDY_TEXTS.keepEmpty, options: { emptyText: 'keep' } },
    },
    { code: 'sql.fraction-cut', kind: 'lost', isCounted: true },
    { code: 'sql.name-changed', kind: 'changed', isCounted: false },
    {
      code: 'sql.zone-as-utc',
      kind: 'changed',
      isCounted: false,
      option: 'zonedTimes',
      remedy: { title: REMEDY_TEXTS.timesAsText, options: { zonedTimes: 'text' } },
    },
    { code: 'sql.number-as-text', kind: 'held', isCounted: false },
    {
      code: 'sql.json-respelt',
      kind: 'changed',
      isCounted: false,
      option: 'nested',
      remedy: { title: REMEDY_TEXTS.nestedAsText, options: { nested: 'text' } },
    },
  ],
  readBack: readBackSql,
  check: ({ options, schema, charset }) => checkSql(options, schema, charset),
  load: async () => (await import('./encode.ts')).sqlModule,
};
