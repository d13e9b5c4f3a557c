// The card of the HTML source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { htmlOptions, type HtmlOptions } from './options.ts';
import { looksLikeHtml } from './recognise.ts';
import { HTML_CARD } from './texts.ts';

export const htmlSource: SourceCard<HtmlOptions> = {
  id: 'html',
  ...HTML_CARD,
  input: 'bytes',
  reads: 'text',
  hasTables: true,
  extensions: ['html', 'htm', 'xhtml'],
  isDocument: true,
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  recognise: looksLikeHtml,
  options: htmlOptions,
  async load() {
    const [{ inspectHtml }, { readHtml }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return { inspect: inspectHtml, read: readHtml };
  },
};
