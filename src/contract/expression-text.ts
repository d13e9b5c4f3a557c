// The text form of expressions, both ways: `round(price * 1.19, 2)`.
import { CONDITION_WORDS, Parser, RESERVED } from './expression-parser.ts';
import type { ColumnRef, Expression, Folding, Operation, TimeStep } from './expression.ts';

/**
 * Reads an expression's text form. With `columns` (names, in any order) a name that is none of them is a mistake too.
 * Throws `expression.syntax` with `position` (1-based, in UTF-16 code units as text fields count them) and `expected`.
 */
export function parseExpression(text: string, columns?: readonly string[]): Expression {
  return new Parser(text, 'expression', columns).whole();
}

/** Words that mean something where a column may stand. */
const QUOTED = new Set([
  ...RESERVED,
  'all',
  'any',
  'case',
  'when',
  'then',
  'else',
  'end',
  'interval',
]);

function columnText({ name, nth }: ColumnRef): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_.$]*$/u.test(name) && !QUOTED.has(name.toLowerCase());
  const written = isPlain ? name : `"${name.replaceAll('"', '""')}"`;
  return nth === undefined ? written : `${written}#${nth + 1}`;
}

const textOf = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function foldingText({ ignoreCase, ignoreAccents }: Folding): string {
  const words = [...(ignoreCase ? ['case'] : []), ...(ignoreAccents ? ['accents'] : [])];
  return words.length === 0 ? '' : ` ignoring ${words.join(' and ')}`;
}

const stepsText = (count: number, unit: TimeStep): string =>
  `${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;

function periodText(unit: TimeStep, offset: -1 | 0 | 1): string {
  if (unit === 'day') return `is ${['yesterday', 'today', 'tomorrow'][offset + 1]!}`;
  return `in ${['previous', 'this', 'next'][offset + 1]!} ${unit}`;
}

/** How close an expression holds together: what stands in one that holds closer gets parentheses. */
const OR = 1;
const NOT = 3;
const CONDITION = 4;
const JOINED = 5;
const SUM = 6;
const PRODUCT = 7;
const SIGNED = 8;
const PRIMARY = 9;

const OPERATION_LEVELS = new Map([
  ['||', JOINED],
  ['+', SUM],
  ['-', SUM],
  ['*', PRODUCT],
  ['/', PRODUCT],
  ['%', PRODUCT],
]);

function written(expression: Expression): [level: number, text: string] {
  const list = (parts: readonly Expression[]): string =>
    parts.map((part) => format(part, OR)).join(', ');
  switch (expression.op) {
    case 'number':
      return [PRIMARY, expression.value];
    case 'bool':
      return [PRIMARY, String(expression.value)];
    case 'text':
      return [PRIMARY, textOf(expression.value)];
    case 'null':
      return [PRIMARY, 'null'];
    case 'interval':
      return [PRIMARY, `interval ${stepsText(expression.count, expression.unit)}`];
    case 'column':
      return [PRIMARY, columnText(expression.column)];
    case 'negate': {
      const { of } = expression;
      return [SIGNED, of.op === 'number' ? `-(${of.value})` : `-${format(of, SIGNED)}`];
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '||': {
      const level = OPERATION_LEVELS.get(expression.op)!;
      const left = format(expression.left, level);
      return [level, `${left} ${expression.op} ${format(expression.right, level + 1)}`];
    }
    case 'and':
    case 'or': {
      const { op, of } = expression;
      if (of.length < 2) return [PRIMARY, `${op === 'and' ? 'all' : 'any'}(${list(of)})`];
      const parts = of.map((part) => format(part, NOT));
      return [op === 'and' ? 2 : OR, parts.map(apartFromNext).join(` ${op} `)];
    }
    case 'not':
      return expression.of.op === 'is-null'
        ? [CONDITION, `${format(expression.of.of, JOINED)} is not null`]
        : [NOT, `not (${format(expression.of, OR)})`];
    case 'case': {
      const { of, when, else: rest } = expression;
      const branches = when.map((b) => ` when ${format(b.if, OR)} then ${format(b.then, OR)}`);
      const end = rest === undefined ? '' : ` else ${format(rest, OR)}`;
      return [PRIMARY, `case${of ? ` ${subject(of)}` : ''}${branches.join('')}${end} end`];
    }
    case 'cast': {
      const to = /^[\w(), /]+$/.test(expression.to) ? expression.to : textOf(expression.to);
      const name = expression.onMisfit === 'null' ? 'try_cast' : 'cast';
      return [PRIMARY, `${name}(${format(expression.of, OR)} as ${to})`];
    }
    case 'call':
      return [PRIMARY, `${expression.name}(${list(expression.of)})`];
    default:
      return [CONDITION, conditionText(expression)];
  }
}

/** `ignoring accents and case …` would be read as ignoring both. */
function apartFromNext(part: string, i: number, parts: readonly string[]): string {
  const isTaken =
    / ignoring (case and accents|case|accents)$/.test(part) &&
    /^(case|accents)\b/i.test(parts[i + 1] ?? '');
  return isTaken ? `(${part})` : part;
}

type ConditionExpression = Exclude<
  Expression,
  {
    op:
      | 'number'
      | 'bool'
      | 'text'
      | 'null'
      | 'interval'
      | 'column'
      | 'negate'
      | Operation
      | 'and'
      | 'or'
      | 'not'
      | 'case'
      | 'cast'
      | 'call';
  }
>;

function conditionText(expression: ConditionExpression): string {
  const operand = (part: Expression): string => format(part, JOINED);
  switch (expression.op) {
    case 'is-null':
      return `${operand(expression.of)} is null`;
    case 'between':
      return `${operand(expression.of)} between ${operand(expression.low)} and ${operand(expression.high)}`;
    case 'in-range': {
      const from = expression.from === undefined ? '' : ` from ${operand(expression.from)}`;
      const to = expression.to === undefined ? '' : ` to ${operand(expression.to)}`;
      return `${operand(expression.of)} in range${from}${to}`;
    }
    case 'in': {
      const values = expression.values.map((value) => format(value, OR)).join(', ');
      return `${operand(expression.of)} in (${values})${foldingText(expression)}`;
    }
    case 'in-last':
    case 'in-next':
      return `${operand(expression.of)} ${expression.op.replace('-', ' ')} ${stepsText(expression.count, expression.unit)}`;
    case 'in-period':
      return `${operand(expression.of)} ${periodText(expression.unit, expression.offset)}`;
    case 'contains':
    case 'starts-with':
    case 'ends-with':
    case 'matches':
      return `${operand(expression.of)} ${expression.op.replace('-', ' ')} ${operand(expression.value)}${foldingText(expression)}`;
    default:
      return `${operand(expression.left)} ${expression.op} ${operand(expression.right)}${foldingText(expression)}`;
  }
}

/** What stands right behind `case`: in parentheses unless it can be nothing but a column. */
function subject(expression: Expression): string {
  const isPlain =
    expression.op === 'column' && !CONDITION_WORDS.has(expression.column.name.toLowerCase());
  return isPlain ? format(expression, PRIMARY) : `(${format(expression, OR)})`;
}

function format(expression: Expression, least: number): string {
  const [level, text] = written(expression);
  return level < least ? `(${text})` : text;
}

/** The text form of an expression: `parseExpression(formatExpression(x))` is `x` again (a folding of false is left out). */
export function formatExpression(expression: Expression): string {
  return format(expression, OR);
}
