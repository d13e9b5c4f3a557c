// Turns the options into the bytes the loops compare with, and refuses options that contradict each other.
import { ExportError } from '../../contract/errors.ts';
import type { BlockDialect } from '../../table/text-block.ts';
import type { CsvOptions } from './options.ts';

/** The dialect in bytes; -1 = none. */
export interface CsvDialect {
  delimiter: number;
  quote: number;
  escape: number;
  comment: number;
  nullText: Uint8Array;
  /** A lone CR ends a record too. */
  anyLineEnd: boolean;
  skipEmptyLines: CsvOptions['skipEmptyLines'];
  raggedRows: CsvOptions['raggedRows'];
  quoteRules: CsvOptions['quoteRules'];
  /** Whether the fast scan understands the dialect; else every block goes through the strict loop. */
  isPlain: boolean;
  /** How the blocks are written. */
  block: BlockDialect;
}

const CHARACTERS = ['delimiter', 'quote', 'escape', 'comment'] as const;

const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;

/**
 * The dialect of complete options. Throws ExportError `read.csv.same-characters` or `config.wrong-option`.
 * `lineEnd: auto` counts as `lf`: only the sample can tell otherwise.
 */
export function csvDialect(options: CsvOptions): CsvDialect {
  // An escape that is the quote itself says what is true anyway: quotes are doubled.
  const escape = options.escape === options.quote ? null : options.escape;
  const chosen = { ...options, escape };
  for (const [i, first] of CHARACTERS.entries())
    for (const second of CHARACTERS.slice(i + 1))
      if (chosen[first] !== null && chosen[first] === chosen[second])
        throw new ExportError('read.csv.same-characters', { first, second });
  const { nullText } = options;
  if (
    nullText.includes(options.delimiter) ||
    /[\r\n]/.test(nullText) ||
    (options.quote !== null && nullText.startsWith(options.quote))
  )
    throw new ExportError('config.wrong-option', {
      path: 'nullText',
      detail: 'it contains the delimiter or a line break, or begins with the quote.',
    });
  const byte = (text: string | null): number => (text === null ? -1 : text.charCodeAt(0));
  const delimiter = byte(options.delimiter);
  const quote = byte(options.quote);
  const anyLineEnd = options.lineEnd === 'any';
  const nullBytes = new TextEncoder().encode(nullText);
  const stand = delimiter === DOUBLE_QUOTE ? SINGLE_QUOTE : DOUBLE_QUOTE;
  return {
    delimiter,
    quote,
    escape: byte(escape),
    comment: byte(options.comment),
    nullText: nullBytes,
    anyLineEnd,
    skipEmptyLines: options.skipEmptyLines,
    raggedRows: options.raggedRows,
    quoteRules: options.quoteRules,
    isPlain: escape === null && !anyLineEnd && options.quoteRules !== 'lenient',
    block: {
      delimiter,
      // Escaped delimiters and line breaks need quotes in normal form, also where the file has none.
      quote: quote < 0 && escape !== null ? stand : quote,
      nullText: nullBytes,
    },
  };
}

/** Whether lines without any character are left out, for a file of `columnCount` columns. */
export function skipsEmptyLines(dialect: CsvDialect, columnCount: number): boolean {
  return (
    dialect.skipEmptyLines === 'always' || (dialect.skipEmptyLines === 'auto' && columnCount > 1)
  );
}
