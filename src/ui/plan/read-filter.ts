// Reads the filter's text; a mistake comes back with its place in the text.
import { ExportError } from '../../contract/errors.ts';
import { parseFilter } from '../../contract/filter-text.ts';

export interface FilterProblem {
  sentence: string;
  hint: string;
  /** 0-based character of the text; null when the mistake has no single place. */
  position: number | null;
}

/** What is wrong with the filter's text; null when nothing is. */
export function filterProblemOf(
  text: string,
  columns: readonly string[] | null,
): FilterProblem | null {
  if (text.trim() === '') return null;
  try {
    parseFilter(text, columns ?? undefined);
    return null;
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const position = Number(error.parameters.position);
    return {
      sentence: error.message,
      hint: error.hint,
      position: Number.isInteger(position) ? Math.max(0, position - 1) : null,
    };
  }
}
