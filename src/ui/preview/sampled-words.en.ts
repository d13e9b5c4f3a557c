// What is said where a preview is made of the first rows alone.
import { listed, plural } from '../counted.ts';

export const words = {
  /** `exact`: how many there are in the end, where all rows were counted. */
  columns: (found: number, exact: number | null): string =>
    exact === null
      ? `These ${plural(found, 'column', 'columns')} come from values of the first rows. The export reads all rows for them and may find more.`
      : exact === found
        ? `These ${plural(found, 'column', 'columns')} come from values of the first rows; all rows were counted, and the export has no others.`
        : `The first rows make ${plural(found, 'column', 'columns')}; the export has ${exact.toLocaleString('en')}, from all rows.`,
  rows: (what: readonly string[], rows: string): string =>
    `The preview has ${listed(what)} of the first ${rows} rows; the export takes all rows.`,
  kinds: {
    aggregate: 'the sums and counts',
    pivot: 'the measures',
    sort: 'the order',
    top: 'the top rows',
    distinct: 'the last of same rows',
    sample: 'the rows drawn',
  },
} as const;
