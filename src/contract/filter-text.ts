// The filter's text form, both ways: `status = 'failed' and duration_ms > 250`.
import { CONDITION, Parser } from './expression-parser.ts';
import { formatExpression } from './expression-text.ts';
import type { Expression, Folding } from './expression.ts';
import type { FilterExpression, FilterValue } from './filter.ts';

/** A digits-only number beyond 2^53 stays text; so does a decimal that a double does not give back. */
function numberValue(text: string): FilterValue {
  const number = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(number) ? number : text;
  if (!Number.isFinite(number)) return text;
  if (/e/i.test(text) || String(number) === text) return number;
  return text.replace(/^-?0*\.?0*|\./g, '').length <= 15 ? number : text;
}

/** The constant of a condition on one column; undefined for what is none. */
function constantOf(expression: Expression): FilterValue | undefined {
  if (expression.op === 'number') return numberValue(expression.value);
  return expression.op === 'text' || expression.op === 'bool' ? expression.value : undefined;
}

const foldingOf = ({ ignoreCase, ignoreAccents }: Folding): Folding => ({
  ...(ignoreCase ? { ignoreCase } : {}),
  ...(ignoreAccents ? { ignoreAccents } : {}),
});

const NO_VALUE = 'a value (null is asked for with “is null”)';

/** A condition on one column and constants in its plain form, any other as an expression. */
function conditionOf(expression: Expression, parser: Parser): FilterExpression {
  const isTrue: FilterExpression = { op: 'is-true', of: expression };
  switch (expression.op) {
    case 'and':
    case 'or':
      return { op: expression.op, of: expression.of.map((part) => conditionOf(part, parser)) };
    case 'not':
      return { op: 'not', of: conditionOf(expression.of, parser) };
    case 'number':
    case 'text':
    case 'bool':
    case 'null':
    case 'interval':
      throw parser.wrong(expression, 'start');
    case 'column':
    case 'negate':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '||':
      throw parser.wrong(expression, 'end', CONDITION);
    case 'case':
    case 'cast':
    case 'call':
      return isTrue;
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const { op, left, right } = expression;
      const value = constantOf(right);
      for (const side of [left, right])
        if (side.op === 'null') throw parser.wrong(side, 'start', NO_VALUE);
      if (value !== undefined && left.op === 'column')
        return { op, column: left.column, value, ...foldingOf(expression) };
      if (value !== undefined && constantOf(left) !== undefined) throw parser.wrong(left, 'start');
      return { op: 'compare', left, is: op, right, ...foldingOf(expression) };
    }
    default:
      break;
  }
  const { of } = expression;
  if (of.op !== 'column') return isTrue;
  const { column } = of;
  switch (expression.op) {
    case 'is-null':
      return { op: 'is-null', column };
    case 'in-last':
    case 'in-next':
      return { op: expression.op, column, count: expression.count, unit: expression.unit };
    case 'in-period':
      return { op: 'in-period', column, unit: expression.unit, offset: expression.offset };
    case 'between': {
      const low = constantOf(expression.low);
      const high = constantOf(expression.high);
      return low === undefined || high === undefined
        ? isTrue
        : { op: 'between', column, low, high };
    }
    case 'in-range': {
      const from = expression.from && constantOf(expression.from);
      const to = expression.to && constantOf(expression.to);
      if ((expression.from && from === undefined) || (expression.to && to === undefined))
        return isTrue;
      return {
        op: 'in-range',
        column,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
    }
    case 'in': {
      const values = expression.values.map(constantOf);
      return values.includes(undefined)
        ? isTrue
        : { op: 'in', column, values: values as FilterValue[], ...foldingOf(expression) };
    }
    default:
      return expression.value.op === 'text'
        ? { op: expression.op, column, value: expression.value.value, ...foldingOf(expression) }
        : isTrue;
  }
}

/**
 * Reads a filter's text form. With `columns` (names, in any order) a name that is none of them is a mistake too.
 * Throws `filter.syntax` with `position` (1-based, in UTF-16 code units as text fields count them) and `expected`.
 */
export function parseFilter(text: string, columns?: readonly string[]): FilterExpression {
  const parser = new Parser(text, 'filter', columns);
  return conditionOf(parser.whole(), parser);
}

function literalOf(value: FilterValue): Expression {
  if (typeof value === 'boolean') return { op: 'bool', value };
  if (typeof value === 'string') return { op: 'text', value };
  if (!Number.isFinite(value)) return { op: 'text', value: String(value) };
  if (Object.is(value, -0)) return { op: 'number', value: '-0' };
  // Digits alone beyond 2^53 would be read as text.
  const isLong = Number.isInteger(value) && !Number.isSafeInteger(value);
  return { op: 'number', value: isLong ? value.toExponential() : String(value) };
}

/** A filter as an expression that is true, false or null for the same rows. */
export function expressionOfFilter(filter: FilterExpression): Expression {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, of: filter.of.map(expressionOfFilter) };
    case 'not':
      return { op: 'not', of: expressionOfFilter(filter.of) };
    case 'is-true':
      return filter.of;
    case 'compare':
      return { op: filter.is, left: filter.left, right: filter.right, ...foldingOf(filter) };
    default:
      break;
  }
  const of: Expression = { op: 'column', column: filter.column };
  switch (filter.op) {
    case 'is-null':
      return { op: 'is-null', of };
    case 'in-last':
    case 'in-next':
      return { op: filter.op, of, count: filter.count, unit: filter.unit };
    case 'in-period':
      return { op: 'in-period', of, unit: filter.unit, offset: filter.offset };
    case 'between':
      return { op: 'between', of, low: literalOf(filter.low), high: literalOf(filter.high) };
    case 'in-range':
      return {
        op: 'in-range',
        of,
        ...(filter.from === undefined ? {} : { from: literalOf(filter.from) }),
        ...(filter.to === undefined ? {} : { to: literalOf(filter.to) }),
      };
    case 'in':
      return { op: 'in', of, values: filter.values.map(literalOf), ...foldingOf(filter) };
    case 'contains':
    case 'starts-with':
    case 'ends-with':
    case 'matches':
      return { op: filter.op, of, value: literalOf(filter.value), ...foldingOf(filter) };
    default:
      return { op: filter.op, left: of, right: literalOf(filter.value), ...foldingOf(filter) };
  }
}

/**
 * The text form of a filter: `parseFilter(formatFilter(x))` is `x` again (a folding of false is left out, a number that is not
 * finite becomes text, as JSON has none, and an expression that is a plain condition comes back as one).
 */
export function formatFilter(expression: FilterExpression): string {
  return formatExpression(expressionOfFilter(expression));
}
