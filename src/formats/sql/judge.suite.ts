// What a database finds in a script, for the shared suite.
import type { Judge } from '../judge.suite.ts';
import { loadScript, namesIn, withoutZeros } from './read-script.suite.ts';

export const sqlJudge: Judge = {
  // DuckDB holds every type of ours.
  exact: { dialect: 'duckdb' },
  runs: 60,
  ofCell: (cell: string | null) => cell,
  ofValue(text: string) {
    // An instant is given back in UTC.
    if (/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text))
      return withoutZeros(new Date(text).toISOString().replace('T', ' '));
    return /^\d{4}-\d\d-\d\dT|^\d\d:/.test(text) ? withoutZeros(text.replace('T', ' ')) : text;
  },
  ofNames: (names: readonly string[]) => namesIn('duckdb', names),
  read: (text: string, options: Record<string, unknown>, names: string[]) =>
    loadScript(text, options, names),
};
