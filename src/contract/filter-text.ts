// The filter's text form, both ways: `status = 'failed' and duration_ms > 250`.
import { ExportError, shorten } from './errors.ts';
import type { ColumnRef, Comparison, FilterExpression, FilterValue, TextTest } from './filter.ts';
import { readTokens, type Token } from './filter-tokens.ts';

/*
 * or       = and {"or" and}
 * and      = not {"and" not}
 * not      = "not" not | "(" or ")" | ("all" | "any") "(" [or {"," or}] ")" | condition
 * condition= column ( compare value [case] | ["not"] "in" "(" [value {"," value}] ")" [case]
 *          | ["not"] "between" value "and" value | ["not"] "in" "range" ["from" value] ["to" value]
 *          | ["not"] ("contains" | "starts" "with" | "ends" "with" | "matches") text [case] | "is" ["not"] "null" )
 * case     = "ignoring" "case"
 * column   = name | "quoted name", either with #2 for the second column of that name
 * value    = 'text' | number | "true" | "false"
 */

const MAX_DEPTH = 200;

const COMPARISONS = new Map<string, Comparison>([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['≠', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['≤', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['≥', '>='],
]);

/** Words that cannot stand for a column without quotes. */
const RESERVED = new Set(['and', 'or', 'not', 'in', 'is', 'null', 'between', 'true', 'false']);

const CONDITION =
  'a comparison (=, !=, <, <=, >, >=), between, in, contains, starts with, ends with, matches or is null';

/** A digits-only number beyond 2^53 stays text; so does a decimal that a double does not give back. */
function numberValue(text: string): FilterValue {
  const number = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(number) ? number : text;
  if (!Number.isFinite(number)) return text;
  if (/e/i.test(text) || String(number) === text) return number;
  return text.replace(/^-?0*\.?0*|\./g, '').length <= 15 ? number : text;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #columns: ReadonlySet<string> | null;
  #at = 0;
  #depth = 0;

  constructor(text: string, columns: readonly string[] | undefined) {
    this.#tokens = readTokens(text);
    this.#columns = columns ? new Set(columns) : null;
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  #fail(expected: string, token = this.#token): ExportError {
    const found = token.kind === 'end' ? 'the filter ends here' : `found ${shorten(token.source)}`;
    return new ExportError('filter.syntax', { position: token.position, detail: found, expected });
  }

  /** Takes the token if it is this unquoted word or sign. */
  #take(text: string): boolean {
    const token = this.#token;
    const isIt =
      (token.kind === 'word' && token.text.toLowerCase() === text) ||
      (token.kind === 'sign' && token.text === text);
    if (isIt) this.#at++;
    return isIt;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw this.#fail(/\w/.test(text) ? text : `“${text}”`);
  }

  #isWord(offset: number, ...words: string[]): boolean {
    const token = this.#tokens[this.#at + offset];
    return token?.kind === 'word' && words.includes(token.text.toLowerCase());
  }

  whole(): FilterExpression {
    const expression = this.#or();
    if (this.#token.kind !== 'end') throw this.#fail('and, or, or the end of the filter');
    return expression;
  }

  #joined(op: 'and' | 'or', next: () => FilterExpression): FilterExpression {
    const first = next();
    const of = [first];
    while (this.#take(op)) of.push(next());
    return of.length === 1 ? first : { op, of };
  }

  #or(): FilterExpression {
    return this.#joined('or', () => this.#joined('and', () => this.#not()));
  }

  #not(): FilterExpression {
    if (++this.#depth > MAX_DEPTH) throw this.#fail(`at most ${MAX_DEPTH} levels of nesting`);
    try {
      if (this.#take('not')) return { op: 'not', of: this.#not() };
      if (this.#take('(')) {
        const inner = this.#or();
        this.#need(')');
        return inner;
      }
      const next = this.#tokens[this.#at + 1];
      if (this.#isWord(0, 'all', 'any') && next?.kind === 'sign' && next.text === '(') {
        const op = this.#take('all') ? 'and' : 'or';
        if (op === 'or') this.#at++;
        this.#at++;
        return { op, of: this.#list(() => this.#or()) };
      }
      return this.#condition();
    } finally {
      this.#depth--;
    }
  }

  /** Items with commas between them up to the closing parenthesis. */
  #list<T>(next: () => T): T[] {
    const items: T[] = [];
    if (this.#take(')')) return items;
    do items.push(next());
    while (this.#take(','));
    if (!this.#take(')')) throw this.#fail('“,” or “)”');
    return items;
  }

  #column(): ColumnRef {
    const token = this.#token;
    const isBare = token.kind === 'word' && !RESERVED.has(token.text.toLowerCase());
    if (!isBare && token.kind !== 'name') throw this.#fail('a column, not, or “(”');
    this.#at++;
    if (this.#columns && !this.#columns.has(token.text)) {
      const known = nearest(token.text, [...this.#columns]).map((name) => shorten(name, 40));
      throw new ExportError('filter.syntax', {
        position: token.position,
        detail: `there is no column “${shorten(token.text)}”`,
        expected: `one of ${known.join(', ')}`,
      });
    }
    if (!this.#take('#')) return { name: token.text };
    const nth = this.#token;
    if (nth.kind !== 'number' || !/^[1-9]\d{0,8}$/.test(nth.text))
      throw this.#fail('a number from 1, which of the columns of that name');
    this.#at++;
    return { name: token.text, nth: Number(nth.text) - 1 };
  }

  #value(): FilterValue {
    const token = this.#token;
    if (token.kind === 'text') {
      this.#at++;
      return token.text;
    }
    if (token.kind === 'number') {
      this.#at++;
      return numberValue(token.text);
    }
    if (this.#take('true')) return true;
    if (this.#take('false')) return false;
    throw this.#fail("a number, a text in 'single quotes', true or false");
  }

  #text(): string {
    const token = this.#token;
    if (token.kind !== 'text') throw this.#fail("a text in 'single quotes'");
    this.#at++;
    return token.text;
  }

  #ignoreCase(): { ignoreCase?: true } {
    if (!this.#take('ignoring')) return {};
    this.#need('case');
    return { ignoreCase: true };
  }

  #condition(): FilterExpression {
    const column = this.#column();
    const sign = this.#token;
    const comparison = sign.kind === 'sign' ? COMPARISONS.get(sign.text) : undefined;
    if (comparison !== undefined) {
      this.#at++;
      const value = this.#value();
      return { op: comparison, column, value, ...this.#ignoreCase() };
    }
    if (this.#take('is')) {
      const isNegated = this.#take('not');
      this.#need('null');
      const test: FilterExpression = { op: 'is-null', column };
      return isNegated ? { op: 'not', of: test } : test;
    }
    if (this.#take('not')) {
      const test = this.#wordCondition(column);
      if (test === null)
        throw this.#fail('between, in, contains, starts with, ends with or matches');
      return { op: 'not', of: test };
    }
    const test = this.#wordCondition(column);
    if (test === null) throw this.#fail(CONDITION);
    return test;
  }

  #wordCondition(column: ColumnRef): FilterExpression | null {
    if (this.#take('between')) {
      const low = this.#value();
      this.#need('and');
      return { op: 'between', column, low, high: this.#value() };
    }
    if (this.#take('in')) {
      if (!this.#take('range')) {
        if (!this.#take('(')) throw this.#fail('“(” or range');
        const values = this.#list(() => this.#value());
        return { op: 'in', column, values, ...this.#ignoreCase() };
      }
      const range: FilterExpression = { op: 'in-range', column };
      if (this.#take('from')) range.from = this.#value();
      if (this.#take('to')) range.to = this.#value();
      return range;
    }
    let op: TextTest | null = null;
    if (this.#take('contains')) op = 'contains';
    else if (this.#take('matches')) op = 'matches';
    else if (this.#isWord(0, 'starts', 'ends')) {
      op = this.#take('starts') ? 'starts-with' : 'ends-with';
      if (op === 'ends-with') this.#at++;
      this.#need('with');
    }
    return op && { op, column, value: this.#text(), ...this.#ignoreCase() };
  }
}

/** Columns named in an error at most. */
const MOST_NAMED = 8;

/** The names that may have been meant: those that begin alike or hold the text first. */
function nearest(text: string, names: readonly string[]): string[] {
  const wanted = text.toLowerCase();
  const isNear = (name: string): boolean =>
    name.toLowerCase().startsWith(wanted.slice(0, 3)) || name.toLowerCase().includes(wanted);
  const named = names.filter((name) => name !== '');
  return [...named.filter(isNear), ...named.filter((name) => !isNear(name))].slice(0, MOST_NAMED);
}

/**
 * Reads a filter's text form. With `columns` (names, in any order) a name that is none of them is a mistake too.
 * Throws `filter.syntax` with `position` (1-based, in UTF-16 code units as text fields count them) and `expected`.
 */
export function parseFilter(text: string, columns?: readonly string[]): FilterExpression {
  return new Parser(text, columns).whole();
}

const KEYWORDS = new Set([...RESERVED, 'all', 'any']);

function columnText({ name, nth }: ColumnRef): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_.$]*$/u.test(name) && !KEYWORDS.has(name.toLowerCase());
  const written = isPlain ? name : `"${name.replaceAll('"', '""')}"`;
  return nth === undefined ? written : `${written}#${nth + 1}`;
}

function valueText(value: FilterValue): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (!Number.isFinite(value)) return `'${value}'`;
  if (Object.is(value, -0)) return '-0';
  // Digits alone beyond 2^53 would be read as text.
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? value.toExponential()
    : String(value);
}

/**
 * The text form of a filter: `parseFilter(formatFilter(x))` is `x` again (an `ignoreCase` of false is left out, and a number
 * that is not finite becomes text, as JSON has none).
 */
export function formatFilter(expression: FilterExpression): string {
  const caseText = 'ignoreCase' in expression && expression.ignoreCase ? ' ignoring case' : '';
  switch (expression.op) {
    case 'and':
    case 'or': {
      if (expression.of.length < 2)
        return `${expression.op === 'and' ? 'all' : 'any'}(${expression.of.map(formatFilter).join('')})`;
      return expression.of
        .map((part) =>
          (part.op === 'and' || part.op === 'or') && part.of.length > 1
            ? `(${formatFilter(part)})`
            : formatFilter(part),
        )
        .join(` ${expression.op} `);
    }
    case 'not':
      return expression.of.op === 'is-null'
        ? `${columnText(expression.of.column)} is not null`
        : `not (${formatFilter(expression.of)})`;
    case 'is-null':
      return `${columnText(expression.column)} is null`;
    case 'between':
      return `${columnText(expression.column)} between ${valueText(expression.low)} and ${valueText(expression.high)}`;
    case 'in-range': {
      const from = expression.from === undefined ? '' : ` from ${valueText(expression.from)}`;
      const to = expression.to === undefined ? '' : ` to ${valueText(expression.to)}`;
      return `${columnText(expression.column)} in range${from}${to}`;
    }
    case 'in':
      return `${columnText(expression.column)} in (${expression.values.map(valueText).join(', ')})${caseText}`;
    default:
      return `${columnText(expression.column)} ${expression.op.replace('-', ' ')} ${valueText(expression.value)}${caseText}`;
  }
}
