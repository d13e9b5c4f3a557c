// The filter expression: a tree of conditions in plain JSON. Its text form is in filter-text.ts.
import type {
  ColumnRef,
  Comparison,
  Expression,
  Folding,
  TextTest,
  TimeStep,
} from './expression.ts';

export type { ColumnRef, Comparison, TextTest } from './expression.ts';

/**
 * A value to compare with. Text is read as the column's type (`'2026-11-01'` against a date, `'12.50'` against a decimal),
 * so numbers beyond 2^53 are given as text and stay exact.
 */
export type FilterValue = string | number | boolean;

/**
 * SQL's three-valued logic: a comparison with null is unknown, and only rows that are true pass; `!=` never matches null;
 * empty text is not null. Text compares by code point, case-sensitive unless `ignoreCase`. `between` is inclusive;
 * `in-range` is half-open [from, to), either end may be missing. `matches` is an RE2 pattern, unanchored, linear time.
 *
 * - Text tests, `matches`, `ignoreCase` and `ignoreAccents` ask for text columns.
 * - Integers, decimals, dates and times compare exactly, also with constants between two of their values (`n > 1.5`). Floats
 *   compare as doubles (float32 as float32); NaN comes last and equals itself.
 * - A constant without an offset is a wall clock: compared as such with a naive timestamp, read in the config's `timeZone`
 *   against an instant. A constant with an offset against a naive column is an error (`config.conflict`).
 * - `and` and `or` look at their parts left to right and only as far as needed, so a value that does not fit its column's type
 *   fails the run (`step.misfit`) only where it is needed.
 * - `compare` holds two expressions against each other (two columns, `lower(x) = 'y'`); `is-true` is any other condition that
 *   is an expression. `in-last`, `in-next` and `in-period` are relative to the run's clock: see {@link Expression}.
 */
export type FilterExpression =
  | { op: 'and' | 'or'; of: FilterExpression[] }
  | { op: 'not'; of: FilterExpression }
  | ({ op: Comparison; column: ColumnRef; value: FilterValue } & Folding)
  | { op: 'between'; column: ColumnRef; low: FilterValue; high: FilterValue }
  | { op: 'in-range'; column: ColumnRef; from?: FilterValue; to?: FilterValue }
  | ({ op: 'in'; column: ColumnRef; values: FilterValue[] } & Folding)
  | ({ op: TextTest; column: ColumnRef; value: string } & Folding)
  | { op: 'is-null'; column: ColumnRef }
  | ({ op: 'compare'; left: Expression; is: Comparison; right: Expression } & Folding)
  | { op: 'in-last' | 'in-next'; column: ColumnRef; count: number; unit: TimeStep }
  | { op: 'in-period'; column: ColumnRef; unit: TimeStep; offset: -1 | 0 | 1 }
  | { op: 'is-true'; of: Expression };
