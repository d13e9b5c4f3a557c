// The fast loop for delimiters of several bytes: records without anything unusual, written in normal form as they are found.
import { takeBuffer } from '../../table/buffer-pool.ts';
import type { CsvDialect } from './dialect.ts';
import { goesOn } from './record.ts';
import type { Cut, Place } from './strict.ts';

const CR = 13;
const LF = 10;

/** Bytes of a field that end it or have to be looked at. */
function marksOf({ delimiter, block }: CsvDialect): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of [delimiter, LF, block.delimiter, block.quote]) marks[byte] = 1;
  return marks;
}

/** Whether the loop knows the dialect's rules. */
export function hasPlainRecords(dialect: CsvDialect): boolean {
  const { delimiterRest, escape, anyLineEnd, quoteRules } = dialect;
  return delimiterRest.length > 0 && escape < 0 && !anyLineEnd && quoteRules !== 'lenient';
}

/**
 * Rewrites the whole records of bytes [from, to) like `rewriteRecords`, or gives up (null) at the first that is ragged, empty, a
 * comment, misquoted or not whole while nothing is before it.
 */
export function rewritePlainRecords(
  bytes: Uint8Array,
  from: number,
  to: number,
  isEnd: boolean,
  columnCount: number,
  dialect: CsvDialect,
  place: Place,
): Cut | null {
  const { delimiter, delimiterRest, quote, comment, block: target } = dialect;
  const size = delimiterRest.length + 1;
  const marks = marksOf(dialect);
  // A field grows by two quotes at most, and has a byte that made them needed.
  const out = new Uint8Array(takeBuffer(((to - from) * 3 + 8) & ~3));
  const ends = new Uint32Array(Math.ceil((to - from) / size) + columnCount + 1);
  let i = from;
  let n = 0;
  let e = 0;
  let rows = 0;
  let innerBreaks = 0;
  /** What stands before the record that is being read. */
  let next = from;
  let used = 0;
  let lineBreaks = 0;

  records: for (;;) {
    if (i === to || bytes[i] === comment) {
      if (i < to) return null;
      break;
    }
    for (let column = 0; ; column++) {
      const fieldFrom = n;
      const first = i < to ? bytes[i]! : -1;
      if (first === quote && quote >= 0) {
        out[n++] = first;
        i++;
        for (;;) {
          if (i === to) {
            if (isEnd) return null;
            break records;
          }
          const byte = bytes[i++]!;
          out[n++] = byte;
          if (byte === LF) innerBreaks++;
          if (byte !== quote) continue;
          if (i === to && !isEnd) break records;
          if (i === to || bytes[i] !== quote) break;
          out[n++] = byte;
          i++;
        }
        if (i < to && bytes[i] === CR) {
          if (i + 1 === to && !isEnd) break records;
          if (i + 1 < to && bytes[i + 1] !== LF) return null;
          out[n++] = CR;
          i++;
        }
      } else {
        if (first === target.quote) return null;
        let needsQuotes = false;
        let hasQuote = false;
        for (; i < to; i++) {
          const byte = bytes[i]!;
          if (marks[byte] === 1) {
            if (byte === LF) break;
            if (byte === delimiter && goesOn(bytes, i + 1, to, delimiterRest)) break;
            if (byte === target.delimiter) needsQuotes = true;
            if (byte === target.quote) hasQuote = true;
          }
          out[n++] = byte;
        }
        if (hasQuote && (needsQuotes || dialect.quoteRules === 'strict')) return null;
        if (needsQuotes) {
          // A CR before the line end is none of the field's.
          const isLast = i === to || bytes[i] === LF;
          if (isLast && out[n - 1] === CR) n--;
          out.copyWithin(fieldFrom + 1, fieldFrom, n);
          out[fieldFrom] = target.quote;
          n++;
          out[n++] = target.quote;
        }
      }
      if (i === to && !isEnd) break records;
      ends[e++] = n;
      if (i === to || bytes[i] === LF) {
        if (column !== columnCount - 1) return null;
        const isEmpty = n === fieldFrom || (n === fieldFrom + 1 && out[fieldFrom] === CR);
        if (columnCount === 1 && isEmpty) return null;
        out[n++] = LF;
        if (i < to) i++;
        break;
      }
      // Behind a closing quote there may be anything, or the beginning of a delimiter.
      if (bytes[i] !== delimiter || !goesOn(bytes, i + 1, to, delimiterRest)) {
        if (!isEnd && to - i < size) break records;
        return null;
      }
      if (column === columnCount - 1) return null;
      out[n++] = target.delimiter;
      i += size;
    }
    rows++;
    next = i;
    used = n;
    lineBreaks = rows + innerBreaks;
  }
  if (rows === 0) return null;
  return {
    block: {
      bytes: out.subarray(0, used),
      ends: ends.slice(0, rows * columnCount),
      start: 0,
      rowCount: rows,
      columnCount,
      dialect: target,
      firstRow: place.row,
      firstLine: place.line,
    },
    rejectedRows: [],
    rejects: [],
    losses: [],
    next,
    line: place.line + lineBreaks,
  };
}
