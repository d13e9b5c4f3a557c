// Turns the options into the bytes the loops compare with, and refuses options that contradict each other.
import { ExportError } from '../../contract/errors.ts';
import type { BlockDialect } from '../../table/text-block.ts';
import type { CsvOptions } from './options.ts';

/** The dialect in bytes; -1 = none. */
export interface CsvDialect {
  delimiter: number;
  /** What follows the first byte of a delimiter of several; empty for most. */
  delimiterRest: Uint8Array;
  quote: number;
  escape: number;
  comment: number;
  /** What follows the first byte of a comment's beginning. */
  commentRest: Uint8Array;
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

/** Characters that normal form may need where the file has none of the kind. */
const STAND_INS = {
  delimiters: [',', '\t', ';', '|', '\x1f', '\x1e', '\x1d', '\x1c'],
  quotes: ['"', "'", '`', '\x02'],
};

const encoder = new TextEncoder();

/** What beginning a line may be mistaken for a comment, or hides in a delimiter. */
function refuseOverlaps({ delimiter, quote, escape, comment }: CsvOptions): void {
  const refuse = (path: string, detail: string): never => {
    throw new ExportError('config.wrong-option', { path, detail });
  };
  for (const each of [quote, escape])
    if (each !== null && delimiter.includes(each))
      refuse('delimiter', 'it contains the quote or the escape character.');
  if (comment === null) return;
  for (const each of [quote, escape])
    if (each !== null && comment.includes(each))
      refuse('comment', 'it contains the quote or the escape character.');
  if (comment.startsWith(delimiter) || delimiter.startsWith(comment))
    refuse('comment', 'a line that begins with a delimiter begins with an empty field.');
}

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
  refuseOverlaps(chosen);
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
  const [delimiter = 0, ...delimiterRest] = encoder.encode(options.delimiter);
  const [comment = -1, ...commentRest] = encoder.encode(options.comment ?? '');
  const quote = byte(options.quote);
  const anyLineEnd = options.lineEnd === 'any';
  const isLong = delimiterRest.length > 0;
  const blockDelimiter = isLong
    ? STAND_INS.delimiters.find((each) => each !== options.quote && !nullText.includes(each))
    : options.delimiter;
  if (blockDelimiter === undefined)
    throw new ExportError('config.wrong-option', {
      path: 'nullText',
      detail: 'it contains all characters that could separate fields.',
    });
  const stand = STAND_INS.quotes.find(
    (each) => each !== blockDelimiter && !nullText.startsWith(each),
  )!;
  return {
    delimiter,
    delimiterRest: Uint8Array.from(delimiterRest),
    quote,
    escape: byte(escape),
    comment,
    commentRest: Uint8Array.from(commentRest),
    nullText: encoder.encode(nullText),
    anyLineEnd,
    skipEmptyLines: options.skipEmptyLines,
    raggedRows: options.raggedRows,
    quoteRules: options.quoteRules,
    isPlain: escape === null && !anyLineEnd && !isLong && options.quoteRules !== 'lenient',
    block: {
      delimiter: byte(blockDelimiter),
      // Delimiters and line breaks inside of fields need quotes in normal form, also where the file has none.
      quote: quote < 0 && (escape !== null || isLong) ? byte(stand) : quote,
      nullText: encoder.encode(nullText),
    },
  };
}

/** Whether lines without any character are left out, for a file of `columnCount` columns. */
export function skipsEmptyLines(dialect: CsvDialect, columnCount: number): boolean {
  return (
    dialect.skipEmptyLines === 'always' || (dialect.skipEmptyLines === 'auto' && columnCount > 1)
  );
}
