// The English words of the Avro source: its card, its options, its evidence, its losses and its facts.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { figures } from '../../contract/type-evidence.ts';

export const AVRO_CARD = {
  title: 'Avro',
  purpose: 'Records with types as Avro object container files hold them.',
};

export const AVRO_OPTION_TEXTS: OptionTexts = {
  'invalidText.title': 'Text that is not UTF-8',
  'invalidText.help': 'What happens to a text whose bytes are not valid UTF-8.',
  'invalidText.fail': 'Stop with an error that names the row',
  'invalidText.replace': 'Replace the wrong bytes by � and count the values',
};

export const LOSS_SENTENCES = {
  'avro.text-replaced': 'Bytes that are not valid UTF-8 were replaced by �.',
} as const;

const count = (n: number, one: string): string => `${figures(n)} ${n === 1 ? one : `${one}s`}`;

export const EVIDENCE = {
  file: (rows: number, blocks: number, isAll: boolean, codec: string): string =>
    `A container file: ${isAll ? '' : 'about '}${count(rows, 'record')} in ${count(blocks, 'block')}, ${codec === 'null' ? 'not compressed' : codec}.`,
} as const;

export const FACTS = {
  rows: 'Records',
  blocks: 'Blocks',
  codec: 'Codec',
  none: 'none',
  bytes: 'Bytes',
  schema: 'Schema',
} as const;
