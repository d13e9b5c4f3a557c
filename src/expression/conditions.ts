// Compiles conditions: comparisons, lists, text tests, stretches of time, and the three-valued and, or, not.
import { RE2JS } from 're2js';
import type { Comparison, Expression, Folding, TextTest } from '../contract/expression.ts';
import { BOOL, UTF8, type DataType } from '../table/data-type.ts';
import {
  constantPart,
  frameAt,
  joinPart,
  mapPart,
  type Cell,
  type CellOrder,
  type Frame,
  type Part,
} from './cells.ts';
import { addSteps, addToValue, clockOf, nowOf, stepStart } from './clock.ts';
import { compilePattern } from './compile-pattern.ts';
import { compareText, foldingOf } from './fold-text.ts';
import { wordOf, wrongType, type Scope } from './scope.ts';
import { needType, unify } from './types.ts';
import { compareWhole, type Whole } from './whole.ts';

/** The order of a type's values: NaN comes last and equals itself, texts go by code point, false before true. */
export function orderOf(type: DataType, source: Expression): CellOrder {
  switch (type.kind) {
    case 'utf8':
    case 'json':
      return compareText;
    case 'float':
      return (a: number, b: number) => {
        if (Number.isNaN(a) || Number.isNaN(b))
          return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
        return a < b ? -1 : a > b ? 1 : 0;
      };
    case 'bool':
      return (a: boolean, b: boolean) => Number(a) - Number(b);
    case 'int':
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'null':
      return compareWhole;
    default:
      throw wrongType(
        source,
        `Values of type ${wordOf(type)} cannot be compared`,
        'Ask “is null”, or use another column.',
      );
  }
}

const PASSES: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** The parts with their letters folded as asked; throws where they are no texts. */
function folded(parts: readonly Part[], folding: Folding, scope: Scope): Part[] {
  const fold = foldingOf(folding);
  if (fold === null) return [...parts];
  return parts.map((part) => {
    const text = needType(part, UTF8, scope);
    return typeof text.constant === 'string'
      ? constantPart(part.source, UTF8, fold(text.constant))
      : mapPart(part.source, UTF8, text, fold);
  });
}

function compared(source: Expression, op: Comparison, left: Part, right: Part, scope: Scope): Part {
  const { type, parts } = unify([left, right], scope);
  const order = orderOf(type, source);
  const passes = PASSES[op];
  return joinPart(source, BOOL, parts[0]!, parts[1]!, (a, b) => passes(order(a, b)));
}

/** Compiles a comparison of two expressions. */
export function comparisonPart(source: Expression & { op: Comparison }, scope: Scope): Part {
  const sides = folded([scope.compile(source.left), scope.compile(source.right)], source, scope);
  return compared(source, source.op, sides[0]!, sides[1]!, scope);
}

/** and, or: looks at a later part only for the rows that the earlier ones leave open. */
export function logicPart(source: Expression, op: 'and' | 'or', parts: readonly Part[]): Part {
  // `and` is settled by the first false, `or` by the first true.
  const settling = op === 'or';
  return {
    source,
    type: BOOL,
    evaluate(frame) {
      const out: Cell[] = Array.from({ length: frame.count }, () => !settling);
      let open = Array.from({ length: frame.count }, (_, i) => i);
      let current: Frame = frame;
      for (const part of parts) {
        if (open.length === 0) break;
        if (open.length < current.count) current = frameAt(frame, open);
        const cells = part.evaluate(current);
        const left: number[] = [];
        for (const [i, place] of open.entries()) {
          const cell = cells[i]!;
          if (cell === settling) out[place] = settling;
          else {
            if (cell === null) out[place] = null;
            left.push(place);
          }
        }
        open = left;
      }
      return out;
    },
  };
}

export function notPart(source: Expression, of: Part): Part {
  return mapPart(source, BOOL, of, (cell: boolean) => !cell);
}

/** low ≤ x ≤ high and from ≤ x < to are two comparisons. */
export function betweenPart(
  source: Expression,
  of: Part,
  bounds: readonly [op: Comparison, bound: Expression | undefined][],
  scope: Scope,
): Part {
  const parts = bounds.flatMap(([op, bound]) =>
    bound === undefined ? [] : [compared(source, op, of, scope.compile(bound), scope)],
  );
  if (parts.length > 0) return logicPart(source, 'and', parts);
  return mapPart(source, BOOL, of, () => true);
}

/** Compiles `in (…)`: null where no value is equal and one of them, or the cell, is null. */
export function inPart(source: Expression & { op: 'in' }, scope: Scope): Part {
  const all = folded([source.of, ...source.values].map(scope.compile), source, scope);
  const { type, parts } = unify(all, scope);
  orderOf(type, source);
  const [of, ...values] = parts as [Part, ...Part[]];
  if (values.every((value) => value.constant !== undefined)) {
    const members = new Set(values.map((value) => value.constant));
    const otherwise = members.delete(null) ? null : false;
    return mapPart(source, BOOL, of, (cell) => (members.has(cell) ? true : otherwise));
  }
  return logicPart(
    source,
    'or',
    values.map((value) => compared(source, '=', of, value, scope)),
  );
}

/** Compiles contains, starts with, ends with, matches. */
export function textTestPart(source: Expression & { op: TextTest }, scope: Scope): Part {
  const { op } = source;
  const both = [source.of, source.value].map((part) => needType(scope.compile(part), UTF8, scope));
  if (op === 'matches') {
    const { constant } = both[1]!;
    if (typeof constant !== 'string')
      throw wrongType(
        source.value,
        'A pattern must be given as a constant',
        "Write the pattern in 'single quotes'.",
      );
    const pattern = compilePattern(
      foldingOf({ ignoreAccents: source.ignoreAccents ?? false })?.(constant) ?? constant,
      source.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0,
    );
    const of = folded([both[0]!], { ignoreAccents: source.ignoreAccents ?? false }, scope)[0]!;
    return mapPart(source, BOOL, of, (text: string) => pattern.test(text));
  }
  const [of, value] = folded(both, source, scope) as [Part, Part];
  return joinPart(source, BOOL, of, value, (text: string, wanted: string) =>
    op === 'contains'
      ? text.includes(wanted)
      : op === 'starts-with'
        ? text.startsWith(wanted)
        : text.endsWith(wanted),
  );
}

export type Period = Expression & { op: 'in-last' | 'in-next' | 'in-period' };

/** The values of a stretch of time relative to now: `after` < x ≤ `upTo`, or `from` ≤ x < `to`. */
export type Stretch = { after: Whole; upTo: Whole } | { from: Whole; to: Whole };

/** The stretch that a condition means, in values of a date or timestamp type. */
export function stretchOf(
  period: Pick<Period, 'op' | 'unit'> & { count?: number; offset?: number },
  type: DataType & { kind: 'date' | 'timestamp' },
  { timeZone, startedAtMs }: Pick<Scope, 'timeZone' | 'startedAtMs'>,
): Stretch {
  const now = nowOf(type, startedAtMs, timeZone);
  // An instant's calendar is here the config's: “today” is the reader's, whatever zone the column shows.
  const clock =
    type.kind === 'timestamp' && type.zone !== null
      ? clockOf({ ...type, zone: timeZone }, timeZone)
      : clockOf(type, timeZone);
  const { unit } = period;
  if (period.op === 'in-period') {
    const { seconds } = clock.local(now);
    const start = stepStart(seconds, unit);
    const at = (offset: number): Whole =>
      clock.value({ seconds: addSteps(start, unit, offset), units: 0 });
    const offset = period.offset ?? 0;
    return { from: at(offset), to: at(offset + 1) };
  }
  const count = (period.count ?? 1) * (period.op === 'in-last' ? -1 : 1);
  const other = addToValue(clock, now, unit, count);
  return count < 0 ? { after: other, upTo: now } : { after: now, upTo: other };
}

/** Steps of time below a day say nothing of dates. */
export function needsTime(unit: Period['unit']): boolean {
  return unit === 'second' || unit === 'minute' || unit === 'hour';
}

/** Compiles `in last 30 days`, `in this month`, `is today`. */
export function periodPart(source: Period, scope: Scope): Part {
  const of = scope.compile(source.of);
  const { type } = of;
  if (type.kind !== 'date' && type.kind !== 'timestamp')
    throw wrongType(
      source.of,
      `A date or timestamp is needed, but this is ${wordOf(type)}`,
      'Set the column’s type to date or timestamp, or make one with cast(… as date).',
    );
  if (type.kind === 'date' && needsTime(source.unit))
    throw wrongType(source, `A date has no ${source.unit}s`, 'Count in days or longer.');
  const stretch = stretchOf(source, type, scope);
  return mapPart(
    source,
    BOOL,
    of,
    'after' in stretch
      ? (cell: Whole) => cell > stretch.after && cell <= stretch.upTo
      : (cell: Whole) => cell >= stretch.from && cell < stretch.to,
  );
}
