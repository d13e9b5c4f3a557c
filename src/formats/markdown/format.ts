// The card of the markdown format.
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { FormatCard } from '../../contract/format-plugin.ts';
import type { Schema } from '../../table/data-type.ts';
import { MARKDOWN_OPTIONS, type MarkdownOptions } from './options.ts';
import { readBackMarkdown } from './read-back.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';

const WRITE_DASH = { title: CHECK_TEXTS.writeDash, options: { nullText: '–' } };

function check(schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  for (const { name, type } of schema.fields) {
    const loss = (code: string, sentence: string): void => {
      findings.push({ severity: 'loss', column: name, code, sentence });
    };
    if (['json', 'list', 'struct', 'map'].includes(type.kind))
      loss('markdown.nested-as-text', CHECK_TEXTS.nested);
    if (type.kind === 'binary') loss('markdown.binary-as-base64', CHECK_TEXTS.binary);
  }
  return findings;
}

export const markdownFormat: FormatCard<MarkdownOptions> = {
  id: 'markdown',
  ...CARD_TEXTS,
  family: 'documents',
  extension: '.md',
  alsoNamed: [{ extension: '.markdown', options: {} }],
  mediaType: 'text/markdown',
  isText: true,
  parallel: 'batch',
  holds: { nulls: false, emptyText: false, types: false, nested: false, exactNumbers: true },
  takesMany: {},
  options: MARKDOWN_OPTIONS,
  presets: [{ id: 'aligned', ...PRESET_TEXTS.aligned, options: { layout: 'aligned' } }],
  losses: [
    {
      code: 'markdown.empty-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'nullText',
      remedy: WRITE_DASH,
    },
    { code: 'markdown.text-as-null', kind: 'lost', isCounted: true, option: 'nullText' },
    {
      code: 'markdown.break-as-space',
      kind: 'lost',
      isCounted: true,
      option: 'lineBreaks',
      remedy: { title: CHECK_TEXTS.keepBreaks, options: { lineBreaks: 'br' } },
    },
    { code: 'markdown.nul-replaced', kind: 'lost', isCounted: true },
    { code: 'markdown.nested-as-text', kind: 'changed', isCounted: false },
    { code: 'markdown.binary-as-base64', kind: 'changed', isCounted: false },
  ],
  check: ({ schema }) => check(schema),
  readBack: readBackMarkdown,
  load: async () => (await import('./encode.ts')).markdownModule,
};
