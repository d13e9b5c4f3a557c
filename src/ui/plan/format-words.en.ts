// Words of the choice of a format, and of what is known of it beforehand.
import { plural, listed } from '../counted.ts';

export const formatWords = {
  for: 'For',
  purposes: [
    ['anyone', 'Anyone'],
    ['excel', 'Excel'],
    ['database', 'A database'],
    ['program', 'A program'],
    ['analysis', 'Analysis'],
  ] as ['anyone' | 'excel' | 'database' | 'program' | 'analysis', string][],
  families: {
    spreadsheets: 'Spreadsheets',
    records: 'Records and exchange',
    databases: 'Databases',
    analytics: 'Analytics',
    documents: 'Documents',
    others: 'Others',
  },
  noneFound: (search: string) => `No format has “${search}” in its name, use or presets.`,
  holds: { types: 'types', nested: 'nested values', tables: 'several tables' },
  keeps: (what: readonly string[]) => `Keeps ${listed(what)}.`,
  find: (count: number) => `Find among ${plural(count, 'format', 'formats')}`,
  format: 'Format',
  size: 'Size',
  time: 'Time',
  losses: 'Losses',
  unknown: '–',
  recommended: 'Recommended',
  recommends: (name: string) => `${name}.`,
  take: (name: string) => `Take ${name}`,
  notHere: (reason: string) => `Not here: ${reason}`,
  lossesKnown: 'Known before a value is looked at',
  fromAll: 'Measured on all rows, read and encoded as the export will do it.',
  fromSample: 'Judged by a sample of the rows, encoded for real.',
  compare: 'Sizes in every packing …',
  quick: 'Format at once',
  all: (count: number) => `All ${count} …`,
  more: 'More',
} as const;

export const recommendWords = {
  flat: (columns: number) =>
    `The data are flat, ${plural(columns, 'column', 'columns')} and no nested values: any tool reads them so.`,
  nested: (names: readonly string[]) =>
    `${listed(names)} ${names.length === 1 ? 'holds' : 'hold'} nested values; they stay as they are, one record a line.`,
  program: (typed: number, all: number) =>
    typed === 0
      ? 'One record a line, so that a program can start before the end, and null stays null.'
      : `${typed.toLocaleString('en')} of ${plural(all, 'column', 'columns')} ${typed === 1 ? 'has' : 'have'} a type; numbers, booleans and null stay what they are, one record a line.`,
  database:
    'Commas, CR LF and quotes only where needed, values unchanged: what COPY and LOAD DATA expect.',
  mixed: (names: readonly string[]) =>
    `${listed(names)} ${names.length === 1 ? 'has' : 'have'} both null and empty text; they stay apart, as nothing and as "".`,
  excel:
    'Opens with a double click; numbers, dates and text are cells of their kind, and formulas in the data do not run.',
  excelNested: (names: readonly string[]) => `${listed(names)} will be JSON text in a cell.`,
  excelRows: (most: number, rows: number) =>
    `A sheet holds ${most.toLocaleString('en')} of ${rows.toLocaleString('en')} rows: the others go on in further sheets.`,
  excelZeros: (names: readonly string[]) => `The leading zeros of ${listed(names)} stay, as text.`,
  excelDigits: (names: readonly string[], digits: number) =>
    `Excel counts with ${digits} digits: longer numbers of ${listed(names)} stay whole, as text.`,
  analysis: (typed: number, all: number) =>
    `Columns with their types, packed, read column by column: ${typed.toLocaleString('en')} of ${plural(all, 'column', 'columns')} ${typed === 1 ? 'has' : 'have'} a type other than text.`,
} as const;

export const estimateWords = {
  title: 'Forecast',
  size: 'size',
  sizeExact: 'exact',
  sizeSampled: 'from a sample',
  time: (ms: string) => `≈\u00a0${ms}`,
  timeSays: 'without writing',
  losses: (count: number) => plural(count, 'loss', 'losses'),
  noneSilent: 'none silent',
  lossesKnown: 'known so far',
  measured: (rows: string, time: string) =>
    `Forecast from all ${rows}, read and encoded for real in ${time}.`,
  sampled: (rows: string) => `Forecast from a sample of ${rows}, encoded for real.`,
} as const;

export const worthWords = {
  title: 'Worth knowing',
  before: 'before you export',
  error: 'Stops it',
  warning: 'Note',
  loss: 'Loss',
  rejected: 'Rejected',
  retyped: 'As text',
  alike: (sentence: string, more: number) =>
    more > 0 ? `${sentence} And ${more.toLocaleString('en')} more like it.` : sentence,
  leftOut: 'Left out, because a value does not fit.',
  inColumns: (names: readonly string[], sentence: string) => `${listed(names)}: ${sentence}`,
} as const;

export const optionsWords = {
  startFrom: 'Start from',
  reset: 'Reset all',
  asUsual: 'Usual options',
  usual: 'Usual',
  usualSays: 'What the format is without a preset.',
  changes: (count: number) => `Changes ${plural(count, 'value', 'values')} of this data.`,
  none: 'This format has no options.',
  isNow: (title: string, value: string) => `${title}: ${value}`,
  withChanges: (preset: string, count: number) =>
    `${preset}, ${plural(count, 'change', 'changes')}`,
} as const;
