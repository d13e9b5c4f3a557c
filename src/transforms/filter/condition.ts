// Compiles one condition on one column: constants read once, a test for the column's type.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { ColumnRef, FilterExpression, FilterValue } from '../../contract/filter.ts';
import { typeName, type DataType, type Schema } from '../../table/data-type.ts';
import { needsTime, stretchOf } from '../../expression/conditions.ts';
import { readDouble, readPoint, wrongValue, type ConstantContext } from './constants.ts';
import type { Folded } from './fold-case.ts';
import {
  betweenTest,
  bothDoubles,
  comparisonTest,
  doubleMemberTest,
  doubleTest,
  intervalTest,
  memberTest,
  rangeTest,
  type DoubleTest,
  type WholeTest,
} from './number-tests.ts';
import { bothTests, createTextTest, type BytesTest } from './text-tests.ts';

/** Conditions on one column and constants. */
export type LeafExpression = Exclude<
  FilterExpression,
  { op: 'and' | 'or' | 'not' | 'compare' | 'is-true' }
>;
type Period = LeafExpression & { op: 'in-last' | 'in-next' | 'in-period' };

/** What `now` and `today` mean. */
export interface RunClock {
  timeZone: string;
  startedAtMs: number;
}

const isPeriod = (leaf: LeafExpression): leaf is Period =>
  leaf.op === 'in-last' || leaf.op === 'in-next' || leaf.op === 'in-period';

function foldingOf(leaf: LeafExpression): Folded | null {
  const ignoresCase = 'ignoreCase' in leaf && leaf.ignoreCase === true;
  const ignoresAccents = 'ignoreAccents' in leaf && leaf.ignoreAccents === true;
  if (ignoresAccents) return ignoresCase ? 'both' : 'accents';
  return ignoresCase ? 'case' : null;
}

/** What is asked of a value that is not null. */
export type ValueTest =
  | { domain: 'bytes'; test: BytesTest }
  | { domain: 'whole'; test: WholeTest }
  | { domain: 'double'; test: DoubleTest }
  /** A column without values: nothing to ask. */
  | { domain: 'nothing' };

export interface Condition {
  column: number;
  name: string;
  /** Type of the values; of a dictionary that of its entries. */
  type: DataType;
  /** null = the condition asks for null itself. */
  value: ValueTest | null;
  /** The condition holds where the test does not (`!=`). */
  isNegated: boolean;
}

function refuse(op: string, name: string, type: DataType, remedy: string): ExportError {
  return new ExportError('config.conflict', {
    detail: `“${op}” cannot be asked of “${shorten(name)}”, which holds ${typeName(type)}.`,
    remedy,
  });
}

function asText(value: FilterValue, context: ConstantContext): string {
  if (typeof value !== 'string') throw wrongValue(value, context);
  return value;
}

function textCondition(leaf: Exclude<LeafExpression, Period>, context: ConstantContext): BytesTest {
  const text = (value: FilterValue): string => asText(value, context);
  const folded = foldingOf(leaf);
  switch (leaf.op) {
    case 'is-null':
      throw new TypeError('not a condition on values');
    case 'between':
      return bothTests(
        createTextTest('>=', [text(leaf.low)], null),
        createTextTest('<=', [text(leaf.high)], null),
      );
    case 'in-range': {
      const from = leaf.from === undefined ? '' : text(leaf.from);
      const above = createTextTest('>=', [from], null);
      return leaf.to === undefined
        ? above
        : bothTests(above, createTextTest('<', [text(leaf.to)], null));
    }
    case 'in':
      return createTextTest('in', leaf.values.map(text), folded);
    default:
      return createTextTest(leaf.op === '!=' ? '=' : leaf.op, [text(leaf.value)], folded);
  }
}

function wholeCondition(
  leaf: Exclude<LeafExpression, Period>,
  context: ConstantContext,
): WholeTest {
  const point = (value: FilterValue) => readPoint(value, context);
  switch (leaf.op) {
    case 'between':
      return betweenTest(point(leaf.low), point(leaf.high));
    case 'in-range':
      return rangeTest(
        leaf.from === undefined ? null : point(leaf.from),
        leaf.to === undefined ? null : point(leaf.to),
      );
    case 'in':
      return memberTest(leaf.values.map(point));
    case '!=':
      return comparisonTest('=', point(leaf.value));
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparisonTest(leaf.op, point(leaf.value));
    default:
      throw new TypeError(`not a comparison: ${leaf.op}`);
  }
}

function doubleCondition(
  leaf: Exclude<LeafExpression, Period>,
  context: ConstantContext,
): DoubleTest {
  const double = (value: FilterValue) => readDouble(value, context);
  switch (leaf.op) {
    case 'between':
      return bothDoubles(doubleTest('>=', double(leaf.low)), doubleTest('<=', double(leaf.high)));
    case 'in-range': {
      const above = leaf.from === undefined ? null : doubleTest('>=', double(leaf.from));
      const below = leaf.to === undefined ? null : doubleTest('<', double(leaf.to));
      if (above && below) return bothDoubles(above, below);
      return above ?? below ?? (() => true);
    }
    case 'in':
      return doubleMemberTest(leaf.values.map(double));
    case '!=':
      return doubleTest('=', double(leaf.value));
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return doubleTest(leaf.op, double(leaf.value));
    default:
      throw new TypeError(`not a comparison: ${leaf.op}`);
  }
}

const TEXT_TESTS = new Set(['contains', 'starts-with', 'ends-with', 'matches']);

/** A stretch of time relative to the run's clock, as whole numbers of the column's type. */
function periodTest(leaf: Period, context: ConstantContext, clock: RunClock): WholeTest {
  const { type, column } = context;
  const isTime = type.kind === 'date' || type.kind === 'timestamp';
  if (!isTime || (type.kind === 'date' && needsTime(leaf.unit)))
    throw refuse(
      leaf.op.replace('-', ' '),
      column,
      type,
      isTime
        ? `Count in days or longer: a date has no ${leaf.unit}s.`
        : `Set the type of “${shorten(column)}” to date or timestamp.`,
    );
  const stretch = stretchOf(leaf, type, clock);
  return 'after' in stretch
    ? intervalTest(BigInt(stretch.after) + 1n, BigInt(stretch.upTo))
    : intervalTest(BigInt(stretch.from), BigInt(stretch.to) - 1n);
}

function valueTest(leaf: LeafExpression, context: ConstantContext, clock: RunClock): ValueTest {
  const { type, column } = context;
  if (type.kind === 'null' && isPeriod(leaf)) return { domain: 'nothing' };
  if (isPeriod(leaf)) return { domain: 'whole', test: periodTest(leaf, context, clock) };
  if (type.kind === 'utf8' || type.kind === 'json')
    return { domain: 'bytes', test: textCondition(leaf, context) };
  if (type.kind === 'null') {
    // The constants have no type to fit, but a wrong pattern is wrong anywhere.
    if (leaf.op === 'matches') createTextTest(leaf.op, [leaf.value], foldingOf(leaf));
    return { domain: 'nothing' };
  }
  if (TEXT_TESTS.has(leaf.op))
    throw refuse(leaf.op, column, type, `Set the type of “${shorten(column)}” to text.`);
  const folded = foldingOf(leaf);
  if (folded !== null) {
    const words = `ignoring ${folded === 'both' ? 'case and accents' : folded}`;
    throw refuse(words, column, type, `Leave “${words}” out.`);
  }
  switch (type.kind) {
    case 'float':
      return { domain: 'double', test: doubleCondition(leaf, context) };
    case 'int':
    case 'decimal':
    case 'bool':
    case 'date':
    case 'time':
    case 'timestamp':
      return { domain: 'whole', test: wholeCondition(leaf, context) };
    default:
      throw refuse(leaf.op, column, type, 'Ask “is null”, or filter by another column.');
  }
}

/** Compiles a leaf against a schema; throws ExportError for unknown columns and constants that do not fit. */
export function compileCondition(leaf: LeafExpression, schema: Schema, clock: RunClock): Condition {
  const ref: ColumnRef = leaf.column;
  const column = resolveColumn(schema, ref);
  const field = schema.fields[column]!;
  const type = field.type.kind === 'dictionary' ? field.type.value : field.type;
  return {
    column,
    name: field.name,
    type,
    value:
      leaf.op === 'is-null'
        ? null
        : valueTest(leaf, { column: field.name, type, timeZone: clock.timeZone }, clock),
    isNegated: leaf.op === '!=',
  };
}
