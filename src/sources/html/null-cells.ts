// Which cells are nulls.
import type { HtmlOptions } from './options.ts';

/** Whether a value of a cell is a null; the walker gives null for what is marked as one. */
export function isNull(
  value: string | null,
  { emptyValues, nullText }: Pick<HtmlOptions, 'emptyValues' | 'nullText'>,
): boolean {
  if (value === null) return true;
  return value === '' ? emptyValues === 'null' : nullText !== '' && value === nullText;
}
