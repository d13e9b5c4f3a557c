// Compiles a filter expression to selections: for each part the rows where it is true, or those where it is false.
import { ExportError } from '../../contract/errors.ts';
import { expressionOfFilter } from '../../contract/filter-text.ts';
import type { FilterExpression } from '../../contract/filter.ts';
import { compileExpression, needCondition } from '../../expression/compile.ts';
import type { Batch } from '../../table/batch.ts';
import type { Schema } from '../../table/data-type.ts';
import { lineOfRow } from '../../table/text-block.ts';
import { compileCondition, type LeafExpression, type RunClock } from './condition.ts';
import { fieldTestOf, scanText, scanTextNulls } from './scan-text.ts';
import { scanTyped, scanTypedNulls } from './scan-typed.ts';

/** Writes those of the first `count` of `rows` (ascending) that qualify to `out`, which may be `rows`; gives how many. */
export type Selector = (batch: Batch, rows: Uint32Array, count: number, out: Uint32Array) => number;

function leafSelector(
  leaf: LeafExpression,
  wantsTrue: boolean,
  schema: Schema,
  clock: RunClock,
): Selector {
  const condition = compileCondition(leaf, schema, clock);
  const wanted = wantsTrue !== condition.isNegated ? 1 : 0;
  const fieldTest = fieldTestOf(condition);
  const asksNull = condition.value === null;
  return (batch, rows, count, out) => {
    const column = batch.columns[condition.column]!;
    if (column.storage === 'text') {
      const block = batch.block!;
      return asksNull
        ? scanTextNulls(block, column.index, wanted, rows, count, out)
        : scanText(block, column.index, condition, fieldTest, wanted, rows, count, out);
    }
    return asksNull
      ? scanTypedNulls(column, wanted, rows, count, out)
      : scanTyped(column, condition, wanted, rows, count, out);
  };
}

/** A condition between columns or computed values. A row for which it cannot be computed fails the run. */
function expressionSelector(
  filter: FilterExpression & { op: 'compare' | 'is-true' },
  wantsTrue: boolean,
  schema: Schema,
  clock: RunClock,
): Selector {
  const expression = expressionOfFilter(filter);
  const compiled = compileExpression(expression, schema, {
    ...clock,
    onError(batch, row, sentence) {
      const line = batch.block === null ? '' : ` (line ${lineOfRow(batch.block, row)})`;
      throw new ExportError('expression.failed', { detail: sentence, where: line });
    },
  });
  needCondition(expression, compiled.type);
  return (batch, rows, count, out) => compiled.select(batch, rows, count, wantsTrue, out);
}

/** Rows that qualify for every part, left to right: a later part looks only at what the earlier ones left. */
function every(parts: readonly Selector[]): Selector {
  return (batch, rows, count, out) => {
    if (parts.length === 0) out.set(rows.subarray(0, count));
    let from = rows;
    let left = count;
    for (const part of parts) {
      left = part(batch, from, left, out);
      from = out;
    }
    return left;
  };
}

/** Merges two ascending lists without common members into `out`. */
function merge(a: Uint32Array, b: Uint32Array, out: Uint32Array): void {
  let i = 0;
  let j = 0;
  for (let n = 0; n < a.length + b.length; n++)
    out[n] = j >= b.length || (i < a.length && a[i]! < b[j]!) ? a[i++]! : b[j++]!;
}

/** The members of `rows` that are not in `taken`; both ascending, `taken` part of `rows`. */
function without(rows: Uint32Array, taken: Uint32Array): Uint32Array {
  const rest = new Uint32Array(rows.length - taken.length);
  let n = 0;
  let t = 0;
  for (const row of rows)
    if (t < taken.length && taken[t] === row) t++;
    else rest[n++] = row;
  return rest;
}

/** Rows that qualify for one part at least, left to right: a later part looks only at rows no earlier one took. */
function some(parts: readonly Selector[]): Selector {
  if (parts.length === 1) return parts[0]!;
  return (batch, rows, count, out) => {
    let rest = rows.subarray(0, count);
    let taken = new Uint32Array(0);
    for (const part of parts) {
      const buffer = new Uint32Array(rest.length);
      const hits = buffer.subarray(0, part(batch, rest, rest.length, buffer));
      const merged = new Uint32Array(taken.length + hits.length);
      merge(taken, hits, merged);
      taken = merged;
      rest = without(rest, hits);
    }
    out.set(taken);
    return taken.length;
  };
}

/**
 * The rows where `expression` is true, or with `wantsTrue` false those where it is false. Unknown is neither, which is all
 * that three-valued logic asks: `not` swaps the two, `and` and `or` are each other's opposite.
 */
export function compileFilter(
  expression: FilterExpression,
  schema: Schema,
  clock: RunClock,
  wantsTrue = true,
): Selector {
  switch (expression.op) {
    case 'not':
      return compileFilter(expression.of, schema, clock, !wantsTrue);
    case 'and':
    case 'or': {
      const parts = expression.of.map((part) => compileFilter(part, schema, clock, wantsTrue));
      return (expression.op === 'and') === wantsTrue ? every(parts) : some(parts);
    }
    case 'compare':
    case 'is-true':
      return expressionSelector(expression, wantsTrue, schema, clock);
    default:
      return leafSelector(expression, wantsTrue, schema, clock);
  }
}
