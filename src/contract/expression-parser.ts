// Reads the text form of expressions; the filter's text form is the same language, read with a condition in mind.
import { parseTypeName, typeName } from '../table/data-type.ts';
import { ExportError, shorten } from './errors.ts';
import {
  TIME_STEPS,
  type ColumnRef,
  type Comparison,
  type Expression,
  type Folding,
  type Operation,
  type TextTest,
  type TimeStep,
} from './expression.ts';
import { readTokens, SYNTAX_ERRORS, type Language, type Token } from './filter-tokens.ts';

/*
 * or        = and {"or" and}
 * and       = not {"and" not}
 * not       = "not" not | condition
 * condition = joined [ compare joined [folding] | "is" ["not"] ("null" | "today" | "yesterday" | "tomorrow") | ["not"] test ]
 * test      = "in" "(" [or {"," or}] ")" [folding] | "between" joined "and" joined | "in" "range" ["from" joined] ["to" joined]
 *           | ("contains" | "starts" "with" | "ends" "with" | "matches") joined [folding]
 *           | "in" ("last" | "next") number unit | "in" ("this" | "previous" | "next") unit
 * folding   = "ignoring" ("case" | "accents") ["and" ("case" | "accents")]
 * joined    = sum {"||" sum}
 * sum       = product {("+" | "-") product}
 * product   = signed {("*" | "/" | "%") signed}
 * signed    = ("-" | "+") signed | primary
 * primary   = 'text' | number | "true" | "false" | "null" | "interval" number unit | column | "(" or ")"
 *           | name "(" [or {"," or}] ")" | ("cast" | "try_cast") "(" or "as" type ")"
 *           | "case" [joined] "when" or "then" or {"when" or "then" or} ["else" or] "end"
 * column    = name | "quoted name", either with #2 for the second column of that name
 */

const MAX_DEPTH = 200;
/** Operators in a whole text: each may stand in the one after it. */
const MAX_OPERATORS = 1000;

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
export const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'null',
  'between',
  'true',
  'false',
]);

/** Words that go on with a condition: after `case` they mean that it is a column. */
export const CONDITION_WORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'between',
  'contains',
  'starts',
  'ends',
  'matches',
]);

/** What may follow a column in a filter. */
export const CONDITION =
  'a comparison (=, !=, <, <=, >, >=), between, in, contains, starts with, ends with, matches or is null';

const DAYS = new Map<string, -1 | 0 | 1>([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);

/** Usual names of other languages for types of ours. */
const TYPE_ALIASES = new Map([
  ['int', 'int64'],
  ['integer', 'int64'],
  ['bigint', 'int64'],
  ['float', 'float64'],
  ['double', 'float64'],
  ['string', 'utf8'],
  ['varchar', 'utf8'],
  ['timestamp', 'timestamp(us)'],
  ['time', 'time(us)'],
]);

const positions = new WeakMap<Expression, number>();

/** Where an expression that was read from text stood (1-based, in UTF-16 code units); undefined for one that was not. */
export function positionOf(expression: Expression): number | undefined {
  return positions.get(expression);
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

const LEFT = {
  filter: 'a column, not, or “(”',
  expression: "a column, a number, a text in 'single quotes', a function or “(”",
} as const;
const RIGHT = "a number, a text in 'single quotes', a column or a function";

export class Parser {
  readonly #text: string;
  readonly #language: Language;
  readonly #tokens: readonly Token[];
  readonly #columns: ReadonlySet<string> | null;
  /** First token of, and first token after, the expressions that are no conditions. */
  readonly #spans = new WeakMap<Expression, [from: Token, to: Token]>();
  #at = 0;
  #depth = 0;
  #operators = 0;

  constructor(text: string, language: Language, columns: readonly string[] | undefined) {
    this.#text = text;
    this.#language = language;
    this.#tokens = readTokens(text, language);
    this.#columns = columns ? new Set(columns) : null;
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  #fail(expected: string, token = this.#token): ExportError {
    const found =
      token.kind === 'end' ? `the ${this.#language} ends here` : `found ${shorten(token.source)}`;
    return new ExportError(SYNTAX_ERRORS[this.#language], {
      position: token.position,
      detail: found,
      of: '',
      expected,
    });
  }

  /** The error that something else was expected where an expression stands (`start`) or right after it (`end`). */
  wrong(expression: Expression, where: 'start' | 'end', expected?: string): ExportError {
    const span = this.#spans.get(expression);
    return this.#fail(expected ?? LEFT[this.#language], span?.[where === 'start' ? 0 : 1]);
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

  #isSign(offset: number, ...signs: string[]): boolean {
    const token = this.#tokens[this.#at + offset];
    return token?.kind === 'sign' && signs.includes(token.text);
  }

  #isWord(offset: number, ...words: string[]): boolean {
    const token = this.#tokens[this.#at + offset];
    return token?.kind === 'word' && words.includes(token.text.toLowerCase());
  }

  #place<E extends Expression>(expression: E, token: Token): E {
    positions.set(expression, token.position);
    return expression;
  }

  whole(): Expression {
    const expression = this.#or(LEFT[this.#language]);
    if (this.#token.kind !== 'end')
      throw this.#fail(
        this.#language === 'filter'
          ? 'and, or, or the end of the filter'
          : 'an operator, or the end of the expression',
      );
    return expression;
  }

  #list<T>(next: () => T): T[] {
    const items: T[] = [];
    if (this.#take(')')) return items;
    do items.push(next());
    while (this.#take(','));
    if (!this.#take(')')) throw this.#fail('“,” or “)”');
    return items;
  }

  #many(op: 'and' | 'or', next: () => Expression): Expression {
    const start = this.#token;
    const first = next();
    const of = [first];
    while (this.#take(op)) of.push(next());
    return of.length === 1 ? first : this.#place({ op, of }, start);
  }

  #or(expected: string = LEFT[this.#language]): Expression {
    return this.#many('or', () => this.#many('and', () => this.#not(expected)));
  }

  #not(expected: string): Expression {
    if (++this.#depth > MAX_DEPTH) throw this.#fail(`at most ${MAX_DEPTH} levels of nesting`);
    try {
      const start = this.#token;
      if (this.#take('not')) return this.#place({ op: 'not', of: this.#not(expected) }, start);
      return this.#condition(expected);
    } finally {
      this.#depth--;
    }
  }

  #condition(expected: string): Expression {
    const of = this.#joined(expected);
    const token = this.#token;
    const comparison = token.kind === 'sign' ? COMPARISONS.get(token.text) : undefined;
    if (comparison !== undefined) {
      this.#at++;
      const right = this.#joined(RIGHT);
      return this.#place({ op: comparison, left: of, right, ...this.#folding() }, token);
    }
    if (this.#take('is')) {
      const isNegated = this.#take('not');
      return this.#negated(this.#place(this.#isTest(of), token), isNegated, token);
    }
    const isNegated = this.#take('not');
    const test = this.#test(of);
    if (test === null) {
      if (isNegated) throw this.#fail('between, in, contains, starts with, ends with or matches');
      return of;
    }
    return this.#negated(this.#place(test, token), isNegated, token);
  }

  #negated(test: Expression, isNegated: boolean, token: Token): Expression {
    return isNegated ? this.#place({ op: 'not', of: test }, token) : test;
  }

  #isTest(of: Expression): Expression {
    if (this.#take('null')) return { op: 'is-null', of };
    for (const [word, offset] of DAYS)
      if (this.#take(word)) return { op: 'in-period', of, unit: 'day', offset };
    throw this.#fail('null, today, yesterday or tomorrow');
  }

  #test(of: Expression): Expression | null {
    if (this.#take('between')) {
      const low = this.#joined(RIGHT);
      this.#need('and');
      return { op: 'between', of, low, high: this.#joined(RIGHT) };
    }
    if (this.#take('in')) return this.#inTest(of);
    let op: TextTest | null = null;
    if (this.#take('contains')) op = 'contains';
    else if (this.#take('matches')) op = 'matches';
    else if (this.#isWord(0, 'starts', 'ends')) {
      op = this.#take('starts') ? 'starts-with' : 'ends-with';
      if (op === 'ends-with') this.#at++;
      this.#need('with');
    }
    if (op === null) return null;
    const start = this.#token;
    const value = this.#joined("a text in 'single quotes'");
    if (value.op === 'number' || value.op === 'bool' || value.op === 'null')
      throw this.#fail("a text in 'single quotes'", start);
    return { op, of, value, ...this.#folding() };
  }

  #inTest(of: Expression): Expression {
    if (this.#take('(')) {
      const values = this.#list(() => this.#or(RIGHT));
      return { op: 'in', of, values, ...this.#folding() };
    }
    if (this.#take('range')) {
      const range: Expression = { op: 'in-range', of };
      if (this.#take('from')) range.from = this.#joined(RIGHT);
      if (this.#take('to')) range.to = this.#joined(RIGHT);
      return range;
    }
    if (this.#take('last')) return { op: 'in-last', of, ...this.#steps() };
    if (this.#take('this')) return { op: 'in-period', of, unit: this.#unit(), offset: 0 };
    if (this.#take('previous')) return { op: 'in-period', of, unit: this.#unit(), offset: -1 };
    if (this.#take('next'))
      return this.#token.kind === 'number'
        ? { op: 'in-next', of, ...this.#steps() }
        : { op: 'in-period', of, unit: this.#unit(), offset: 1 };
    throw this.#fail('“(” or range, last, next, this, previous');
  }

  #steps(): { count: number; unit: TimeStep } {
    const { kind, text } = this.#token;
    if (kind !== 'number' || !/^[1-9]\d{0,5}$/.test(text))
      throw this.#fail('a number from 1 to 999999, then days, weeks, months …');
    this.#at++;
    return { count: Number(text), unit: this.#unit() };
  }

  #unit(): TimeStep {
    const { kind, text } = this.#token;
    const name = text.toLowerCase();
    const unit = TIME_STEPS.find((step) => name === step || name === `${step}s`);
    if (kind !== 'word' || unit === undefined)
      throw this.#fail('second, minute, hour, day, week, month, quarter or year');
    this.#at++;
    return unit;
  }

  /** `and` goes on only where what follows is no condition on a column called case or accents. */
  #folding(): Folding {
    const folding: Folding = {};
    const isFold = (offset: number): boolean => this.#isWord(offset, 'case', 'accents');
    const take = (): void => {
      if (this.#take('case')) folding.ignoreCase = true;
      else if (this.#take('accents')) folding.ignoreAccents = true;
      else throw this.#fail('case or accents');
    };
    const goesOn = (): boolean => {
      const next = this.#tokens[this.#at + 2];
      return (
        next === undefined ||
        next.kind === 'end' ||
        this.#isSign(2, ')', ',') ||
        this.#isWord(2, 'and', 'or', 'then', 'when', 'else', 'end', 'as')
      );
    };
    while (this.#take('ignoring')) {
      take();
      while (this.#isWord(0, 'and') && isFold(1) && goesOn()) {
        this.#at++;
        take();
      }
    }
    return folding;
  }

  #chain(signs: Operation[], next: (expected: string) => Expression, expected: string): Expression {
    const start = this.#token;
    let left = next(expected);
    for (;;) {
      const token = this.#token;
      const op = signs.find((sign) => this.#isSign(0, sign));
      if (op === undefined) return left;
      if (++this.#operators > MAX_OPERATORS) throw this.#fail(`at most ${MAX_OPERATORS} operators`);
      this.#at++;
      left = this.#place({ op, left, right: next(RIGHT) }, token);
      this.#spans.set(left, [start, this.#token]);
    }
  }

  #joined(expected: string): Expression {
    return this.#chain(['||'], (first) => this.#sum(first), expected);
  }

  #sum(expected: string): Expression {
    return this.#chain(['+', '-'], (first) => this.#product(first), expected);
  }

  #product(expected: string): Expression {
    return this.#chain(['*', '/', '%'], (first) => this.#signed(first), expected);
  }

  #signed(expected: string): Expression {
    const start = this.#token;
    let isNegative = false;
    let signs = 0;
    const negations: Token[] = [];
    while (this.#isSign(0, '-', '+')) {
      if (++signs > MAX_DEPTH) throw this.#fail(`at most ${MAX_DEPTH} levels of nesting`);
      const token = this.#token;
      const isMinus = this.#take('-');
      if (!isMinus) this.#at++;
      // The sign right before digits is theirs.
      if (isMinus && this.#token.kind === 'number') isNegative = true;
      else if (isMinus) negations.push(token);
    }
    let value = this.#primary(signs === 0 ? expected : RIGHT);
    if (isNegative && value.op === 'number')
      value = this.#place({ op: 'number', value: `-${value.value}` }, start);
    for (const token of negations.toReversed())
      value = this.#place({ op: 'negate', of: value }, token);
    if (!this.#spans.has(value)) this.#spans.set(value, [start, this.#token]);
    return value;
  }

  #primary(expected: string): Expression {
    const token = this.#token;
    const { kind, text } = token;
    if (kind === 'text' || kind === 'number') {
      this.#at++;
      return this.#place({ op: kind, value: text }, token);
    }
    if (this.#take('(')) {
      const inner = this.#or();
      this.#need(')');
      return inner;
    }
    if (kind === 'word') {
      const word = this.#wordPrimary(token);
      if (word !== null) return this.#place(word, token);
    }
    return this.#place({ op: 'column', column: this.#column(expected) }, token);
  }

  #wordPrimary(token: Token): Expression | null {
    if (this.#take('true')) return { op: 'bool', value: true };
    if (this.#take('false')) return { op: 'bool', value: false };
    if (this.#take('null')) return { op: 'null' };
    if (this.#isWord(0, 'case') && this.#beginsCase()) return this.#case();
    const isNumber = (offset: number): boolean =>
      this.#tokens[this.#at + offset]?.kind === 'number';
    if (this.#isWord(0, 'interval') && (isNumber(1) || (this.#isSign(1, '-') && isNumber(2)))) {
      this.#at++;
      const sign = this.#take('-') ? -1 : 1;
      const { count, unit } = this.#steps();
      return { op: 'interval', count: count * sign, unit };
    }
    if (!this.#isSign(1, '(') || RESERVED.has(token.text.toLowerCase())) return null;
    const name = token.text.toLowerCase();
    this.#at += 2;
    if (name === 'cast' || name === 'try_cast') return this.#cast(name === 'try_cast');
    const of = this.#list(() => this.#or(name === 'all' || name === 'any' ? undefined : RIGHT));
    if (name === 'all' || name === 'any') return { op: name === 'all' ? 'and' : 'or', of };
    return { op: 'call', name, of };
  }

  /** `case` is a column where what follows can only go on with a condition. */
  #beginsCase(): boolean {
    const next = this.#tokens[this.#at + 1]!;
    if (next.kind === 'sign') return next.text === '(';
    if (next.kind === 'word') return !CONDITION_WORDS.has(next.text.toLowerCase());
    return next.kind !== 'end';
  }

  #case(): Expression {
    this.#at++;
    const expression: Expression = { op: 'case', when: [] };
    if (!this.#isWord(0, 'when')) expression.of = this.#joined(RIGHT);
    while (this.#take('when')) {
      const condition = this.#or();
      this.#need('then');
      expression.when.push({ if: condition, then: this.#or(RIGHT) });
    }
    if (expression.when.length === 0) throw this.#fail('when');
    if (this.#take('else')) expression.else = this.#or(RIGHT);
    if (!this.#take('end')) throw this.#fail('when, else or end');
    return expression;
  }

  #cast(isTry: boolean): Expression {
    const of = this.#or(RIGHT);
    this.#need('as');
    const start = this.#token;
    let to: string;
    if (start.kind === 'text') {
      to = start.text;
      this.#at++;
    } else {
      let depth = 0;
      while (this.#token.kind !== 'end' && !(depth === 0 && this.#isSign(0, ')'))) {
        depth += this.#isSign(0, '(') ? 1 : this.#isSign(0, ')') ? -1 : 0;
        this.#at++;
      }
      to = this.#text.slice(start.position - 1, this.#token.position - 1).trim();
    }
    const type = parseTypeName(TYPE_ALIASES.get(to.toLowerCase()) ?? to);
    if (type === null)
      throw this.#fail(
        'a type: text, bool, int64, float64, decimal(12,2), date, time(us), timestamp(us) …',
        start,
      );
    this.#need(')');
    return { op: 'cast', of, to: typeName(type), ...(isTry ? { onMisfit: 'null' as const } : {}) };
  }

  #column(expected: string): ColumnRef {
    const token = this.#token;
    const isBare = token.kind === 'word' && !RESERVED.has(token.text.toLowerCase());
    if (!isBare && token.kind !== 'name') throw this.#fail(expected);
    this.#at++;
    if (this.#columns && !this.#columns.has(token.text)) {
      const known = nearest(token.text, [...this.#columns]).map((name) => shorten(name, 40));
      throw new ExportError(SYNTAX_ERRORS[this.#language], {
        position: token.position,
        detail: `there is no column “${shorten(token.text)}”`,
        of: '',
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
}
