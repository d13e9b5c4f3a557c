// The csv options compiled to bytes and tables for the encoder.
import type { CsvOptions } from './options.ts';

const encoder = new TextEncoder();

/** Line ends by option value. */
const LINE_ENDS = { lf: [10], crlf: [13, 10] } as const;

export interface CsvDialect {
  quotes: CsvOptions['quotes'];
  delimiter: Uint8Array;
  quote: Uint8Array;
  /** What stands before a quote inside a quoted value (the quote itself when it is doubled). */
  escape: Uint8Array;
  /** Whether quotes are doubled, so that a lone escape character means nothing. */
  doubles: boolean;
  lineEnd: Uint8Array;
  nullText: Uint8Array;
  /** Whether empty text is written as two quotes to differ from null. */
  quotesEmpty: boolean;
  guard: boolean;
  onUnquotable: CsvOptions['onUnquotable'];
  replacement: Uint8Array;
  /** Per byte: 0 ordinary, else the first byte of a delimiter (1), quote (2), line break (3) or escape (4). */
  special: Uint8Array;
  /** Whether delimiter, quote and escape are one byte each, so that `special` alone decides. */
  isSimple: boolean;
  /** The most bytes that one byte of content can become. */
  growth: number;
}

/** Whether the quote is doubled inside a value: the escape is the quote, or was left at its default. */
export function doublesQuotes(options: CsvOptions): boolean {
  return options.escape === options.quoteChar || options.escape === '"';
}

/** Options as the encoder's tables. */
export function compileDialect(options: CsvOptions): CsvDialect {
  const delimiter = encoder.encode(options.delimiter);
  const quote = encoder.encode(options.quoteChar);
  const doubles = doublesQuotes(options);
  const escape = doubles ? quote : encoder.encode(options.escape);
  const replacement = encoder.encode(options.replacement);
  const nullText = encoder.encode(options.nullText);
  const special = new Uint8Array(256);
  special[10] = special[13] = 3;
  if (!doubles) special[escape[0]!] = 4;
  special[delimiter[0]!] = 1;
  special[quote[0]!] = 2;
  return {
    quotes: options.quotes,
    delimiter,
    quote,
    escape,
    doubles,
    lineEnd: Uint8Array.from(LINE_ENDS[options.lineTerminator]),
    nullText,
    quotesEmpty:
      options.emptyText === 'quoted' && nullText.length === 0 && options.quotes !== 'none',
    guard: options.formulaGuard,
    onUnquotable: options.onUnquotable,
    replacement,
    special,
    isSimple: delimiter.length === 1 && quote.length === 1 && escape.length === 1,
    growth: 1 + Math.max(escape.length, replacement.length),
  };
}
