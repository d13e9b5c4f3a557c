// The card of the html format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkHtml } from './check.ts';
import { HTML_OPTIONS, type HtmlOptions } from './options.ts';
import { readBackHtml } from './read-back.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';

const MARK_NULLS = { title: CHECK_TEXTS.writeClasses, options: { styling: 'classes' } };

export const htmlFormat: FormatCard<HtmlOptions> = {
  id: 'html',
  ...CARD_TEXTS,
  family: 'documents',
  extension: '.html',
  alsoNamed: [{ extension: '.htm', options: {} }],
  mediaType: 'text/html',
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: false, exactNumbers: true },
  takesMany: {},
  options: HTML_OPTIONS,
  presets: [
    {
      id: 'mail',
      ...PRESET_TEXTS.mail,
      options: { content: 'fragment', styling: 'inline', lineBreaks: 'br', nullText: '–' },
    },
    { id: 'plain', ...PRESET_TEXTS.plain, options: { content: 'fragment', styling: 'none' } },
  ],
  losses: [
    { code: 'html.nul-replaced', kind: 'lost', isCounted: true },
    {
      code: 'html.empty-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'nullText',
      remedy: MARK_NULLS,
    },
    {
      code: 'html.text-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'nullText',
      remedy: MARK_NULLS,
    },
    { code: 'html.nested-as-text', kind: 'changed', isCounted: false },
    { code: 'html.binary-as-base64', kind: 'changed', isCounted: false },
  ],
  check: ({ options, schema }) => checkHtml(options, schema),
  readBack: readBackHtml,
  load: async () => (await import('./encode.ts')).htmlModule,
};
