// The card of the text source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { findLogForm } from './log-forms.ts';
import { textSourceOptions, type TextSourceOptions } from './options.ts';
import { TEXT_CARD } from './texts.ts';

export const textSource: SourceCard<TextSourceOptions> = {
  id: 'text',
  ...TEXT_CARD,
  input: 'bytes',
  reads: 'text',
  guessesTypes: true,
  extensions: ['log'],
  mediaTypes: [],
  // Any text may follow a template; that of web servers' logs is known.
  recognise(head) {
    const lines = findLogForm(head, false)?.lines ?? 0;
    return lines >= 2 ? 2 : lines === 1 ? 1 : 0;
  },
  options: textSourceOptions,
  async load() {
    const [{ inspectText }, { readText }, { findTextLines }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./find-lines.ts'),
    ]);
    return { inspect: inspectText, read: readText, findRecords: findTextLines };
  },
};
