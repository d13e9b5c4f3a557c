// How text by a template is read back to compare its values: only where every value can be told from what stands behind it.
import { formatExpression } from '../../contract/expression-text.ts';
import { measuresOf, type ReadBack } from '../../contract/read-back.ts';
import {
  type Finish,
  type Node,
  type Place,
  type Target,
  type Word,
} from '../../contract/template-text.ts';
import { resolveColumn } from '../../contract/columns.ts';
import type { DataType, Field, Schema } from '../../table/data-type.ts';
import type { ColumnMeasure } from '../../table/fingerprint.ts';
import { readTemplates } from './check.ts';
import { NO_XML, shapeOf, TARGETS } from './escapes.ts';
import type { TextOptions } from './options.ts';
import { READ_BACK_TEXTS as TEXTS } from './texts.ts';

/** A reason that is told to people. */
class Unread extends Error {}

const unread = (reason: string): never => {
  throw new Unread(reason);
};

/** Signs that numbers, truth values, dates, times and identifiers are made of; those with a time have blanks too. */
const OF_VALUES = /[\w+\-.:]/;
const OF_TIMES = /[\w+\-.: ]/;

/** Words whose text is digits or a time. */
const PLAIN_WORDS: ReadonlySet<Word> = new Set(['rowNumber', 'index', 'rows', 'part', 'time']);

/** Signs that no value has, as it is written for a target: the first of them ends it. */
const ENDS: Readonly<Partial<Record<Target, RegExp>>> = {
  csv: /["\r\n,;\t|]/,
  html: /[<>"'\r]/,
  xml: /[<>"'\r]/,
  url: /[^\w\-.~%]/,
  markdown: /[`*_{}[\]()#+\-.!|~&$\r\n]/,
  latex: /[~^<>|"$&#_%]|\\\\/,
};

const CLOSED: ReadonlySet<Target> = new Set(['json', 'sql', 'mysql']);

/** What stands in the row, and what ends it. */
interface Piece {
  /** As people know it. */
  name: string;
  target: Target;
  /** Of values; null of words. */
  field: Field | null;
  word: Word | null;
  finish: Finish;
  /** Of values: its place in the schema. */
  position: number;
}

type Part = { kind: 'text'; text: string } | ({ kind: 'value' } & Piece);

const textOf = (part: Part | undefined): string => (part?.kind === 'text' ? part.text : '');

/** Whether a text ends what stands before it, whatever that is. */
function endsValue(text: string, { target, field, word, finish }: Piece, nullText = ''): boolean {
  // What goes on with a quote, a number or a word would be taken for more of the value.
  if (target === 'json') return text !== '' && !/^[\w+\-.]/.test(text);
  if (CLOSED.has(target)) return text !== '' && !/^[\w+\-.']/.test(text);
  if (target === 'none') {
    const own = field === null ? signsOfWord(word!) : signsOf(field);
    const nulls = nullText + (finish.otherwise ?? '');
    return own !== null && [...text].some((sign) => !own.test(sign) && !nulls.includes(sign));
  }
  const at = text.search(ENDS[target]!);
  if (at < 0) return false;
  // Behind a backslash the sign would be a value's.
  if (target === 'markdown' || target === 'latex') return !text.slice(0, at).includes('\\');
  return target !== 'csv' || !text.startsWith('"');
}

const signsOfWord = (word: Word): RegExp | null => (PLAIN_WORDS.has(word) ? OF_VALUES : null);

/** What the texts of a column may hold where nothing is escaped; null = anything. */
function signsOf({ type, origin }: Field): RegExp | null {
  // A guess from the first rows holds for no other.
  if (origin === 'inferred') return null;
  const own = type.kind === 'dictionary' ? type.value : type;
  switch (own.kind) {
    case 'utf8':
      return own.meaning === 'uuid' && origin === 'native' ? OF_VALUES : null;
    case 'null':
    case 'bool':
    case 'int':
    case 'float':
    case 'decimal':
    case 'date':
      return OF_VALUES;
    case 'time':
    case 'timestamp':
      return OF_TIMES;
    default:
      return null;
  }
}

const escapeBraces = (text: string): string => text.replaceAll(/[{}]/g, '$&$&');

export function readBackText({
  options,
  schema,
}: {
  options: TextOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const { nodes, findings } = readTemplates(options, schema);
  if (findings.length > 0) return { cannot: findings[0]!.sentence };
  try {
    return readBackOf(options, schema, nodes);
  } catch (thrown) {
    if (thrown instanceof Unread) return { cannot: thrown.message };
    throw thrown;
  }
}

function readBackOf(
  options: TextOptions,
  schema: Schema,
  nodes: Readonly<Record<Place, Node[]>>,
): ReadBack {
  const { separator, nullText } = options;
  const row = partsOf('row', nodes, options, schema);
  const values = row.filter((part) => part.kind === 'value');
  const isThere = new Set(values.map(({ position }) => position));
  const absent = schema.fields.findIndex((_, c) => !isThere.has(c));
  if (absent >= 0) unread(TEXTS.absent(schema.fields[absent]!.name));
  for (const [i, part] of row.entries()) {
    if (part.kind === 'text') continue;
    const behind = row[i + 1];
    const text =
      behind === undefined
        ? separator || (CLOSED.has(part.target) ? textOf(row[0]) : '')
        : textOf(behind);
    if (!endsValue(text, part, nullText)) unread(TEXTS.endless(part.name));
    // In one row nothing is looked for beyond where its end could begin.
    const [first] = separator;
    if (part.target === 'none' && first !== undefined && !endsValue(first, part, nullText))
      unread(TEXTS.endless(part.name));
    if (part.field !== null) checkNullText(nullText, part);
  }
  checkAround(partsOf('prefix', nodes, options, schema), 'prefix');
  const suffix = partsOf('suffix', nodes, options, schema);
  checkAround(suffix, 'suffix');
  if (suffix.some(({ kind }) => kind === 'value')) {
    const first = suffix[0]!;
    // So that the end of the last row is found from behind.
    if (first.kind !== 'text' || /^[\w+\-.:"'%\\]/.test(first.text)) unread(TEXTS.around('suffix'));
  }
  const only = row.length === 1 ? values[0]! : null;
  const mayBeEmpty = only !== null && !CLOSED.has(only.target);
  // Nothing at all is no row, and here would be an empty text.
  if (mayBeEmpty && isNullApart(only, nullText)) unread(TEXTS.emptyRow);
  return {
    kind: 'text',
    options: {
      row: options.row,
      separator,
      prefix: literally(nodes.prefix, options, schema),
      suffix: literally(nodes.suffix, options, schema),
      target: options.target,
      nullText,
      raggedRows: 'fail',
      columnNames: schema.fields.map(({ name }) => name),
      lineEnds: 'exact',
    },
    columns: measuresOf(schema, (type) => (shapeOf(type) === 'json' ? 'json' : 'text')).map(
      (measure, c) => ({
        ...measure,
        ...undoing(
          schema.fields[c]!.type,
          values.find(({ position }) => position === c)!,
          nullText,
        ),
      }),
    ),
    // Without a sign of its own a row of nulls is nothing.
    ...(mayBeEmpty && { dropsLastNulls: true as const }),
  };
}

function partsOf(
  place: Place,
  nodes: Readonly<Record<Place, Node[]>>,
  { target }: TextOptions,
  schema: Schema,
): Part[] {
  const parts: Part[] = [];
  const addText = (text: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') last.text += text;
    else if (text !== '') parts.push({ kind: 'text', text });
  };
  for (const node of nodes[place]) {
    if (node.kind === 'text') {
      addText(node.text);
      continue;
    }
    const { finish } = node;
    const about = { target: finish.target ?? target, finish };
    if (node.kind === 'word' && node.word === 'columns') {
      addText(columnsText(schema, about.target, finish));
      continue;
    }
    if (finish.mask !== null) unread(TEXTS.masked(place));
    if (node.kind === 'word') {
      const { word } = node;
      parts.push({ kind: 'value', ...about, name: `@${word}`, field: null, word, position: -1 });
    } else {
      if (node.kind === 'value' && node.expression.op !== 'column')
        unread(TEXTS.expression(formatExpression(node.expression)));
      const positions =
        node.kind === 'value'
          ? node.expression.op === 'column'
            ? [resolveColumn(schema, node.expression.column)]
            : []
          : schema.fields.map((_, c) => c);
      for (const [i, position] of positions.entries()) {
        if (i > 0) addText(finish.join ?? ', ');
        const field = schema.fields[position]!;
        parts.push({ kind: 'value', ...about, name: field.name, field, word: null, position });
      }
    }
  }
  return parts;
}

const columnsText = ({ fields }: Schema, target: Target, { join }: Finish): string =>
  fields.map(({ name }) => TARGETS[target].write(name, { kind: 'text' })).join(join ?? ', ');

/** A template without `{@columns}`, whose names are written as they are known. */
function literally(nodes: readonly Node[], options: TextOptions, schema: Schema): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return escapeBraces(node.text);
      if (node.kind !== 'word') return '';
      const target = node.finish.target ?? options.target;
      if (node.word === 'columns') return escapeBraces(columnsText(schema, target, node.finish));
      const filter = target === options.target ? '' : ` | ${target === 'none' ? 'raw' : target}`;
      return `{@${node.word}${filter}}`;
    })
    .join('');
}

/** What stands around the rows varies only where that is told from the rest. */
function checkAround(parts: readonly Part[], place: 'prefix' | 'suffix'): void {
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'text') continue;
    const isPlain = PLAIN_WORDS.has(part.word!);
    const behind = parts[i + 1];
    const isLast = place === 'suffix' && behind === undefined;
    if ((part.target === 'none' || place === 'suffix') && !isPlain) unread(TEXTS.around(place));
    if (!isLast && !endsValue(textOf(behind), part)) unread(TEXTS.around(place));
  }
}

/** The text of nulls must not begin what a value is written with, and what ends a value must end it too. */
function checkNullText(nullText: string, { target, finish }: Piece): void {
  const change = CHANGES[target];
  const texts = nullText + (finish.otherwise ?? '');
  // What other texts become there would be null too.
  if (change !== undefined && (change(texts) !== texts || /[\n\ufffd]/.test(texts)))
    unread(TEXTS.nullText);
  if (nullText === '' || target === 'none') return;
  const isApart =
    target === 'json'
      ? nullText === 'null' || !/^[\s"\-0-9tfn{[]/.test(nullText)
      : CLOSED.has(target)
        ? nullText === 'NULL' || !/^[\s'+\-.0-9TFN]/i.test(nullText)
        : TARGETS[target].write(nullText, { kind: 'text' }) === nullText;
  if (!isApart) unread(TEXTS.nullText);
}

/** Whether a value that is not null may be written as nothing. */
const isNullApart = ({ target, finish }: Piece, nullText: string): boolean =>
  target !== 'none' && target !== 'csv' && (nullText !== '' || (finish.otherwise ?? '') !== '');

const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd');

/** What becomes of a text in targets that do not hold every one. */
const CHANGES: Readonly<Partial<Record<Target, (text: string) => string>>> = {
  html: withoutNul,
  xml: (text) => text.replaceAll(NO_XML, '\ufffd'),
  markdown: (text) => withoutNul(text).replaceAll(/\r\n?/g, '\n'),
};

/** A JSON text as the text it says, however often it says one. */
function unquoted(json: string): string {
  if (!json.startsWith('"')) return json;
  try {
    return unquoted(JSON.parse(json) as string);
  } catch {
    return json;
  }
}

/** How often a null may stand in quotes inside of quotes. */
const MOST_QUOTES = 6;

/** What is undone before values compare, and the texts that cannot be told from null. */
function undoing(
  type: DataType,
  { target, finish: { otherwise } }: Piece,
  nullText: string,
): Partial<ColumnMeasure> {
  const isJson = type.kind === 'json';
  const alike = new Set<string>();
  if (otherwise !== null) alike.add(otherwise);
  const isBare = !CLOSED.has(target);
  if (isBare && !(nullText === '' && (target === 'csv' || target === 'none'))) alike.add(nullText);
  if (target === 'json' && shapeOf(type) === 'json') alike.add('null');
  if (isJson)
    for (let text of [...alike])
      for (let i = 0; i < MOST_QUOTES; i++) alike.add((text = JSON.stringify(text)));
  const change = CHANGES[target];
  return {
    ...(alike.size > 0 && { nullTexts: [...alike] }),
    ...(isJson
      ? { undo: (text) => (change ?? ((same) => same))(unquoted(text)) }
      : change !== undefined && { undo: change }),
  };
}
