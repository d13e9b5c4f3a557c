// The English words of the sample step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const SAMPLE_CARD = {
  title: 'Sample',
  purpose: 'Keeps some of the rows, drawn at random or at even distances, in their order.',
};

export const SAMPLE_TEXTS: OptionTexts = {
  'method.title': 'How rows are drawn',
  'method.help': 'Rows that are drawn keep their order. The same seed draws the same rows.',
  'method.percent': 'Each row with the same chance',
  'method.count': 'So many rows, every choice of them equally likely',
  'method.every': 'Every so manyth row, the first one included',
  'percent.title': 'Chance',
  'percent.help': 'Of each row to be drawn; how many rows come out is near this share.',
  'count.title': 'Rows',
  'count.help': 'How many rows come out; all of them when there are no more.',
  'every.title': 'Distance',
  'every.help': 'One row is kept, then so many less one are left out.',
  'seed.title': 'Seed',
  'seed.help': 'A whole number that the draw depends on. Empty: the seed of the configuration.',
};
