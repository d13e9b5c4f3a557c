// The card of the fixed-width source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { fixedWidthOptions, type FixedWidthOptions } from './options.ts';
import { hasRuler } from './ruler.ts';
import { FIXED_WIDTH_CARD } from './texts.ts';

export const fixedWidthSource: SourceCard<FixedWidthOptions> = {
  id: 'fixed-width',
  ...FIXED_WIDTH_CARD,
  input: 'bytes',
  reads: 'text',
  guessesTypes: true,
  extensions: ['fwf', 'prn'],
  mediaTypes: [],
  // Any text may stand in columns; dashes below the names are a form of its own.
  recognise: (head) => (head.length === 0 || head.includes(0) ? 0 : hasRuler(head) ? 2 : 1),
  options: fixedWidthOptions,
  async load() {
    const [{ inspectFixedWidth }, { readFixedWidth }, { findFixedLines }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./find-lines.ts'),
    ]);
    return { inspect: inspectFixedWidth, read: readFixedWidth, findRecords: findFixedLines };
  },
};
