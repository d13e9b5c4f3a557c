// The card of the text format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { readTemplates } from './check.ts';
import { TEXT_OPTIONS, type TextOptions } from './options.ts';
import { readBackText } from './read-back.ts';
import { CARD_TEXTS, PRESET_TEXTS } from './texts.ts';

/** The time of the run as a word or by a function. */
const TELLS_TIME = /\{[^}]*(?:@time\b|\b(?:now|today)\s*\()/i;

export const textFormat: FormatCard<TextOptions> = {
  id: 'text',
  ...CARD_TEXTS,
  family: 'documents',
  extension: '.txt',
  mediaType: 'text/plain',
  isText: true,
  parallel: 'batch',
  holds: { nulls: false, emptyText: false, types: false, nested: false, exactNumbers: true },
  options: TEXT_OPTIONS,
  presets: [
    {
      id: 'json',
      ...PRESET_TEXTS.json,
      options: {
        target: 'json',
        prefix: '[\n',
        row: '  {{"row": {@rowNumber}, "values": [{*}]}}',
        separator: ',\n',
        suffix: '\n]\n',
      },
    },
    {
      id: 'latex',
      ...PRESET_TEXTS.latex,
      options: {
        target: 'latex',
        prefix: "{@columns | join:' & '} \\\\ \\hline\n",
        row: "{* | join:' & '} \\\\",
      },
    },
    {
      id: 'sql-list',
      ...PRESET_TEXTS.sqlIn,
      options: { target: 'sql', prefix: '(', row: '({*})', separator: ', ', suffix: ')\n' },
    },
  ],
  timeOption: ({ prefix, row, suffix }) => {
    const parts = { prefix, row, suffix };
    return Object.entries(parts).find(([, text]) => TELLS_TIME.test(text))?.[0] ?? null;
  },
  losses: [{ code: 'text.not-computed', kind: 'lost', isCounted: true, option: 'onError' }],
  readBack: readBackText,
  check: ({ options, schema }) => readTemplates(options, schema).findings,
  load: async () => (await import('./encode.ts')).textModule,
};
