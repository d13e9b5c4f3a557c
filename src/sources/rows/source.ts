// The card of the rows source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { rowsOptions, type RowsOptions } from './options.ts';
import { ROWS_CARD } from './texts.ts';

export const rowsSource: SourceCard<RowsOptions> = {
  id: 'rows',
  ...ROWS_CARD,
  input: 'batches',
  reads: 'bytes',
  extensions: [],
  mediaTypes: [],
  options: rowsOptions,
  async load() {
    const { readRows } = await import('./read.ts');
    return { read: readRows };
  },
};
