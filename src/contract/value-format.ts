// How text formats write values: patterns of dates and times, signs of numbers, words of booleans; for all columns or one.
import type { TypedColumn } from '../table/batch.ts';
import type { ByteWriter } from '../table/byte-writer.ts';
import type { DataType, Schema } from '../table/data-type.ts';
import { compilePattern, type DatePattern } from '../table/date-pattern.ts';
import {
  createNumberPattern,
  numberSignsProblem,
  type NumberPattern,
} from '../table/number-pattern.ts';
import type { PatternDialect } from '../table/pattern-dialects.ts';
import { PatternError } from '../table/pattern-parts.ts';
import { roundPlain } from '../table/round-plain.ts';
import { createFlatWriter, type ValueWriter } from '../table/write-flat.ts';
import { createSpeltWriter } from '../table/write-spelt.ts';
import { createValueWriter } from '../table/write-value.ts';
import { createZoneOffset } from '../table/zone-offset.ts';
import { indexColumns } from './columns.ts';
import { shorten } from './errors.ts';
import type { ColumnRef } from './filter.ts';
import type { FormatFinding } from './format-finding.ts';
import { VALUE_FORMAT_PROBLEMS as WORDS } from './value-format-texts.ts';

/** How the values of one column are written; what is missing is as for all columns. */
export interface ColumnFormat {
  column: ColumnRef;
  /** Of dates, times and timestamps. */
  pattern?: { text: string; tokens: PatternDialect };
  /** Whose clock timestamps with a zone show. */
  zone?: string;
  /** Digits after the point, 0 to 30. */
  decimals?: number;
  /** One character. */
  decimalSign?: string;
  /** Between groups of three digits; empty: none. */
  groupSign?: string;
  trueText?: string;
  falseText?: string;
  /** Characters, where columns have a width. */
  width?: number;
  align?: 'left' | 'right' | 'center';
}

/** Values of the options in value-format.schema.ts; empty texts and null: as the product writes values itself. */
export interface ValueFormatOptions {
  datePattern: string;
  timePattern: string;
  timestampPattern: string;
  patternTokens: PatternDialect;
  zone: string;
  decimals: number | null;
  decimalSign: string;
  /** Null: none. */
  groupSign: string | null;
  trueText: string;
  falseText: string;
  columns: ColumnFormat[];
}

/** What is other than the product's own spelling in a column. */
export interface ValueFormat {
  pattern?: DatePattern;
  zone?: string;
  numbers?: NumberFormat;
  /** For true and false. */
  words?: readonly [yes: string, no: string];
}

export interface NumberFormat {
  signs: NumberPattern;
  /** The decimal sign in UTF-8, where it alone is other than usual. */
  onlySign: Uint8Array | null;
  decimals: number | null;
}

const encoder = new TextEncoder();
const DOT = 46;

const plainKind = (type: DataType): DataType => (type.kind === 'dictionary' ? type.value : type);
const isNumber = (type: DataType): boolean => ['int', 'float', 'decimal'].includes(type.kind);

const PATTERNS = {
  date: 'datePattern',
  time: 'timePattern',
  timestamp: 'timestampPattern',
} as const;

/**
 * The format of each column of a schema, null where values are written in the product's own spelling, and what is wrong with
 * the options (severity error; `option` names the one to change).
 */
export function settleFormats(
  options: ValueFormatOptions,
  schema: Schema,
): { formats: (ValueFormat | null)[]; problems: FormatFinding[] } {
  const problems: FormatFinding[] = [];
  const seen = new Set<string>();
  const problem = (option: string, code: string, sentence: string, column?: string): void => {
    if (seen.has(sentence)) return;
    seen.add(sentence);
    const of = column === undefined ? {} : { column };
    problems.push({ severity: 'error', option, code: `values.${code}`, sentence, ...of });
  };

  const own = new Map<number, ColumnFormat>();
  const index = indexColumns(schema);
  for (const format of options.columns) {
    const { name, nth } = format.column;
    const at = index.get(name)?.[nth ?? 0];
    if (at === undefined)
      problem('columns', 'unknown-column', WORDS.unknownColumn(shorten(name, 40)));
    else own.set(at, { ...own.get(at), ...format });
  }

  const patternOf = (
    text: string,
    tokens: PatternDialect,
    type: DataType,
    option: string,
    name: string,
  ): DatePattern | undefined => {
    try {
      const pattern = compilePattern(text, tokens);
      const isInstant = type.kind === 'timestamp' && type.zone !== null;
      const fault =
        type.kind === 'time' && pattern.hasDate
          ? 'hasDate'
          : pattern.hasOffset && !isInstant
            ? 'hasOffset'
            : null;
      if (fault === null) return pattern;
      problem(option, 'pattern', WORDS[fault](shorten(text, 40), shorten(name, 40)), name);
    } catch (thrown) {
      if (!(thrown instanceof PatternError)) throw thrown;
      const where = WORDS.wrongPattern(shorten(text, 40), thrown.position + 1, thrown.message);
      problem(option, 'pattern', where);
    }
    return undefined;
  };
  const zoneOf = (zone: string, option: string): string | undefined => {
    try {
      createZoneOffset(zone);
      return zone;
    } catch {
      problem(option, 'zone', WORDS.zone(shorten(zone, 40)));
      return undefined;
    }
  };

  // Wrong options are told even where no column would use them.
  for (const option of Object.values(PATTERNS))
    if (options[option] !== '')
      try {
        compilePattern(options[option], options.patternTokens);
      } catch (thrown) {
        if (!(thrown instanceof PatternError)) throw thrown;
        const { position, message } = thrown;
        problem(
          option,
          'pattern',
          WORDS.wrongPattern(shorten(options[option], 40), position + 1, message),
        );
      }
  if (options.zone !== '') zoneOf(options.zone, 'zone');

  const formats = schema.fields.map((field, position): ValueFormat | null => {
    const type = plainKind(field.type);
    const given = own.get(position);
    const format: ValueFormat = {};
    const isTime = type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp';
    if (given?.pattern !== undefined && !isTime)
      problem('columns', 'pattern', WORDS.noTime(shorten(field.name, 40)), field.name);
    if (isTime) {
      const option = PATTERNS[type.kind];
      const text = given?.pattern?.text ?? options[option];
      const tokens = given?.pattern?.tokens ?? options.patternTokens;
      if (text !== '') {
        const from = given?.pattern === undefined ? option : 'columns';
        const pattern = patternOf(text, tokens, type, from, field.name);
        if (pattern !== undefined) format.pattern = pattern;
      }
    }
    if (type.kind === 'timestamp' && type.zone !== null) {
      const zone = given?.zone ?? options.zone;
      const known = zone === '' ? undefined : zoneOf(zone, given?.zone ? 'columns' : 'zone');
      if (known !== undefined && known !== type.zone) format.zone = known;
    }
    if (isNumber(type)) {
      // Whole numbers, identifiers among them, have decimals only where they are asked for by name.
      const usual = type.kind === 'int' ? null : options.decimals;
      const decimals = given?.decimals ?? usual;
      const decimalSign = given?.decimalSign ?? options.decimalSign;
      const groupSign = given?.groupSign ?? options.groupSign ?? '';
      if (decimals !== null || decimalSign !== '.' || groupSign !== '') {
        const why = numberSignsProblem({ decimalSign, groupSign });
        const isOwn = given?.decimalSign !== undefined || given?.groupSign !== undefined;
        if (why !== null) problem(isOwn ? 'columns' : 'decimalSign', 'signs', WORDS.signs(why));
        else
          format.numbers = {
            signs: createNumberPattern({ decimalSign, groupSign }),
            onlySign: decimals === null && groupSign === '' ? encoder.encode(decimalSign) : null,
            decimals,
          };
      }
    }
    if (type.kind === 'bool') {
      const yes = given?.trueText ?? options.trueText;
      const no = given?.falseText ?? options.falseText;
      if (yes === no) problem('trueText', 'words', WORDS.sameWords(shorten(yes, 40)));
      else if (yes !== 'true' || no !== 'false') format.words = [yes, no];
    }
    return Object.keys(format).length > 0 ? format : null;
  });
  return { formats, problems };
}

/**
 * Writes the number [start, end) of `source`, which is in the plain spelling; false: digits other than zero were cut off.
 * What is no number (`NaN`) stays as it is.
 */
export function writeNumber(
  source: Uint8Array,
  start: number,
  end: number,
  { signs, onlySign, decimals }: NumberFormat,
  out: ByteWriter,
): boolean {
  if (onlySign !== null) {
    const point = source.subarray(start, end).indexOf(DOT);
    if (point < 0) out.put(source, start, end);
    else {
      out.put(source, start, start + point);
      out.put(onlySign);
      out.put(source, start + point + 1, end);
    }
    return true;
  }
  const text = String.fromCharCode(...source.subarray(start, end));
  if (decimals === null) {
    out.text(signs.format(text));
    return true;
  }
  const rounded = roundPlain(text, decimals);
  out.text(signs.format(rounded.text));
  return !rounded.isCut;
}

/**
 * The writer of a typed column's text in a format; `onCut` is told of each number that lost digits. Finer times than the
 * pattern has are cut off without a word: the pattern says so.
 */
export function createFormatWriter(
  column: TypedColumn,
  format: ValueFormat,
  onCut: () => void,
): ValueWriter {
  const { type } = column;
  const { numbers, words, pattern, zone } = format;
  switch (type.kind) {
    case 'dictionary': {
      const write = createFormatWriter(column.dictionary!, format, onCut);
      const indices = column.values!;
      return (row, out) => write(Number(indices[row]), out);
    }
    case 'bool': {
      if (words === undefined) return createValueWriter(column);
      const bits = column.values as Uint8Array;
      const [yes, no] = words;
      return (row, out) => out.text((bits[row >> 3]! >> (row & 7)) & 1 ? yes : no);
    }
    case 'int':
    case 'float':
    case 'decimal': {
      if (numbers === undefined) return createValueWriter(column);
      const write = createFlatWriter(column);
      let kept = new Uint8Array(64);
      return (row, out) => {
        const from = out.length;
        write(row, out);
        const size = out.length - from;
        if (kept.length < size) kept = new Uint8Array(size * 2);
        kept.set(out.bytes.subarray(from, out.length));
        out.length = from;
        if (!writeNumber(kept, 0, size, numbers, out)) onCut();
      };
    }
    case 'date':
    case 'time':
    case 'timestamp': {
      const shown =
        type.kind === 'timestamp' && type.zone !== null && zone !== undefined
          ? { ...column, type: { ...type, zone } }
          : column;
      return createSpeltWriter(shown, pattern === undefined ? {} : { pattern });
    }
    default:
      return createValueWriter(column);
  }
}
