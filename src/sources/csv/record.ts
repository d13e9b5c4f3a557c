// The strict loop over one record: where its fields stand, with every rule of the dialect and an error that names the place.
import { ExportError } from '../../contract/errors.ts';
import type { CsvDialect } from './dialect.ts';

const CR = 13;
const LF = 10;

/** How a field is spelled: unquoted; quoted in normal form; `undone` needs its escapes or stray quotes rewritten. */
export const UNQUOTED = 0;
export const QUOTED = 1;
export const ESCAPED = 2;
export const QUOTED_ESCAPED = 3;

/** One record as found, reused from record to record. */
export interface RecordSpans {
  /** Fields of the record, also those beyond the kept ones. */
  count: number;
  /** Spelled bytes [start, end) of the fields, quotes included, and their spelling. */
  starts: number[];
  ends: number[];
  spellings: number[];
  /** Offset of the next record. */
  next: number;
  /** Line breaks in the record, its own end included. */
  breaks: number;
  /** Whether the line has no character at all. */
  isEmptyLine: boolean;
  /** Whether a field needs its escapes or stray quotes rewritten. */
  hasEscapes: boolean;
}

export function createSpans(): RecordSpans {
  return {
    count: 0,
    starts: [],
    ends: [],
    spellings: [],
    next: 0,
    breaks: 0,
    isEmptyLine: false,
    hasEscapes: false,
  };
}

/** 1-based line and column (in characters) of byte `at` in a record that starts at `from` on line `line`. */
function placeOf(
  bytes: Uint8Array,
  from: number,
  at: number,
  line: number,
  anyLineEnd: boolean,
): { line: number; column: number } {
  let lineFrom = from;
  let number = line;
  for (let i = from; i < at; i++) {
    const isBreak = bytes[i] === LF || (anyLineEnd && bytes[i] === CR && bytes[i + 1] !== LF);
    if (!isBreak) continue;
    number++;
    lineFrom = i + 1;
  }
  let column = 1;
  for (let i = lineFrom; i < at; i++) if ((bytes[i]! & 0xc0) !== 0x80) column++;
  return { line: number, column };
}

/** End (exclusive) of the line break at `at`, or -1 when there is none; the caller has made sure of a byte after a CR. */
function breakEnd(bytes: Uint8Array, at: number, to: number, anyLineEnd: boolean): number {
  if (bytes[at] === LF) return at + 1;
  if (bytes[at] !== CR) return -1;
  if (at + 1 < to && bytes[at + 1] === LF) return at + 2;
  // At the very end of the file a CR stands for a CR LF that was cut.
  return anyLineEnd || at + 1 === to ? at + 1 : -1;
}

/** Whether bytes [at, to) go on with `rest`. */
export function goesOn(bytes: Uint8Array, at: number, to: number, rest: Uint8Array): boolean {
  if (to - at < rest.length) return false;
  for (let i = 0; i < rest.length; i++) if (bytes[at + i] !== rest[i]) return false;
  return true;
}

/** Whether bytes [at, to) end in the middle of `rest`, so that only more of them tell. */
function isCut(bytes: Uint8Array, at: number, to: number, rest: Uint8Array): boolean {
  return to - at < rest.length && goesOn(bytes, at, to, rest.subarray(0, Math.max(0, to - at)));
}

/** Bytes at `at` that an escape before them takes the meaning from; 0: the escape is text. */
function escapableSize(bytes: Uint8Array, at: number, to: number, dialect: CsvDialect): number {
  const byte = bytes[at];
  const { delimiter, delimiterRest, comment, commentRest } = dialect;
  if (at >= to) return 0;
  if (byte === delimiter && goesOn(bytes, at + 1, to, delimiterRest))
    return delimiterRest.length + 1;
  if (byte === comment && goesOn(bytes, at + 1, to, commentRest)) return commentRest.length + 1;
  return byte === dialect.quote || byte === dialect.escape || byte === LF || byte === CR ? 1 : 0;
}

/** Whether a comment begins at `at`, which is the start of a line. */
export function isComment(
  bytes: Uint8Array,
  at: number,
  to: number,
  { comment, commentRest }: CsvDialect,
): boolean {
  return comment >= 0 && bytes[at] === comment && goesOn(bytes, at + 1, to, commentRest);
}

/** Offset after a comment line that starts at `from`; -1 when its end is not in the window. */
export function skipComment(
  bytes: Uint8Array,
  from: number,
  to: number,
  isEnd: boolean,
  dialect: CsvDialect,
): number {
  for (let i = from; i < to; i++) {
    if (bytes[i] === LF) return i + 1;
    if (dialect.anyLineEnd && bytes[i] === CR) {
      if (i + 1 < to) return bytes[i + 1] === LF ? i + 2 : i + 1;
      return isEnd ? to : -1;
    }
  }
  return isEnd ? to : -1;
}

/**
 * Reads the record at `from` of the window bytes [.., to) into `spans`, keeping the spans of its first `keep` fields.
 * False when it does not end within the window (only while `isEnd` is false). Needs from < to.
 * Throws `read.csv.unclosed-quote` and `read.csv.stray-quote` with line and column; `line` is the record's line.
 */
export function readRecord(
  bytes: Uint8Array,
  from: number,
  to: number,
  isEnd: boolean,
  dialect: CsvDialect,
  keep: number,
  line: number,
  spans: RecordSpans,
): boolean {
  const { delimiter, delimiterRest, quote, escape, anyLineEnd, quoteRules } = dialect;
  const isLong = delimiterRest.length > 0;
  const stray = (at: number): ExportError =>
    new ExportError('read.csv.stray-quote', { ...placeOf(bytes, from, at, line, anyLineEnd) });
  spans.count = 0;
  spans.breaks = 0;
  spans.isEmptyLine = false;
  spans.hasEscapes = false;
  const push = (start: number, end: number, spelling: number): void => {
    if (spans.count < keep) {
      spans.starts[spans.count] = start;
      spans.ends[spans.count] = end;
      spans.spellings[spans.count] = spelling;
    }
    spans.count++;
  };
  // Length of the escape sequence at `at`: 1 = the escape is text itself, 0 = its end is not in the window.
  const escapeSize = (at: number): number => {
    if (at + 1 >= to) return isEnd ? 1 : 0;
    const size = escapableSize(bytes, at + 1, to, dialect);
    if (size === 0) {
      const isUnsure =
        (bytes[at + 1] === delimiter && isCut(bytes, at + 2, to, delimiterRest)) ||
        (bytes[at + 1] === dialect.comment && isCut(bytes, at + 2, to, dialect.commentRest));
      return isUnsure && !isEnd ? 0 : 1;
    }
    if (bytes[at + 1] !== CR) {
      if (bytes[at + 1] === LF) spans.breaks++;
      return size + 1;
    }
    if (at + 2 >= to) return isEnd ? 2 : 0;
    if (anyLineEnd || bytes[at + 2] === LF) spans.breaks++;
    return bytes[at + 2] === LF ? 3 : 2;
  };

  let i = from;
  for (;;) {
    const start = i;
    let spelling = UNQUOTED;
    if (i < to && quote >= 0 && bytes[i] === quote) {
      spelling = QUOTED;
      i++;
      for (;;) {
        if (i >= to) {
          if (!isEnd) return false;
          throw new ExportError('read.csv.unclosed-quote', {
            ...placeOf(bytes, from, start, line, anyLineEnd),
          });
        }
        const byte = bytes[i]!;
        if (byte === escape) {
          const size = escapeSize(i);
          if (size === 0) return false;
          if (size > 1) spelling = QUOTED_ESCAPED;
          i += size;
          continue;
        }
        if (byte !== quote) {
          if (byte === LF) spans.breaks++;
          else if (anyLineEnd && byte === CR && bytes[i + 1] !== LF) spans.breaks++;
          i++;
          continue;
        }
        if (i + 1 >= to) {
          if (!isEnd) return false;
          i++;
          break;
        }
        const after = bytes[i + 1]!;
        if (after === quote) {
          i += 2;
          continue;
        }
        if (after === CR && i + 2 >= to && !isEnd) return false;
        if (
          (after === delimiter && (!isLong || goesOn(bytes, i + 2, to, delimiterRest))) ||
          breakEnd(bytes, i + 1, to, anyLineEnd) >= 0
        ) {
          i++;
          break;
        }
        if (!isEnd && after === delimiter && isCut(bytes, i + 2, to, delimiterRest)) return false;
        if (quoteRules !== 'lenient') throw stray(i + 1);
        spelling = QUOTED_ESCAPED;
        i++;
      }
    } else {
      for (; i < to; i++) {
        const byte = bytes[i]!;
        if (byte === LF) break;
        if (byte === delimiter && (!isLong || goesOn(bytes, i + 1, to, delimiterRest))) break;
        if (byte === CR) {
          if (i + 1 >= to && !isEnd) return false;
          if (breakEnd(bytes, i, to, anyLineEnd) >= 0) break;
        } else if (byte === escape) {
          const size = escapeSize(i);
          if (size === 0) return false;
          if (size > 1) spelling = ESCAPED;
          i += size - 1;
        } else if (byte === quote && quoteRules === 'strict') throw stray(i);
      }
      if (i >= to && !isEnd) return false;
    }
    push(start, i, spelling);
    if (spelling >= ESCAPED) spans.hasEscapes = true;
    if (i < to && bytes[i] === delimiter) {
      i += 1 + delimiterRest.length;
      continue;
    }
    spans.isEmptyLine = spans.count === 1 && i === from;
    const after = i < to ? breakEnd(bytes, i, to, anyLineEnd) : to;
    spans.breaks++;
    spans.next = after;
    return true;
  }
}

/** Writes the content of a field (quotes taken off, escapes undone) to `out` at `at`; returns the end. */
export function undo(
  bytes: Uint8Array,
  start: number,
  end: number,
  spelling: number,
  dialect: CsvDialect,
  out: Uint8Array,
  at: number,
): number {
  const { quote, escape } = dialect;
  const isQuoted = spelling === QUOTED || spelling === QUOTED_ESCAPED;
  const to = isQuoted ? end - 1 : end;
  let n = at;
  for (let i = isQuoted ? start + 1 : start; i < to; i++) {
    const byte = bytes[i]!;
    const size = byte === escape ? escapableSize(bytes, i + 1, to, dialect) : 0;
    if (size > 0) {
      // All of a delimiter of several bytes, which may begin again inside of itself.
      for (let k = 0; k < size; k++) out[n++] = bytes[++i]!;
      continue;
    }
    if (isQuoted && byte === quote && i + 1 < to && bytes[i + 1] === quote) i++;
    out[n++] = bytes[i]!;
  }
  return n;
}
