// The English words of the Arrow source: its card, its options, its evidence and its losses.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const ARROW_CARD = {
  title: 'Arrow',
  purpose: 'Columns with types as Arrow IPC files (Feather 2) and streams hold them.',
};

export const ARROW_OPTION_TEXTS: OptionTexts = {
  'invalidText.title': 'Text that is not UTF-8',
  'invalidText.help': 'What happens to a text whose bytes are not valid UTF-8.',
  'invalidText.fail': 'Stop with an error that names the row',
  'invalidText.replace': 'Replace the wrong bytes by � and count the values',
};

export const LOSS_SENTENCES = {
  'arrow.text-replaced': 'Bytes that are not valid UTF-8 were replaced by �.',
  'arrow.date-cut': 'Dates in milliseconds that are not whole days lost their time of day.',
} as const;

export const figures = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

const count = (n: number, one: string, many: string): string =>
  `${figures(n)} ${n === 1 ? one : many}`;

export const EVIDENCE = {
  file: (rows: number, batches: number, compression: string): string =>
    `A file: ${count(rows, 'row', 'rows')} in ${count(batches, 'record batch', 'record batches')}, ${compression === 'none' ? 'not compressed' : compression}.`,
  stream: (rows: number, batches: number, isAll: boolean, compression: string): string =>
    `A stream: ${isAll ? '' : 'about '}${count(rows, 'row', 'rows')} in ${count(batches, 'record batch', 'record batches')}, ${compression === 'none' ? 'not compressed' : compression}.`,
} as const;

export const FACTS = {
  form: 'Form',
  file: 'IPC file',
  stream: 'IPC stream',
  rows: 'Rows',
  batches: 'Record batches',
  codec: 'Codec',
  none: 'none',
  dictionaries: 'Dictionaries',
  bytes: 'Bytes',
} as const;
