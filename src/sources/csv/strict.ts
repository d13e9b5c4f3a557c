// The strict loop over a window: applies the policies and writes the records as a block in normal form.
import { ERROR_TEXTS } from '../../contract/error-codes.ts';
import { ExportError, fillText, shorten } from '../../contract/errors.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import type { TextBlock } from '../../table/text-block.ts';
import { skipsEmptyLines, type CsvDialect } from './dialect.ts';
import {
  createSpans,
  ESCAPED,
  isComment,
  QUOTED_ESCAPED,
  readRecord,
  skipComment,
  undo,
  UNQUOTED,
  type RecordSpans,
} from './record.ts';
import { LOSS_SENTENCES } from './texts.ts';

const CR = 13;
const LF = 10;

/** Where the first record of a window stands in the source. */
export interface Place {
  /** 0-based data row. */
  row: number;
  /** 1-based line. */
  line: number;
}

/** What a window gave: null while not even one record, comment or empty line of it was whole. */
export interface Cut {
  /** null when there were only comments and empty lines. */
  block: TextBlock | null;
  /** Rows left out, ascending block rows. */
  rejectedRows: number[];
  rejects: Reject[];
  losses: Loss[];
  /** Offset of the first byte that was not used. */
  next: number;
  /** Line of the record at `next`. */
  line: number;
}

/** Bytes that grow as they are written. */
class Output {
  bytes: Uint8Array;
  used = 0;
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }
  room(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
  copy(from: Uint8Array, start: number, end: number): void {
    this.room(end - start);
    // Most fields are a few bytes long, where a call to set costs more than the loop.
    if (end - start < 48) for (let i = start; i < end; i++) this.bytes[this.used++] = from[i]!;
    else {
      this.bytes.set(from.subarray(start, end), this.used);
      this.used += end - start;
    }
  }
  quoted(content: Uint8Array, quote: number): void {
    this.room(content.length * 2 + 2);
    this.bytes[this.used++] = quote;
    for (const byte of content) {
      if (byte === quote) this.bytes[this.used++] = quote;
      this.bytes[this.used++] = byte;
    }
    this.bytes[this.used++] = quote;
  }
}

function holds(bytes: Uint8Array, start: number, end: number, byte: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === byte) return true;
  return false;
}

/** Writes field `c` of a record in normal form. */
function writeField(
  output: Output,
  bytes: Uint8Array,
  spans: RecordSpans,
  c: number,
  dialect: CsvDialect,
): void {
  const start = spans.starts[c]!;
  const end = spans.ends[c]!;
  const spelling = spans.spellings[c]!;
  const { quote, delimiter } = dialect.block;
  const needsQuotes =
    spelling === ESCAPED ||
    spelling === QUOTED_ESCAPED ||
    // Where the file has no quote but normal form needs one, a field may begin with that character by chance.
    (quote !== dialect.quote && start < end && bytes[start] === quote) ||
    // The same for the delimiter, which is another one where that of the file is of several bytes.
    (dialect.delimiterRest.length > 0 &&
      spelling === UNQUOTED &&
      holds(bytes, start, end, delimiter));
  if (needsQuotes) {
    const content = new Uint8Array(end - start);
    const size = undo(bytes, start, end, spelling, dialect, content, 0);
    output.quoted(content.subarray(0, size), quote);
  } else output.copy(bytes, start, end);
}

/**
 * Rewrites the whole records of bytes [from, to) in normal form. Throws ExportError for what the dialect does not allow.
 * null when no record ends within the window.
 */
export function rewriteRecords(
  bytes: Uint8Array,
  from: number,
  to: number,
  isEnd: boolean,
  columnCount: number,
  dialect: CsvDialect,
  place: Place,
): Cut | null {
  const { block: target, nullText, raggedRows } = dialect;
  const dropsEmptyLines = skipsEmptyLines(dialect, columnCount);
  const isSpeltAlike = target.quote === dialect.quote && dialect.delimiterRest.length === 0;
  const spans = createSpans();
  const output = new Output(to - from + 64);
  const lines: number[] = [];
  let ends = new Uint32Array(Math.max(1024, columnCount * 4));
  let n = 0;
  const rejectedRows: number[] = [];
  const rejects: Reject[] = [];
  let padded = 0;
  let cut = 0;
  let comments = 0;
  let line = place.line;
  let at = from;

  while (at < to) {
    if (isComment(bytes, at, to, dialect)) {
      const after = skipComment(bytes, at, to, isEnd, dialect);
      if (after < 0) break;
      at = after;
      line++;
      comments++;
      continue;
    }
    if (!readRecord(bytes, at, to, isEnd, dialect, columnCount, line, spans)) break;
    const recordLine = line;
    line += spans.breaks;
    const recordFrom = at;
    at = spans.next;
    if (spans.isEmptyLine && dropsEmptyLines) continue;
    const found = spans.count;
    if (found !== columnCount) {
      const isShort = found < columnCount;
      const code = 'read.csv.ragged-row';
      const parameters = { line: recordLine, found, expected: columnCount };
      if (raggedRows === 'fail') throw new ExportError(code, parameters);
      if (raggedRows === 'reject' || (raggedRows === 'pad' && !isShort)) {
        rejectedRows.push(lines.length);
        rejects.push({
          row: place.row + lines.length,
          line: recordLine,
          code,
          sentence: fillText(ERROR_TEXTS[code].sentence, parameters),
          value: shorten(
            new TextDecoder()
              .decode(bytes.subarray(recordFrom, Math.min(at, recordFrom + 400)))
              .trimEnd(),
          ),
          record: new TextDecoder().decode(bytes.subarray(recordFrom, at)).replace(/\r?\n$/, ''),
        });
      } else if (isShort) padded++;
      else cut++;
    }
    lines.push(recordLine);
    if (n + columnCount > ends.length) {
      const grown = new Uint32Array(Math.max(ends.length * 2, n + columnCount));
      grown.set(ends.subarray(0, n));
      ends = grown;
    }
    if (found === columnCount && !spans.hasEscapes && isSpeltAlike) {
      // As spelled: one stretch, with the ends moved to where it stands now.
      const shift = output.used - recordFrom;
      output.copy(bytes, recordFrom, spans.ends[columnCount - 1]!);
      for (let c = 0; c < columnCount - 1; c++) ends[n++] = spans.ends[c]! + shift;
    } else {
      for (let c = 0; c < columnCount; c++) {
        if (c > 0) {
          output.room(1);
          ends[n++] = output.used;
          output.bytes[output.used++] = target.delimiter;
        }
        if (c < found) writeField(output, bytes, spans, c, dialect);
        else output.copy(nullText, 0, nullText.length);
      }
    }
    // A field that itself ends with CR keeps it by a CR LF line end, of which readers take the CR off.
    const lastFrom = n === 0 ? 0 : ends[n - 1]! + 1;
    output.room(2);
    if (output.used > lastFrom && output.bytes[output.used - 1] === CR)
      output.bytes[output.used++] = CR;
    ends[n++] = output.used;
    output.bytes[output.used++] = LF;
  }
  if (at === from) return null;
  const losses: Loss[] = [];
  const lose = (code: keyof typeof LOSS_SENTENCES, count: number): void => {
    if (count > 0)
      losses.push({
        code,
        sentence: LOSS_SENTENCES[code],
        count,
        ...(code === 'csv.comment-lines' && { unit: 'lines' }),
      });
  };
  lose('csv.row-padded', padded);
  lose('csv.row-cut', cut);
  lose('csv.comment-lines', comments);
  const block: TextBlock | null =
    lines.length === 0
      ? null
      : {
          bytes: output.bytes.subarray(0, output.used),
          ends: ends.subarray(0, n),
          start: 0,
          rowCount: lines.length,
          columnCount,
          dialect: target,
          firstRow: place.row,
          firstLine: lines[0]!,
          lines: Uint32Array.from(lines),
        };
  return { block, rejectedRows, rejects, losses, next: at, line };
}
