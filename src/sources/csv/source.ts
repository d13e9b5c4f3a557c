// The card of the CSV source.
import type { SourceCard } from '../../contract/plugins.ts';
import { csvOptions, type CsvOptions } from './options.ts';
import { CSV_CARD } from './texts.ts';

export const csvSource: SourceCard<CsvOptions> = {
  id: 'csv',
  ...CSV_CARD,
  input: 'bytes',
  reads: 'text',
  extensions: ['csv', 'tsv', 'tab', 'psv', 'txt'],
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'text/plain'],
  options: csvOptions,
  async load() {
    const [{ inspectCsv }, { readCsv }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return { inspect: inspectCsv, read: readCsv };
  },
};
