// The card of the CSV source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { csvOptions, type CsvOptions } from './options.ts';
import { CSV_CARD } from './texts.ts';

export const csvSource: SourceCard<CsvOptions> = {
  id: 'csv',
  ...CSV_CARD,
  input: 'bytes',
  reads: 'text',
  guessesTypes: true,
  extensions: ['csv', 'tsv', 'tab', 'psv', 'txt'],
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'text/plain'],
  // Any text may be a table of one column; a NUL is in none.
  recognise: (head) => (head.length > 0 && !head.includes(0) ? 1 : 0),
  options: csvOptions,
  async load() {
    const [{ inspectCsv }, { readCsv }, { findCsvRecords }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./find-records.ts'),
    ]);
    return { inspect: inspectCsv, read: readCsv, findRecords: findCsvRecords };
  },
};
