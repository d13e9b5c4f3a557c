// The English words of the Parquet source: its card, its options, its evidence and its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const PARQUET_CARD = {
  title: 'Parquet',
  purpose: 'A columnar file with types; only the columns and row groups that count are read.',
};

export const PARQUET_OPTION_TEXTS: OptionTexts = {
  'bareBytes.title': 'Bytes without a type',
  'bareBytes.help':
    'Some writers (older Impala, Spark and Hive) do not say that a column is text. Such columns hold bytes unless you know them to be text.',
  'bareBytes.binary': 'Bytes',
  'bareBytes.text': 'Text',
  'invalidText.title': 'Text that is not UTF-8',
  'invalidText.help': 'What happens to a text whose bytes are not valid UTF-8.',
  'invalidText.fail': 'Stop with an error that names the row',
  'invalidText.replace': 'Replace the wrong bytes by � and count the values',
  'int96.title': 'Unit of old timestamps',
  'int96.help':
    'Timestamps of the old kind (INT96) reach further than nanoseconds in 64 bits, which end in 2262. Coarser units hold them all; what they cut off is counted.',
  'int96.ns': 'Nanoseconds',
  'int96.us': 'Microseconds',
  'int96.ms': 'Milliseconds',
};

export const LOSS_SENTENCES = {
  'parquet.text-replaced': 'Bytes that are not valid UTF-8 were replaced by �.',
  'parquet.timestamp-cut': 'Timestamps lost their digits below the chosen unit.',
} as const;

const figures = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

const count = (n: number, one: string, many: string): string =>
  `${figures(n)} ${n === 1 ? one : many}`;

export const EVIDENCE = {
  file: (rows: number, groups: number, codecs: readonly string[], writer: string | null): string =>
    `${count(rows, 'row', 'rows')} in ${count(groups, 'row group', 'row groups')}, ${codecs.join(' and ') || 'not compressed'}${writer === null ? '' : `, written by ${writer}`}.`,
  bareBytes: (columns: readonly string[]): string =>
    `The file does not say what the bytes of ${columns.join(', ')} are.`,
  int96: (columns: readonly string[]): string =>
    `${columns.join(', ')} hold timestamps of the old kind.`,
} as const;

export const FACTS = {
  rows: 'Rows',
  rowGroups: 'Row groups',
  footer: 'Footer',
  bytes: (n: number): string => `${figures(n)} bytes`,
  writer: 'Written by',
  keys: 'Metadata',
  chunks: 'Column chunks of the first row group',
  column: 'Column',
  codec: 'Codec',
  encoding: 'Encoding',
  packed: 'Bytes',
} as const;
