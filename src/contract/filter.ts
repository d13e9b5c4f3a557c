// The filter expression: a tree of conditions in plain JSON. Its text form is in filter-text.ts.

/** Names a column by label and, where labels repeat, by which of them (0 = first). */
export interface ColumnRef {
  name: string;
  nth?: number;
}

/**
 * A value to compare with. Text is read as the column's type (`'2026-11-01'` against a date, `'12.50'` against a decimal),
 * so numbers beyond 2^53 are given as text and stay exact.
 */
export type FilterValue = string | number | boolean;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type TextTest = 'contains' | 'starts-with' | 'ends-with' | 'matches';

/**
 * SQL's three-valued logic: a comparison with null is unknown, and only rows that are true pass; `!=` never matches null;
 * empty text is not null. Text compares by code point, case-sensitive unless `ignoreCase`. `between` is inclusive;
 * `in-range` is half-open [from, to), either end may be missing. `matches` is an RE2 pattern, unanchored, linear time.
 */
export type FilterExpression =
  | { op: 'and' | 'or'; of: FilterExpression[] }
  | { op: 'not'; of: FilterExpression }
  | { op: Comparison; column: ColumnRef; value: FilterValue; ignoreCase?: boolean }
  | { op: 'between'; column: ColumnRef; low: FilterValue; high: FilterValue }
  | { op: 'in-range'; column: ColumnRef; from?: FilterValue; to?: FilterValue }
  | { op: 'in'; column: ColumnRef; values: FilterValue[]; ignoreCase?: boolean }
  | { op: TextTest; column: ColumnRef; value: string; ignoreCase?: boolean }
  | { op: 'is-null'; column: ColumnRef };
