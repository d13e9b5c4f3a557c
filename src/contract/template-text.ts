// Reads the template language: text with placeholders in braces, each an expression and what is done with its value.
import { ExportError } from './errors.ts';
import { parseExpression } from './expression-text.ts';
import type { Expression } from './expression.ts';
import { nearestNames } from './nearest-names.ts';
import { parseNumberMask, type NumberMask } from './number-mask.ts';
import { TEMPLATE_TEXTS as TEXTS } from './template-texts.ts';

/*
 * template    = { text | "{{" | "}}" | "{" placeholder "}" }
 * placeholder = ( "*" | "@" word | expression ) { "|" filter }
 * filter      = word [ ":" 'text' ]
 * An expression is what computed columns take: city, "unit price", upper(city), price * qty, format(placed, 'yyyy-MM-dd').
 */

/** The kinds of text that a template may be about. */
export const TARGET_IDS = [
  'none',
  'csv',
  'json',
  'html',
  'xml',
  'sql',
  'mysql',
  'url',
  'markdown',
  'latex',
] as const;

export type Target = (typeof TARGET_IDS)[number];

/** Things beside the columns: of the row, of the whole file, or known at its end only. */
export const WORDS = {
  rowNumber: 'row',
  index: 'row',
  columns: 'file',
  name: 'file',
  source: 'file',
  time: 'file',
  part: 'file',
  rows: 'end',
} as const;

export type Word = keyof typeof WORDS;

/** What is written of a value, in this order. */
export interface Finish {
  /** Instead of null. */
  otherwise: string | null;
  mask: NumberMask | null;
  /** Another than the template's target. */
  target: Target | null;
  /** Between the values of `*` and `@columns`. */
  join: string | null;
}

export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'all'; finish: Finish }
  | { kind: 'word'; word: Word; finish: Finish }
  | { kind: 'value'; expression: Expression; finish: Finish };

/** A mistake in a template: a whole sentence that names its line and column, and what to do. */
export class TemplateProblem extends Error {
  readonly remedy: string;
  constructor(sentence: string, remedy: string) {
    super(sentence);
    this.remedy = remedy;
  }
}

/** Where a template stands: the rows know everything of the row, what is around them does not. */
export type Place = 'prefix' | 'row' | 'suffix';

const EXPRESSION_FILTERS = new Set(['upper', 'lower', 'trim']);
const FILTERS = [
  ...EXPRESSION_FILTERS,
  'default',
  'date',
  'number',
  'join',
  'raw',
  ...TARGET_IDS.filter((target) => target !== 'none'),
];

/** Line and column of an offset, both from 1. */
function placeOf(template: string, at: number): { line: number; column: number } {
  const before = template.slice(0, at).split('\n');
  return { line: before.length, column: [...before.at(-1)!].length + 1 };
}

/** Reads one template. `columns`: the names there are, null = any. Throws TemplateProblem. */
export function parseTemplate(
  template: string,
  place: Place,
  columns: readonly string[] | null,
): Node[] {
  const fail = (at: number, detail: string, remedy: string): never => {
    const { line, column } = placeOf(template, at);
    throw new TemplateProblem(TEXTS.problem(place, line, column, detail), remedy);
  };
  const nodes: Node[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') nodes.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < template.length;) {
    const character = template[at]!;
    if (character !== '{' && character !== '}') {
      text += character;
      at++;
    } else if (template[at + 1] === character) {
      text += character;
      at += 2;
    } else if (character === '}') fail(at, TEXTS.strayBrace, TEXTS.doubleBrace);
    else {
      const end = endOf(template, at + 1);
      if (end < 0) fail(at, TEXTS.openBrace, TEXTS.closeBrace);
      flush();
      nodes.push(placeholder(template, at + 1, end, place, columns, fail));
      at = end + 1;
    }
  }
  flush();
  return nodes;
}

/** Calls `see` for each character outside of quotes until it says to stop; the offset there, or -1. */
function scan(text: string, from: number, to: number, see: (at: number) => boolean): number {
  let quote = '';
  for (let at = from; at < to; at++) {
    const character = text[at]!;
    if (quote !== '') {
      // A doubled quote closes and opens again.
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (see(at)) return at;
  }
  return -1;
}

const endOf = (template: string, from: number): number =>
  scan(template, from, template.length, (at) => template[at] === '}');

/** Offsets of the single bars; two of them join texts in an expression. */
function bars(template: string, from: number, to: number): number[] {
  const found: number[] = [];
  scan(template, from, to, (at) => {
    if (template[at] === '|' && template[at - 1] !== '|' && template[at + 1] !== '|')
      found.push(at);
    return false;
  });
  return found;
}

type Fail = (at: number, detail: string, remedy: string) => never;

function placeholder(
  template: string,
  from: number,
  to: number,
  place: Place,
  columns: readonly string[] | null,
  fail: Fail,
): Node {
  const cuts = [...bars(template, from, to), to];
  const head = template.slice(from, cuts[0]);
  const trimmed = head.trim();
  const start = from + (head.length - head.trimStart().length);
  const finish: Finish = { otherwise: null, mask: null, target: null, join: null };
  let node: Node;
  if (trimmed === '') fail(from, TEXTS.empty, TEXTS.nameColumn);
  if (trimmed === '*') node = { kind: 'all', finish };
  else if (trimmed.startsWith('@'))
    node = { kind: 'word', word: wordOf(trimmed.slice(1), start, place, fail), finish };
  else {
    if (place !== 'row') fail(start, TEXTS.noRow, TEXTS.useWord);
    node = { kind: 'value', expression: expressionOf(trimmed, start, columns, fail), finish };
  }
  if (node.kind === 'all' && place !== 'row') fail(start, TEXTS.noRow, TEXTS.useColumns);
  for (const [i, cut] of cuts.slice(0, -1).entries())
    node = filtered(node, template.slice(cut + 1, cuts[i + 1]), cut + 1, fail);
  return node;
}

function wordOf(name: string, at: number, place: Place, fail: Fail): Word {
  if (!Object.hasOwn(WORDS, name)) {
    const near = nearestNames(name, Object.keys(WORDS));
    fail(
      at,
      TEXTS.unknownWord(name),
      TEXTS.oneOf(near.length > 0 ? near : Object.keys(WORDS), '@'),
    );
  }
  const word = name as Word;
  if (WORDS[word] === 'row' && place !== 'row') fail(at, TEXTS.noRow, TEXTS.useWord);
  if (WORDS[word] === 'end' && place !== 'suffix') fail(at, TEXTS.notKnownYet, TEXTS.useInSuffix);
  return word;
}

function expressionOf(
  text: string,
  at: number,
  columns: readonly string[] | null,
  fail: Fail,
): Expression {
  try {
    return parseExpression(text, columns ?? undefined);
  } catch (thrown) {
    if (!(thrown instanceof ExportError)) throw thrown;
    const position = Number(thrown.parameters.position ?? 1);
    const near = nearestNames(text, columns ?? []);
    const detail = String(thrown.parameters.detail ?? thrown.message);
    return fail(
      at + position - 1,
      detail.replace(/\.$/, ''),
      near.length > 0 ? TEXTS.didYouMean(near) : thrown.hint,
    );
  }
}

const FILTER = /^\s*([A-Za-z][\w-]*)\s*(?::\s*(?:'((?:[^']|'')*)'|"((?:[^"]|"")*)")\s*)?$/;

/** The node with one filter more. */
function filtered(node: Node, text: string, at: number, fail: Fail): Node {
  const [, name = '', single, double] = FILTER.exec(text) ?? [];
  const argument = single?.replaceAll("''", "'") ?? double?.replaceAll('""', '"');
  if (!FILTERS.includes(name)) {
    const near = nearestNames(name === '' ? text.trim() : name, FILTERS);
    fail(at, TEXTS.unknownFilter(text.trim()), TEXTS.oneOf(near.length > 0 ? near : FILTERS, ''));
  }
  const needsArgument = ['default', 'date', 'number', 'join'].includes(name);
  if (needsArgument !== (argument !== undefined))
    fail(at, TEXTS.argument(name, needsArgument), TEXTS.exampleOf(name));
  const finish = { ...(node as { finish: Finish }).finish };
  if (EXPRESSION_FILTERS.has(name) || name === 'date') {
    if (node.kind !== 'value') return fail(at, TEXTS.onlyValues(name), TEXTS.nameColumn);
    const of: Expression[] = [node.expression];
    if (name === 'date') of.push({ op: 'text', value: argument! });
    const call = name === 'date' ? 'format' : name;
    return { ...node, expression: { op: 'call', name: call, of } };
  }
  switch (name) {
    case 'default':
      finish.otherwise = argument!;
      break;
    case 'number':
      finish.mask = parseNumberMask(argument!);
      if (finish.mask === null) fail(at, TEXTS.badMask(argument!), TEXTS.exampleOf(name));
      break;
    case 'join':
      if (node.kind !== 'all' && !(node.kind === 'word' && node.word === 'columns'))
        fail(at, TEXTS.onlyLists, TEXTS.exampleOf(name));
      finish.join = argument!;
      break;
    case 'raw':
      finish.target = 'none';
      break;
    default:
      finish.target = name as Target;
  }
  return { ...node, finish } as Node;
}
