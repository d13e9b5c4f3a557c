// Words that stand in pivot tables, as spreadsheets call their parts.
import type { PivotFunction } from './model.ts';

const FUNCTION_WORDS: Readonly<Record<PivotFunction, string>> = {
  sum: 'Sum',
  count: 'Count',
  average: 'Average',
  min: 'Min',
  max: 'Max',
};

/** `Sum of amount`. */
export function valueName(called: PivotFunction, column: string): string {
  return `${FUNCTION_WORDS[called]} of ${column}`;
}

export const PIVOT_WORDS = {
  rowLabels: 'Row Labels',
  columnLabels: 'Column Labels',
  values: 'Values',
  blank: '(blank)',
  /** Of a filter that lets every value through. */
  all: '(All)',
  grandTotal: 'Grand Total',
  /** Of an item, or, in front, of a value's name. */
  total: (name: string | number, isInFront = false): string =>
    isInFront ? `Total ${name}` : `${name} Total`,
} as const;
