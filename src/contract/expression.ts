// An expression over the columns of a row: a tree in plain JSON. Its text form is in expression-text.ts.

/** Names a column by label and, where labels repeat, by which of them (0 = first). */
export interface ColumnRef {
  name: string;
  nth?: number;
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type TextTest = 'contains' | 'starts-with' | 'ends-with' | 'matches';

/**
 * Letters compared without their case (each code point by its own lower case), without their accents (marks left off after
 * canonical decomposition, so é is e and ö is o, but ø stays), or both.
 */
export interface Folding {
  ignoreCase?: boolean;
  ignoreAccents?: boolean;
}

/** A step of time as intervals count it. Weeks begin on Monday (ISO 8601). */
export type TimeStep = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export const TIME_STEPS: readonly TimeStep[] = [
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
];

/** `||` joins texts; `/` of exact numbers is a decimal, `%` has the sign of its left side. */
export type Operation = '+' | '-' | '*' | '/' | '%' | '||';

/**
 * A value made of a row's values. Null goes in, null comes out, except where a part asks for null itself (`is null`,
 * `coalesce`, `case`, `and`, `or`); conditions follow SQL's three-valued logic. Parts are looked at only as far as needed: of
 * `if`, `case`, `coalesce`, `and`, `or` only what decides, so `if(b = 0, null, a / b)` never divides by zero.
 *
 * - `number`: digits as written, exact: `12` is an integer, `1.10` a decimal with two digits after the point, `1e3` a float.
 * - `text` beside a date, time, timestamp or truth value is read as such, as in a filter.
 * - `interval` stands only beside `+` and `-` with a date or timestamp.
 * - `in-last` n: after n units before now, up to now; `in-next`: after now, up to n units later. For dates now is today, so the
 *   last 7 days end with today. `in-period`: the calendar's unit that holds now (`offset` 0), the one before or after it. Now is
 *   the run's clock, the calendar that of the config's time zone.
 * - `case` with `of` compares it with each `if`; without a match and without `else` it is null.
 * - `cast` to a type's name (`decimal(12,2)`); what does not fit is an error of the row, or null with `onMisfit`.
 * - `call`: a function of expression-functions.ts; names are lower case.
 */
export type Expression =
  | { op: 'number'; value: string }
  | { op: 'text'; value: string }
  | { op: 'bool'; value: boolean }
  | { op: 'null' }
  | { op: 'interval'; count: number; unit: TimeStep }
  | { op: 'column'; column: ColumnRef }
  | { op: 'negate'; of: Expression }
  | { op: Operation; left: Expression; right: Expression }
  | ({ op: Comparison; left: Expression; right: Expression } & Folding)
  | { op: 'and' | 'or'; of: Expression[] }
  | { op: 'not'; of: Expression }
  | { op: 'is-null'; of: Expression }
  | { op: 'between'; of: Expression; low: Expression; high: Expression }
  | { op: 'in-range'; of: Expression; from?: Expression; to?: Expression }
  | ({ op: 'in'; of: Expression; values: Expression[] } & Folding)
  | ({ op: TextTest; of: Expression; value: Expression } & Folding)
  | { op: 'in-last' | 'in-next'; of: Expression; count: number; unit: TimeStep }
  | { op: 'in-period'; of: Expression; unit: TimeStep; offset: -1 | 0 | 1 }
  | {
      op: 'case';
      of?: Expression;
      when: { if: Expression; then: Expression }[];
      else?: Expression;
    }
  | { op: 'cast'; of: Expression; to: string; onMisfit?: 'null' }
  | { op: 'call'; name: string; of: Expression[] };

/** The expressions directly inside one, in the order they are written. */
export function partsOf(expression: Expression): Expression[] {
  switch (expression.op) {
    case 'number':
    case 'text':
    case 'bool':
    case 'null':
    case 'interval':
    case 'column':
      return [];
    case 'and':
    case 'or':
    case 'call':
      return expression.of;
    case 'between':
      return [expression.of, expression.low, expression.high];
    case 'in-range':
      return [expression.of, expression.from, expression.to].filter((part) => part !== undefined);
    case 'in':
      return [expression.of, ...expression.values];
    case 'contains':
    case 'starts-with':
    case 'ends-with':
    case 'matches':
      return [expression.of, expression.value];
    case 'case':
      return [
        ...(expression.of ? [expression.of] : []),
        ...expression.when.flatMap((branch) => [branch.if, branch.then]),
        ...(expression.else ? [expression.else] : []),
      ];
    case 'negate':
    case 'not':
    case 'is-null':
    case 'in-last':
    case 'in-next':
    case 'in-period':
    case 'cast':
      return [expression.of];
    default:
      return [expression.left, expression.right];
  }
}

/** The columns an expression names, each time it does. */
export function columnsOf(expression: Expression): ColumnRef[] {
  if (expression.op === 'column') return [expression.column];
  return partsOf(expression).flatMap(columnsOf);
}
