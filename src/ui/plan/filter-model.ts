// The filter as the builder edits it: groups and conditions with the values as typed, to the expression and back.
import { TIME_STEPS, type TimeStep } from '../../contract/expression.ts';
import type { ColumnRef, FilterExpression, FilterValue, TextTest } from '../../contract/filter.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';

export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'between'
  | 'not between'
  | 'in-range'
  | 'not in-range'
  | 'in'
  | 'not in'
  | 'contains'
  | 'not contains'
  | 'starts-with'
  | 'not starts-with'
  | 'ends-with'
  | 'not ends-with'
  | 'matches'
  | 'not matches'
  | 'in-last'
  | 'not in-last'
  | 'in-next'
  | 'not in-next'
  | 'in-period'
  | 'not in-period'
  | 'is-null'
  | 'not is-null';

export interface Condition {
  kind: 'condition';
  key: number;
  column: ColumnRef;
  operator: Operator;
  /** As typed: one value, low and high, from and to (empty = open), the list, count and unit, or a period (`-1 month`). */
  values: readonly string[];
  ignoreCase: boolean;
  ignoreAccents: boolean;
}

export interface Group {
  kind: 'group';
  key: number;
  join: 'and' | 'or';
  isNot: boolean;
  of: readonly (Group | Condition)[];
}

export type FilterNode = Group | Condition;

/** What a type's values are to a condition. */
export type ValueKind = 'text' | 'number' | 'bool' | 'date' | 'time' | 'timestamp' | 'none';

export function valueKindOf(type: string): ValueKind {
  if (/^(u?int|float|decimal)/.test(type)) return 'number';
  if (type === 'bool') return 'bool';
  if (type === 'date') return 'date';
  if (type.startsWith('timestamp')) return 'timestamp';
  if (type.startsWith('time')) return 'time';
  if (/^(utf8|json|dictionary)/.test(type)) return 'text';
  return 'none';
}

const ORDERED: readonly Operator[] = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'between',
  'not between',
  'in-range',
  'not in-range',
];
const LISTS: readonly Operator[] = ['in', 'not in'];
const TEXTS: readonly Operator[] = [
  'contains',
  'not contains',
  'starts-with',
  'not starts-with',
  'ends-with',
  'not ends-with',
  'matches',
  'not matches',
];
const RELATIVE: readonly Operator[] = [
  'in-last',
  'not in-last',
  'in-next',
  'not in-next',
  'in-period',
  'not in-period',
];
const NULLS: readonly Operator[] = ['is-null', 'not is-null'];

/** Operators that fit a kind of values, the usual ones first. */
export function operatorsFor(kind: ValueKind): readonly Operator[] {
  switch (kind) {
    case 'text':
      return ['=', '!=', ...LISTS, ...TEXTS, ...NULLS, ...ORDERED.slice(2)];
    case 'date':
    case 'timestamp':
      return [...ORDERED, ...RELATIVE, ...LISTS, ...NULLS];
    case 'number':
    case 'time':
      return [...ORDERED, ...LISTS, ...NULLS];
    case 'bool':
      return ['=', '!=', ...NULLS];
    case 'none':
      return NULLS;
  }
}

/** How many values an operator takes; a list takes any number, `steps` a count and a unit of time, `period` one of those. */
export function valueCountOf(operator: Operator): 0 | 1 | 2 | 'list' | 'steps' | 'period' {
  if (operator.endsWith('is-null')) return 0;
  if (operator.endsWith('in-period')) return 'period';
  if (RELATIVE.includes(operator)) return 'steps';
  if (operator.endsWith('between') || operator.endsWith('in-range')) return 2;
  return LISTS.includes(operator) ? 'list' : 1;
}

/** Units that stretches before and after now are counted in, by what the column holds. */
export function stepUnits(kind: ValueKind): readonly TimeStep[] {
  return kind === 'date' ? TIME_STEPS.filter((unit) => !CLOCK_UNITS.has(unit)) : TIME_STEPS;
}
const CLOCK_UNITS: ReadonlySet<TimeStep> = new Set(['second', 'minute', 'hour']);

/** Periods of the calendar as values of a condition. */
export const PERIODS: readonly string[] = TIME_STEPS.filter(
  (unit) => !CLOCK_UNITS.has(unit),
).flatMap((unit) => ['0', '-1', '1'].map((offset) => `${offset} ${unit}`));

/** Whether the operator can look at letters without their case and accents. */
export function canFold(operator: Operator, kind: ValueKind): boolean {
  return (
    kind === 'text' &&
    !['<', '<=', '>', '>='].includes(operator) &&
    (valueCountOf(operator) === 1 || valueCountOf(operator) === 'list')
  );
}

let lastKey = 0;
export const newKey = (): number => ++lastKey;

export function newCondition(column: ColumnRef, kind: ValueKind): Condition {
  return {
    kind: 'condition',
    key: newKey(),
    column,
    operator: operatorsFor(kind)[0]!,
    values: kind === 'bool' ? ['true'] : [''],
    ignoreCase: false,
    ignoreAccents: false,
  };
}

export function newGroup(of: readonly FilterNode[] = []): Group {
  return { kind: 'group', key: newKey(), join: 'and', isNot: false, of };
}

/** Deeper or longer filters stay text: nobody could work with them as boxes. */
const MOST_DEPTH = 6;
const MOST_NODES = 200;

/** The builder's tree, always a group; null when it would be too deep or too long to be worked with. */
export function treeOf(expression: FilterExpression | null): Group | null {
  if (expression === null) return newGroup();
  let nodes = 0;
  const read = (each: FilterExpression, depth: number): FilterNode | null => {
    if (++nodes > MOST_NODES || depth > MOST_DEPTH) return null;
    if (each.op === 'and' || each.op === 'or') {
      const of = each.of.map((part) => read(part, depth + 1));
      if (of.includes(null)) return null;
      return { ...newGroup(of as FilterNode[]), join: each.op };
    }
    if (each.op !== 'not') return isBoxed(each) ? conditionOf(each) : null;
    const { of } = each;
    if (of.op === 'and' || of.op === 'or') {
      const group = read(of, depth);
      return group && { ...(group as Group), isNot: true };
    }
    const inner = read(of, depth + 1);
    if (inner?.kind === 'condition') {
      const operator = `not ${inner.operator}`;
      if (([...ORDERED, ...LISTS, ...TEXTS, ...RELATIVE, ...NULLS] as string[]).includes(operator))
        return { ...inner, operator: operator as Operator };
    }
    return inner && { ...newGroup([inner]), isNot: true };
  };
  const root = read(expression, 0);
  if (root === null) return null;
  return root.kind === 'group' ? root : newGroup([root]);
}

type Unboxed = 'compare' | 'is-true';
type Leaf = Exclude<FilterExpression, { op: 'and' | 'or' | 'not' | Unboxed }>;

const UNBOXED: ReadonlySet<string> = new Set<Unboxed>(['compare', 'is-true']);

/** Conditions that the boxes have no room for stay text. */
function isBoxed(leaf: FilterExpression): leaf is Leaf {
  return !UNBOXED.has(leaf.op);
}

function conditionOf(leaf: Leaf): Condition {
  const base = {
    kind: 'condition' as const,
    key: newKey(),
    column: leaf.column,
    operator: leaf.op,
    ignoreCase: 'ignoreCase' in leaf && leaf.ignoreCase === true,
    ignoreAccents: 'ignoreAccents' in leaf && leaf.ignoreAccents === true,
  };
  switch (leaf.op) {
    case 'is-null':
      return { ...base, values: [] };
    case 'between':
      return { ...base, values: [String(leaf.low), String(leaf.high)] };
    case 'in-range':
      return { ...base, values: [String(leaf.from ?? ''), String(leaf.to ?? '')] };
    case 'in':
      return { ...base, values: leaf.values.map(String) };
    case 'in-last':
    case 'in-next':
      return { ...base, values: [String(leaf.count), leaf.unit] };
    case 'in-period':
      return { ...base, values: [`${leaf.offset} ${leaf.unit}`] };
    default:
      return { ...base, values: [String(leaf.value)] };
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/;
const TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?( ?(Z|[+-]\d\d(:?\d\d)?))?)?$/;

/** Whether the first ten characters are a day that there is. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10);
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}

/** Whether a typed value can stand for one of the column's; an empty one only where text is meant. */
export function isValue(text: string, kind: ValueKind, type: string): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'number':
      return NUMBER.test(text) || (type.startsWith('float') && /^(NaN|[+-]?Infinity)$/.test(text));
    case 'bool':
      return text === 'true' || text === 'false';
    case 'date':
      return DATE.test(text) && isDay(text);
    case 'time':
      return CLOCK.test(text);
    case 'timestamp':
      return TIMESTAMP.test(text) && isDay(text);
    case 'none':
      return false;
  }
}

/** What is wrong with a condition; null when it can be used. `at` is the value's place in `values`. */
export function problemOf(
  condition: Condition,
  type: string | undefined,
): { at: number; kind: 'no column' | 'missing' | 'wrong' } | null {
  if (type === undefined) return { at: -1, kind: 'no column' };
  const { operator, values } = condition;
  const kind = valueKindOf(type);
  const count = valueCountOf(operator);
  if (count === 0 || count === 'period') return null;
  if (count === 'steps') {
    const [text = ''] = values;
    if (/^[1-9]\d{0,5}$/.test(text)) return null;
    return { at: 0, kind: text === '' ? 'missing' : 'wrong' };
  }
  const isRange = operator.endsWith('in-range');
  if (isRange && values.every((value) => value === '')) return { at: 0, kind: 'missing' };
  if (count === 'list' && values.length === 0) return { at: 0, kind: 'missing' };
  for (const [at, value] of values.entries()) {
    if (isRange && value === '') continue;
    if (isValue(value, kind, type)) continue;
    return { at, kind: value === '' ? 'missing' : 'wrong' };
  }
  return null;
}

function constantOf(text: string, kind: ValueKind): FilterValue {
  if (kind === 'bool') return text === 'true';
  if (kind !== 'number' || !NUMBER.test(text)) return text;
  const number = Number(text);
  const isExact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
  const digits = text.replace(/e.*$/i, '').replace(/^[+-]?0*\.?0*|\./g, '');
  return isExact && digits.length <= 15 ? number : text;
}

/** The expression of what can be used of the tree; null when that is nothing, which lets every row pass. */
export function expressionOf(
  node: FilterNode,
  typeOf: (column: ColumnRef) => string | undefined,
): FilterExpression | null {
  if (node.kind === 'condition') {
    const type = typeOf(node.column);
    return problemOf(node, type) === null ? leafOf(node, valueKindOf(type!)) : null;
  }
  const parts = node.of.flatMap((each) => {
    const part = expressionOf(each, typeOf);
    return part === null ? [] : [part];
  });
  if (parts.length === 0) return null;
  const joined: FilterExpression = parts.length === 1 ? parts[0]! : { op: node.join, of: parts };
  return node.isNot ? { op: 'not', of: joined } : joined;
}

function leafOf(condition: Condition, kind: ValueKind): FilterExpression {
  const { column, operator, values } = condition;
  const isNot = operator.startsWith('not ');
  const op = isNot ? operator.slice(4) : operator;
  const value = (at: number): FilterValue => constantOf(values[at] ?? '', kind);
  const isFolded = canFold(operator, kind);
  const letters = {
    ...(isFolded && condition.ignoreCase && { ignoreCase: true }),
    ...(isFolded && condition.ignoreAccents && { ignoreAccents: true }),
  };
  const leaf = ((): FilterExpression => {
    switch (op) {
      case 'is-null':
        return { op, column };
      case 'between':
        return { op, column, low: value(0), high: value(1) };
      case 'in-range':
        return {
          op,
          column,
          ...(values[0] ? { from: value(0) } : {}),
          ...(values[1] ? { to: value(1) } : {}),
        };
      case 'in':
        return { op, column, values: values.map((_, i) => value(i)), ...letters };
      case 'in-last':
      case 'in-next':
        return { op, column, count: Number(values[0]), unit: values[1] as TimeStep };
      case 'in-period': {
        const [offset, unit] = values[0]!.split(' ') as [string, TimeStep];
        return { op, column, unit, offset: Number(offset) as -1 | 0 | 1 };
      }
      case 'contains':
      case 'starts-with':
      case 'ends-with':
      case 'matches':
        return { op: op as TextTest, column, value: values[0] ?? '', ...letters };
      default:
        return { op: op as '=', column, value: value(0), ...letters };
    }
  })();
  return isNot ? { op: 'not', of: leaf } : leaf;
}

/** The condition with another operator, keeping of its values what still fits. */
export function withOperator(condition: Condition, operator: Operator): Condition {
  const count = valueCountOf(operator);
  const before = valueCountOf(condition.operator);
  const values =
    before !== count && (before === 'steps' || before === 'period') ? [] : condition.values;
  if (count === 'steps' || count === 'period') {
    const blank = count === 'steps' ? ['30', 'day'] : PERIODS.slice(0, 1);
    return { ...condition, operator, values: before === count ? values : blank };
  }
  const kept =
    count === 0
      ? []
      : count === 'list'
        ? values.filter((value) => value !== '')
        : Array.from({ length: count }, (_, i) => values[i] ?? '');
  return { ...condition, operator, values: kept };
}

/** The condition on another column: a value of another kind says nothing there. */
export function withColumn(
  condition: Condition,
  column: Pick<InspectedColumn, 'type'>,
  ref: ColumnRef,
  before: ValueKind,
): Condition {
  const kind = valueKindOf(column.type);
  if (kind === before) return { ...condition, column: ref };
  const operators = operatorsFor(kind);
  if (!operators.includes(condition.operator))
    return { ...newCondition(ref, kind), key: condition.key };
  const count = valueCountOf(condition.operator);
  if (count === 'steps' || count === 'period') {
    // A unit of the clock says nothing of days.
    const fits = count === 'period' || stepUnits(kind).includes(condition.values[1] as TimeStep);
    const moved = { ...condition, column: ref };
    return fits ? moved : { ...moved, values: [condition.values[0] ?? '', 'day'] };
  }
  const blank = count === 'list' ? [] : condition.values.map(() => '');
  const values = kind === 'bool' && blank.length === 1 ? ['true'] : blank;
  return { ...condition, column: ref, values };
}

/** The tree with the node of this key changed, or without it when `change` gives null. */
export function withNode(
  group: Group,
  key: number,
  change: (node: FilterNode) => FilterNode | null,
): Group {
  const edit = (node: FilterNode): FilterNode | null => {
    if (node.key === key) return change(node);
    if (node.kind === 'condition') return node;
    const of = node.of.flatMap((each) => edit(each) ?? []);
    return { ...node, of };
  };
  return (edit(group) as Group | null) ?? newGroup();
}
