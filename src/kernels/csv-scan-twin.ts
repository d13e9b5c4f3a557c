/** Finds the ends of CSV fields in plain TypeScript, four bytes at a time: the kernel's twin and its fallback. */

const CR = 13;
const LF = 10;

/** What one pass over a window of bytes found. */
export interface CsvScan {
  /** Whole records found; `ends` holds rows × columns positions. */
  rows: number;
  /** Offset after the last whole record. */
  next: number;
  /** Line breaks inside quoted fields of the whole records. */
  innerBreaks: number;
  /** False when the record at `next` is not plain: ragged, blank where that counts, a comment, a stray quote. */
  isPlain: boolean;
}

/** What a scan needs to know of the dialect: bytes, -1 for no quote and no comment. */
export interface CsvScanDialect {
  delimiter: number;
  quote: number;
  comment: number;
  /** Stop at quotes inside unquoted fields. */
  refusesInnerQuotes: boolean;
  /** Stop at lines whose last field is empty: for one column, at empty lines, which have the right field count. */
  stopsAtEmptyLines: boolean;
}

/**
 * Scans whole records in bytes [from, to), `from` being a record's start, and writes where their fields end (offsets in `bytes`),
 * row-major, into `ends`; stops early when `ends` is full (it must hold one row at least). Records end with LF, a CR before it is
 * part of the line end; quotes count only at a field's start and must be followed by a separator when they close. `bytes` must
 * start at offset 0 of its buffer, a multiple of four bytes long. Bytes at and after `to` are never taken for content.
 */
export function scanCsvPlainly(
  bytes: Uint8Array,
  from: number,
  to: number,
  columnCount: number,
  dialect: CsvScanDialect,
  ends: Uint32Array,
): CsvScan {
  const { delimiter, comment, refusesInnerQuotes, stopsAtEmptyLines } = dialect;
  // Without a quote the delimiter is looked for twice, which finds nothing new.
  const quote = dialect.quote < 0 ? delimiter : dialect.quote;
  const delimiters = Math.imul(delimiter, 0x01010101);
  const quotes = Math.imul(quote, 0x01010101);
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  const capacity = ends.length;
  let i = from;
  let n = 0;
  let rowEnd = columnCount;
  let fieldFrom = from;
  let rows = 0;
  let next = from;
  let breaks = 0;
  let innerBreaks = 0;
  if (comment >= 0 && from < to && bytes[from] === comment)
    return { rows, next, innerBreaks, isPlain: false };
  scan: while (i < to) {
    let base = i & ~3;
    let word = words[base >> 2]!;
    let d = word ^ delimiters;
    let q = word ^ quotes;
    let l = word ^ 0x0a0a0a0a;
    // The top bit of every byte that is (or, above a true one, may be) a separator or quote; bytes before i masked off.
    let marks =
      (((d - 0x01010101) & ~d) | ((q - 0x01010101) & ~q) | ((l - 0x01010101) & ~l)) &
      0x80808080 &
      (-1 << ((i & 3) << 3));
    while (marks === 0) {
      base += 4;
      if (base >= to) break scan;
      word = words[base >> 2]!;
      d = word ^ delimiters;
      q = word ^ quotes;
      l = word ^ 0x0a0a0a0a;
      marks =
        (((d - 0x01010101) & ~d) | ((q - 0x01010101) & ~q) | ((l - 0x01010101) & ~l)) & 0x80808080;
    }
    i = base + 4;
    do {
      const at = base + ((31 - Math.clz32(marks & -marks)) >> 3);
      marks &= marks - 1;
      if (at >= to) break scan;
      const byte = bytes[at]!;
      if (byte === delimiter) {
        ends[n++] = at;
        fieldFrom = at + 1;
      } else if (byte === LF) {
        ends[n++] = at;
        if (
          n !== rowEnd ||
          (stopsAtEmptyLines &&
            (at === fieldFrom || (at === fieldFrom + 1 && bytes[fieldFrom] === CR)))
        )
          return { rows, next, innerBreaks, isPlain: false };
        rows++;
        next = at + 1;
        fieldFrom = next;
        innerBreaks = breaks;
        rowEnd += columnCount;
        if (rowEnd > capacity) break scan;
        if (comment >= 0 && next < to && bytes[next] === comment)
          return { rows, next, innerBreaks, isPlain: false };
      } else if (byte === quote) {
        if (at !== fieldFrom) {
          if (refusesInnerQuotes) return { rows, next, innerBreaks, isPlain: false };
          continue;
        }
        let j = at + 1;
        for (;;) {
          while (j < to && bytes[j] !== quote) {
            if (bytes[j] === LF) breaks++;
            j++;
          }
          if (j + 1 >= to) break scan;
          const after = bytes[j + 1]!;
          if (after === quote) {
            j += 2;
            continue;
          }
          if (after === delimiter || after === LF) break;
          if (after === CR) {
            if (j + 2 >= to) break scan;
            if (bytes[j + 2] === LF) break;
          }
          return { rows, next, innerBreaks, isPlain: false };
        }
        // What is marked in this word lies inside the field or is found again from its end.
        i = j + 1;
        marks = 0;
      }
    } while (marks !== 0);
  }
  return { rows, next, innerBreaks, isPlain: true };
}
