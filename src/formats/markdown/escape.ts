// Writes text as the content of a cell of a GitHub Flavored Markdown table (GFM §4.10, §6), byte by byte.
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { MarkdownOptions } from './options.ts';
import type { LossCode } from './texts.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const BREAK = bytesOf('<br>');
const RETURN = bytesOf('&#13;');
const AMP = bytesOf('&amp;');
const LESS = bytesOf('&lt;');
const COLON = bytesOf('&#58;');
const DOT = bytesOf('&#46;');
const REPLACEMENT = bytesOf('\ufffd');

const LF = 10;
const CR = 13;
const BACKSLASH = 92;
const PIPE = 124;

/** What a byte may be: 0 itself, 1 always to be looked at, 2 only where values are to be shown as they are. */
const KINDS = new Uint8Array(256);
for (const b of [0, LF, CR, PIPE]) KINDS[b] = 1;
// ! after which a bracket follows is no image once the bracket is escaped, so that the bracket is enough.
for (const b of '\\`*_~[<&$') KINDS[b.charCodeAt(0)] = 2;

/** `&` begins a character reference only so; everywhere else it is itself. */
const REFERENCE = /^&(?:[A-Za-z][A-Za-z\d]*|#\d+|#[xX][\dA-Fa-f]+);/;
/** The longest name of a reference has 33 characters. */
const MOST_REFERENCE = 40;
const decoder = new TextDecoder();

/** Whether a letter or digit of ASCII stands there, beside which an underscore is itself. */
function isWord(b: number | undefined): boolean {
  return b !== undefined && ((b >= 48 && b <= 57) || (b >= 65 && b <= 90) || (b >= 97 && b <= 122));
}

function isSpace(b: number): boolean {
  return b === 32 || (b >= 9 && b <= 13);
}

/** Whether `text` stands at `at`, in lower-case letters of ASCII. */
function stands(text: string, source: Uint8Array, at: number, end: number): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++)
    if ((source[at + i]! | 32) !== text.charCodeAt(i)) return false;
  return true;
}

export interface CellEscaper {
  /** Writes a value's bytes [start, end). */
  write(source: Uint8Array, start: number, end: number): void;
}

/** A writer to `out`; `count` is told of what cannot stand in a table. */
export function createCellEscaper(
  options: Pick<MarkdownOptions, 'escape' | 'lineBreaks'>,
  out: ByteWriter,
  count: (code: LossCode) => void,
): CellEscaper {
  const isShown = options.escape === 'markup';
  const breaks = options.lineBreaks === 'br';
  const lookedAt = KINDS.map((kind) => (kind === 1 || (kind === 2 && isShown) ? 1 : 0));
  if (!isShown) lookedAt[BACKSLASH] = 1;

  /** Spaces at the ends of a cell are not part of it, but references to them are. */
  const writeSpaces = (source: Uint8Array, start: number, end: number): void => {
    for (let i = start; i < end; i++) {
      const b = source[i]!;
      if (b === LF || b === CR) i += writeBreak(source, i, end) - 1;
      else out.ascii(`&#${b};`);
    }
  };

  /** Writes the line break at `at`, of which it takes one byte or two. */
  const writeBreak = (source: Uint8Array, at: number, end: number): number => {
    const isBoth = source[at] === CR && at + 1 < end && source[at + 1] === LF;
    if (breaks && source[at] === CR) {
      // A line break is <br>; that it was another one than a line feed is kept beside it.
      out.put(RETURN);
      if (isBoth) out.put(BREAK);
      return isBoth ? 2 : 1;
    }
    if (breaks) out.put(BREAK);
    else {
      count('markdown.break-as-space');
      out.byte(32);
    }
    return isBoth ? 2 : 1;
  };

  /** Whether the byte, which may mean something, does at this place. */
  const isMarkup = (source: Uint8Array, start: number, at: number, end: number): boolean => {
    switch (source[at]) {
      case 38:
        return REFERENCE.test(
          decoder.decode(source.subarray(at, Math.min(end, at + MOST_REFERENCE))),
        );
      case 95:
        return !(at > start && isWord(source[at - 1]) && at + 1 < end && isWord(source[at + 1]));
      default:
        return true;
    }
  };

  const writeMarkup = (b: number): void => {
    if (b === 38) out.put(AMP);
    else if (b === 60) out.put(LESS);
    else {
      out.byte(BACKSLASH);
      out.byte(b);
    }
  };

  /** Whether the text has what is escaped, which would be seen inside of an address that becomes a link by itself. */
  const hasEscapes = (source: Uint8Array, start: number, end: number): boolean => {
    for (let i = start; i < end; i++)
      if (lookedAt[source[i]!] !== 0 && isMarkup(source, start, i, end)) return true;
    return false;
  };

  return {
    write(source, start, end) {
      let first = start;
      let last = end;
      if (isShown) {
        while (first < end && isSpace(source[first]!)) first++;
        while (last > first && isSpace(source[last - 1]!)) last--;
        writeSpaces(source, start, first);
      }
      const breaksLinks =
        isShown && (first > start || last < end || hasEscapes(source, first, last));
      let from = first;
      for (let i = first; i < last; i++) {
        const b = source[i]!;
        if (lookedAt[b] === 0) {
          if (!breaksLinks) continue;
          // An address is a link by itself, in which escapes would stand as they are: it is kept from becoming one.
          const isScheme = b === 58 && stands('://', source, i, last);
          const isHost = b === 46 && i - 3 >= first && stands('www', source, i - 3, last);
          if (!isScheme && !isHost) continue;
          out.put(source, from, i);
          out.put(isScheme ? COLON : DOT);
          from = i + 1;
          continue;
        }
        if (isShown && !isMarkup(source, first, i, last)) continue;
        out.put(source, from, i);
        from = i + 1;
        if (b === LF || b === CR) {
          const size = writeBreak(source, i, last);
          i += size - 1;
          from += size - 1;
        } else if (b === 0) {
          count('markdown.nul-replaced');
          out.put(REPLACEMENT);
        } else if (b === PIPE) {
          out.byte(BACKSLASH);
          out.byte(b);
        } else if (isShown) writeMarkup(b);
        else {
          // Before a pipe, which gets one of its own, a backslash would be taken for its escape.
          let next = i + 1;
          while (next < last && source[next] === BACKSLASH) next++;
          out.byte(b);
          if (next === last || source[next] === PIPE) out.byte(b);
        }
      }
      out.put(source, from, last);
      if (isShown) writeSpaces(source, last, end);
    },
  };
}
