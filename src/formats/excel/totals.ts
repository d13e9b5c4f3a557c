// The row of totals below the values: functions that look only at the rows that a filter leaves in sight.
import { cachedText } from './part-text.ts';

/** By their numbers in SUBTOTAL, which leaves out rows that are hidden. */
export const TOTAL_FUNCTIONS = {
  sum: 109,
  average: 101,
  count: 103,
  min: 105,
  max: 104,
} as const;

export type TotalFunction = keyof typeof TOTAL_FUNCTIONS;

/** What tables call them. */
export const TABLE_FUNCTIONS: Readonly<Record<TotalFunction, string>> = {
  sum: 'sum',
  average: 'average',
  count: 'count',
  min: 'min',
  max: 'max',
};

/** A cell below the last row of values, over its column. */
export interface TotalCell {
  letters: string;
  style: number;
  /** Null = a label. */
  called: TotalFunction | null;
  label: string;
}

/** The row behind the last one with values; empty where no totals were asked for. */
export function totalsXml(
  totals: readonly TotalCell[] | null,
  firstRow: number,
  lastRow: number,
): string {
  if (totals === null) return '';
  const row = Math.max(lastRow, firstRow) + 1;
  const cells = totals.map(({ letters, style, called, label }) => {
    const head = `<c r="${letters}${row}" s="${style}"`;
    if (called !== null)
      return `${head}><f>SUBTOTAL(${TOTAL_FUNCTIONS[called]},${letters}${firstRow}:${letters}${row - 1})</f></c>`;
    return label === ''
      ? `${head}/>`
      : `${head} t="inlineStr"><is><t>${cachedText(label)}</t></is></c>`;
  });
  return `<row r="${row}">${cells.join('')}</row>`;
}
