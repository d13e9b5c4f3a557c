// The words of the sqlite format: its card, its options, its losses and conflicts.
import { figures } from '../../contract/type-evidence.ts';

export const CARD_TEXTS = {
  title: 'SQLite',
  purpose: 'A database file with a table for each data set, ready for queries.',
};

export const OPTION_TEXTS = {
  'table.title': 'Table name',
  'table.help':
    'The name of the table; empty takes that of the data set. Several data sets keep their own names.',
  'strict.title': 'Strict tables',
  'strict.help':
    'The database then refuses later values of a wrong type; readers need SQLite 3.37 or newer.',
  'decimals.title': 'Decimals',
  'decimals.help': 'How numbers with fixed digits are stored. SQLite itself has none.',
  'decimals.text': 'As text, exact',
  'decimals.real': 'As numbers of about 15 digits',
  'dates.title': 'Dates and timestamps',
  'dates.help': 'How they are stored. SQLite’s functions of dates understand all of these.',
  'dates.iso': 'As text: 2026-11-21T09:00:00Z',
  'dates.unix': 'As seconds since 1970',
  'dates.unix-ms': 'As milliseconds since 1970',
  'rowId.title': 'Primary key',
  'rowId.help':
    'A column of whole numbers that names the rows (INTEGER PRIMARY KEY); the rows must come in its order.',
  'indexes.title': 'Indexes',
  'indexes.help': 'Names of columns that get an index each, for fast look-ups.',
  'pageSize.title': 'Page size',
  'pageSize.help': 'In bytes. Larger pages suit long values.',
  'pageSize.1024': '1,024',
  'pageSize.4096': '4,096 (usual)',
  'pageSize.16384': '16,384',
  'pageSize.65536': '65,536',
  'userVersion.title': 'User version',
  'userVersion.help': 'A number for programs of your own (PRAGMA user_version).',
} as const;

export const PRESET_TEXTS = {
  strict: { title: 'Strict', help: 'Tables that refuse values of a wrong type later on.' },
};

export const LOSS_TEXTS = {
  'sqlite.nan-as-null': 'NaN, which SQLite has not, was stored as null.',
  'sqlite.time-cut': 'Digits of a time beyond the stored unit were cut off.',
} as const;

export type LossCode = keyof typeof LOSS_TEXTS;

export const CHECK_TEXTS = {
  reserved: (name: string): string => `The table name “${name}” belongs to SQLite.`,
  otherTable: (name: string): string => `Use “${name}”`,
  noTable: 'Use the name of the data set',
  noColumns: 'A table needs a column.',
  manyColumns: (count: number): string =>
    `A table of SQLite has 2,000 columns at most, not ${figures(count)}.`,
  unknownColumn: (name: string): string => `There is no column “${name}”.`,
  noInteger: (name: string): string => `Column “${name}” holds no whole numbers.`,
  noKey: 'Write no primary key',
  keyIndexed: (name: string): string => `The primary key “${name}” needs no index.`,
  noIndexes: 'Write no indexes',
  nameChanged: (name: string, written: string): string => `“${name}” is written as “${written}”.`,
  decimals: 'Decimals become numbers of about 15 digits.',
  exactDecimals: 'Store decimals as text',
  isoDates: 'Store times as text',
  zone: (zone: string): string => `Instants are kept, but that they are shown in ${zone} is not.`,
  nested: 'Nested values are stored as JSON text.',
  unsigned: 'Unsigned numbers of 64 bits are stored as text, as SQLite holds 63 bits.',
  bool: 'True and false are stored as 1 and 0.',
} as const;
