// Words that stand in pivot tables: the headings of their values, as spreadsheets call them.
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
