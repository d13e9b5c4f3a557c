// The csv options compiled to bytes and tables for the encoder.
import type { DataType, Schema } from '../../table/data-type.ts';
import type { CsvOptions } from './options.ts';

const encoder = new TextEncoder();

/** Line ends by option value. */
const LINE_ENDS = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;

/** The text that ends a row. */
export function lineEndOf(
  options: Pick<CsvOptions, 'lineTerminator' | 'customLineTerminator'>,
): string {
  const { lineTerminator } = options;
  return lineTerminator === 'custom' ? options.customLineTerminator : LINE_ENDS[lineTerminator];
}

export interface CsvDialect {
  quotes: CsvOptions['quotes'];
  delimiter: Uint8Array;
  /** No bytes: there are no quotes at all. */
  quote: Uint8Array;
  /** What stands before a quote inside a quoted value (the quote itself when it is doubled). */
  escape: Uint8Array;
  /** Whether quotes are doubled, so that a lone escape character means nothing. */
  doubles: boolean;
  lineEnd: Uint8Array;
  /** Whether rows end with LF, after a CR or not: the line ends of text blocks. */
  endsInLf: boolean;
  nullText: Uint8Array;
  /** Whether a null stands in quotes too. */
  quotesNulls: boolean;
  /** Whether empty text is written as two quotes to differ from null. */
  quotesEmpty: boolean;
  guard: boolean;
  onUnquotable: CsvOptions['onUnquotable'];
  replacement: Uint8Array;
  /** What readers take for a comment at the start of a line; empty: nothing. */
  comment: Uint8Array;
  /** Per byte: 0 ordinary, else the first byte of a delimiter (1), quote (2), line break (3), escape (4) or line end (5). */
  special: Uint8Array;
  /** Whether delimiter, quote and escape are one byte each, so that `special` alone decides. */
  isSimple: boolean;
}

/** Whether the quote is doubled inside a value: the escape is the quote, or was left at its default. */
export function doublesQuotes(options: Pick<CsvOptions, 'escape' | 'quoteChar'>): boolean {
  return options.escape === options.quoteChar || options.escape === '"';
}

/** Options as the encoder's tables. */
export function compileDialect(options: CsvOptions): CsvDialect {
  const delimiter = encoder.encode(options.delimiter);
  const quote = encoder.encode(options.quoteChar ?? '');
  const doubles = doublesQuotes(options);
  const escape = doubles ? quote : encoder.encode(options.escape);
  const replacement = encoder.encode(options.replacement);
  const nullText = encoder.encode(options.nullText);
  const lineEnd = encoder.encode(lineEndOf(options));
  const isCustom = options.lineTerminator === 'custom';
  const special = new Uint8Array(256);
  special[10] = special[13] = 3;
  if (isCustom && special[lineEnd[0]!] === 0) special[lineEnd[0]!] = 5;
  if (!doubles) special[escape[0]!] = 4;
  special[delimiter[0]!] = 1;
  if (quote.length > 0) special[quote[0]!] = 2;
  const quotesNulls = options.quotes === 'all';
  return {
    quotes: options.quotes,
    delimiter,
    quote,
    escape,
    doubles,
    lineEnd,
    endsInLf: options.lineTerminator === 'lf' || options.lineTerminator === 'crlf',
    nullText,
    quotesNulls,
    quotesEmpty:
      quotesNulls ||
      (options.emptyText === 'quoted' && nullText.length === 0 && options.quotes !== 'none'),
    guard: options.formulaGuard,
    onUnquotable: options.onUnquotable,
    replacement,
    comment:
      options.preamble === '' && options.trailer === ''
        ? new Uint8Array(0)
        : encoder.encode(options.commentPrefix.trim()),
    special,
    isSimple: delimiter.length === 1 && quote.length === 1 && escape.length === 1 && !isCustom,
  };
}

const NUMERIC = new Set<DataType['kind']>(['int', 'float', 'decimal']);
const PLAIN = new Set<DataType['kind']>([...NUMERIC, 'null', 'bool', 'date', 'time', 'timestamp']);

/** The type of a column's values, those of a dictionary for one. */
export function valueType(type: DataType): DataType {
  return type.kind === 'dictionary' ? type.value : type;
}

export function isNumeric(type: DataType): boolean {
  return NUMERIC.has(valueType(type).kind);
}

/** Whether values are words, not numbers, switches, dates or times. */
export function isTextual(type: DataType): boolean {
  return !PLAIN.has(valueType(type).kind);
}

/** Columns whose values always stand in quotes (1). `header`: of their names. */
export function quotedColumns(
  { quotes, quotedColumns: names }: CsvOptions,
  { fields }: Schema,
): { values: Uint8Array; header: Uint8Array } {
  const of = (isQuoted: (type: DataType, name: string) => boolean): Uint8Array =>
    Uint8Array.from(fields, ({ type, name }) => Number(isQuoted(type, name)));
  const all = of(() => true);
  switch (quotes) {
    case 'all':
    case 'non-null':
      return { values: all, header: all };
    case 'strings':
      return { values: of(isTextual), header: all };
    case 'non-numeric':
      return { values: of((type) => !isNumeric(type)), header: all };
    case 'columns':
      return {
        values: of((_type, name) => names.includes(name)),
        header: new Uint8Array(fields.length),
      };
    default:
      return { values: new Uint8Array(fields.length), header: new Uint8Array(fields.length) };
  }
}
