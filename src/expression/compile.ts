// Compiles an expression against a schema: types checked once, then evaluated a batch at a time over its selected rows.
import { resolveColumn } from '../contract/columns.ts';
import { CONDITION } from '../contract/expression-parser.ts';
import type { Expression } from '../contract/expression.ts';
import { selectedCount, type Batch, type TypedColumn } from '../table/batch.ts';
import {
  BOOL,
  FLOAT64,
  INT64,
  UTF8,
  typeName,
  type DataType,
  type Schema,
} from '../table/data-type.ts';
import { arithmeticPart, negatePart } from './arithmetic.ts';
import { asText, castPart } from './casts.ts';
import { constantPart, frameAt, joinPart, type Cell, type Frame, type Part } from './cells.ts';
import {
  betweenPart,
  comparisonPart,
  inPart,
  logicPart,
  notPart,
  periodPart,
  textTestPart,
} from './conditions.ts';
import { functionPart } from './functions.ts';
import { readCells, readNulls } from './read-cells.ts';
import { wordOf, wrongType, type Scope } from './scope.ts';
import { exactOf, needType, unify } from './types.ts';
import { compareWhole, powerOfTen } from './whole.ts';
import { columnOfCells } from './write-cells.ts';

export interface ExpressionContext {
  /** The config's time zone: where wall clocks are read, and today is. */
  timeZone: string;
  /** The run's clock in ms since 1970: what `now` and `today` mean. */
  startedAtMs: number;
  /**
   * Told once for a row whose value cannot be computed (overflow, division by zero, a cast that does not fit), with its
   * physical row in the batch and a whole sentence; its value is null then. May throw to stop.
   */
  onError(batch: Batch, row: number, sentence: string): void;
}

/** A compiled expression. Both functions look at the batch's selected rows only, and write nothing of it. */
export interface CompiledExpression {
  type: DataType;
  /** A column of `batch.rowCount` values; rows that are not selected hold nothing of use. Throws `step.misfit`. */
  evaluate(batch: Batch): TypedColumn;
  /**
   * Of a bool expression: writes those of the first `count` of `rows` (ascending) where it is `wanted` to `out`, which may be
   * `rows`, and gives how many. Throws `step.misfit`.
   */
  select(batch: Batch, rows: Uint32Array, count: number, wanted: boolean, out: Uint32Array): number;
}

function numberPart(source: Expression & { op: 'number' }): Part {
  const exact = exactOf(source.value);
  if (exact === null) return constantPart(source, FLOAT64, Number(source.value));
  const { value, type } = exact;
  const isLong = type.kind === 'decimal' && type.scale === 0 && type.precision >= 19;
  if (type.kind === 'decimal' && type.scale === 0 && !(isLong && beyondInt64(value)))
    return constantPart(source, INT64, value);
  return constantPart(source, type, value);
}

const beyondInt64 = (value: number | bigint): boolean =>
  compareWhole(value, 2n ** 63n - 1n) > 0 || compareWhole(value, -(2n ** 63n)) < 0;

function columnPart(source: Expression & { op: 'column' }, schema: Schema): Part {
  const at = resolveColumn(schema, source.column);
  const field = schema.fields[at]!;
  const type = field.type.kind === 'dictionary' ? field.type.value : field.type;
  return { source, type, evaluate: (frame) => readCells(frame, at) };
}

/** `is null` of a column looks at no value, so it can be asked of any type and never meets a misfit. */
function isNullPart(source: Expression & { op: 'is-null' }, scope: Scope): Part {
  if (source.of.op === 'column') {
    const at = resolveColumn(scope.schema, source.of.column);
    return { source, type: BOOL, evaluate: (frame) => readNulls(frame, at) };
  }
  const of = scope.compile(source.of);
  return {
    source,
    type: BOOL,
    evaluate: (frame) => of.evaluate(frame).map((cell) => cell === null),
  };
}

/** Each row takes the result of its first condition that is true; results are computed for their rows only. */
function choicePart(
  source: Expression,
  conditions: readonly Part[],
  results: readonly Part[],
  scope: Scope,
): Part {
  const { type, parts } = unify(results, scope);
  return {
    source,
    type,
    evaluate(frame) {
      const out: Cell[] = Array.from({ length: frame.count }, () => null);
      let open = Array.from({ length: frame.count }, (_, i) => i);
      const give = (places: readonly number[], part: Part): void => {
        if (places.length === 0) return;
        const cells = part.evaluate(frameAt(frame, places));
        for (const [i, place] of places.entries()) out[place] = cells[i]!;
      };
      for (const [k, condition] of conditions.entries()) {
        if (open.length === 0) break;
        const cells = condition.evaluate(frameAt(frame, open));
        const taken = open.filter((_, i) => cells[i] === true);
        open = open.filter((_, i) => cells[i] !== true);
        give(taken, parts[k]!);
      }
      if (parts.length > conditions.length) give(open, parts.at(-1)!);
      return out;
    },
  };
}

function casePart(source: Expression & { op: 'case' }, scope: Scope): Part {
  const { of } = source;
  const conditions = source.when.map((branch) =>
    of === undefined
      ? needType(scope.compile(branch.if), BOOL, scope)
      : comparisonPart({ op: '=', left: of, right: branch.if }, scope),
  );
  const results = source.when.map((branch) => scope.compile(branch.then));
  if (source.else) results.push(scope.compile(source.else));
  return choicePart(source, conditions, results, scope);
}

/** The first that is not null; later ones are computed only for rows where the earlier are null. */
function coalescePart(source: Expression, all: readonly Part[], scope: Scope): Part {
  const { type, parts } = unify(all, scope);
  return {
    source,
    type,
    evaluate(frame) {
      const out: Cell[] = Array.from({ length: frame.count }, () => null);
      let open = Array.from({ length: frame.count }, (_, i) => i);
      for (const part of parts) {
        if (open.length === 0) break;
        const cells = part.evaluate(frameAt(frame, open));
        open = open.filter((place, i) => {
          out[place] = cells[i]!;
          return cells[i] === null;
        });
      }
      return out;
    },
  };
}

function callPartOf(source: Expression & { op: 'call' }, scope: Scope): Part {
  const { name, of } = source;
  const need = (count: number, signature: string): void => {
    if (of.length !== count)
      throw wrongType(
        source,
        `${name} takes ${count} values, not ${of.length}`,
        `Write it as ${signature}.`,
      );
  };
  if (name === 'if') {
    need(3, 'if(condition, value, otherwise)');
    const condition = needType(scope.compile(of[0]!), BOOL, scope);
    return choicePart(source, [condition], of.slice(1).map(scope.compile), scope);
  }
  if (name === 'coalesce') {
    if (of.length === 0) need(1, 'coalesce(value, …)');
    return coalescePart(source, of.map(scope.compile), scope);
  }
  if (name === 'nullif') {
    need(2, 'nullif(value, other)');
    const isEqual = comparisonPart({ op: '=', left: of[0]!, right: of[1]! }, scope);
    const value = scope.compile(of[0]!);
    return choicePart(source, [isEqual], [constantPart(source, value.type, null), value], scope);
  }
  return functionPart(source, scope);
}

function compilePart(source: Expression, scope: Scope): Part {
  const { compile } = scope;
  switch (source.op) {
    case 'number':
      return numberPart(source);
    case 'text':
      return constantPart(source, UTF8, source.value);
    case 'bool':
      return constantPart(source, BOOL, source.value);
    case 'null':
      return constantPart(source, { kind: 'null' }, null);
    case 'interval':
      throw wrongType(
        source,
        'An interval can only be added to or taken from a date or timestamp',
        'Write it as date + interval 3 days.',
      );
    case 'column':
      return columnPart(source, scope.schema);
    case 'negate':
      return negatePart(source, scope);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmeticPart(source, scope);
    case '||': {
      const left = asText(compile(source.left));
      const right = asText(compile(source.right));
      return joinPart(source, UTF8, left, right, (a: string, b: string) => a + b);
    }
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparisonPart(source, scope);
    case 'and':
    case 'or':
      return logicPart(
        source,
        source.op,
        source.of.map((part) => needType(compile(part), BOOL, scope)),
      );
    case 'not':
      return notPart(source, needType(compile(source.of), BOOL, scope));
    case 'is-null':
      return isNullPart(source, scope);
    case 'between':
      return betweenPart(
        source,
        compile(source.of),
        [
          ['>=', source.low],
          ['<=', source.high],
        ],
        scope,
      );
    case 'in-range':
      return betweenPart(
        source,
        compile(source.of),
        [
          ['>=', source.from],
          ['<', source.to],
        ],
        scope,
      );
    case 'in':
      return inPart(source, scope);
    case 'contains':
    case 'starts-with':
    case 'ends-with':
    case 'matches':
      return textTestPart(source, scope);
    case 'in-last':
    case 'in-next':
    case 'in-period':
      return periodPart(source, scope);
    case 'case':
      return casePart(source, scope);
    case 'cast':
      return castPart(source, scope);
    case 'call':
      return callPartOf(source, scope);
  }
}

const SCALAR = new Set([
  ...['null', 'bool', 'int', 'float', 'decimal', 'utf8', 'json', 'binary'],
  ...['date', 'time', 'timestamp'],
]);

/**
 * Compiles an expression against a schema. Throws `config.unknown-column`, `expression.wrong-type` (with `position` where the
 * expression was read from text), `expression.unknown-function` and `filter.wrong-pattern`.
 */
export function compileExpression(
  expression: Expression,
  schema: Schema,
  { timeZone, startedAtMs, onError }: ExpressionContext,
): CompiledExpression {
  const scope: Scope = {
    schema,
    timeZone,
    startedAtMs,
    compile: (source) => {
      const part = compilePart(source, scope);
      if (!SCALAR.has(part.type.kind))
        throw wrongType(
          source,
          `Values of type ${typeName(part.type)} can only be asked “is null”`,
          'Flatten the column first, or use another one.',
        );
      return part;
    },
  };
  const part = scope.compile(expression);
  const { type } = part;
  const beyond = type.kind === 'decimal' ? powerOfTen(type.precision) : null;

  const cellsOf = (batch: Batch, rows: Uint32Array, count: number): Cell[] => {
    let failed: Set<number> | null = null;
    const frame: Frame = {
      batch,
      rows,
      count,
      cells: new Map(),
      fail(row, sentence) {
        failed ??= new Set();
        if (failed.has(row)) return;
        failed.add(row);
        onError(batch, row, sentence);
      },
    };
    const cells = part.evaluate(frame);
    // Values brought to a common type of 38 digits may have more of them than it holds.
    if (beyond !== null)
      for (const [i, cell] of cells.entries())
        if (cell !== null && ((cell as number) >= beyond || -(cell as number) >= beyond))
          frame.fail(rows[i]!, `The result is too large for ${typeName(type)}.`);
    const wrong = failed as Set<number> | null;
    return wrong === null ? cells : cells.map((cell, i) => (wrong.has(rows[i]!) ? null : cell));
  };

  let every = new Uint32Array(0);
  return {
    type,
    evaluate(batch) {
      const count = selectedCount(batch);
      if (batch.selection === null && every.length < count)
        every = Uint32Array.from({ length: count }, (_, row) => row);
      const rows = batch.selection ?? every;
      const cells = cellsOf(batch, rows, count);
      return columnOfCells(type, cells, rows, batch.rowCount);
    },
    select(batch, rows, count, wanted, out) {
      const cells = cellsOf(batch, rows, count);
      let n = 0;
      for (let i = 0; i < count; i++) if (cells[i] === wanted) out[n++] = rows[i]!;
      return n;
    },
  };
}

/** Throws `expression.wrong-type` unless the expression is a condition. */
export function needCondition(expression: Expression, type: DataType): void {
  if (type.kind !== 'bool' && type.kind !== 'null')
    throw wrongType(
      expression,
      `A condition is needed, but this is ${wordOf(type)}`,
      `Go on with ${CONDITION}.`,
    );
}
