// The card of the Markdown source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { markdownOptions, type MarkdownOptions } from './options.ts';
import { looksLikeMarkdown } from './recognise.ts';
import { MARKDOWN_CARD } from './texts.ts';

export const markdownSource: SourceCard<MarkdownOptions> = {
  id: 'markdown',
  ...MARKDOWN_CARD,
  input: 'bytes',
  reads: 'text',
  hasTables: true,
  extensions: ['md', 'markdown', 'mdown', 'mkd'],
  isDocument: true,
  trustsName: true,
  mediaTypes: ['text/markdown'],
  recognise: looksLikeMarkdown,
  options: markdownOptions,
  async load() {
    const [{ inspectMarkdown }, { readMarkdown }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return { inspect: inspectMarkdown, read: readMarkdown };
  },
};
