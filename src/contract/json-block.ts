// Writes the values of JSON records as the rows of a text block: their own bytes wherever these can stand in a field.
import { PLAIN_DIALECT } from '../table/block-writer.ts';
import { takeBuffer } from '../table/buffer-pool.ts';
import { viewOf } from '../table/copy-words.ts';
import type { JsonScan } from '../table/json-scan.ts';
import { replaced, unescapeJson } from '../table/json-unescape.ts';
import type { TextBlock } from '../table/text-block.ts';
import { IS_BOOL, IS_NUMBER, IS_STRING } from './json-guess.ts';

const COMMA = 44;
const QUOTE = 34;
const LF = 10;

/** A string's spelling, beside its kind. */
export const HAS_ESCAPES = 32;
export const HAS_COMMA = 64;

/** How a column's values are written: what they say, as JSON, or not at all. */
export const AS_TEXT = 0;
export const AS_JSON = 1;
export const AS_NOTHING = 2;

const FULL_BYTES = 4 << 20;
const FULL_ENDS = 1 << 20;

/** Where the values of one record stand in the scan's window, by column. */
export class RecordValues {
  /** The record's own number: a column without it has no value in this record. */
  stamp = 0;
  readonly stamps: Float64Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Kind and spelling. */
  readonly kinds: Uint8Array;

  constructor(columnCount: number) {
    this.stamps = new Float64Array(columnCount);
    this.starts = new Int32Array(columnCount);
    this.ends = new Int32Array(columnCount);
    this.kinds = new Uint8Array(columnCount);
  }

  keep(column: number, start: number, end: number, kind: number): void {
    this.stamps[column] = this.stamp;
    this.starts[column] = start;
    this.ends[column] = end;
    this.kinds[column] = kind;
  }
}

/** Rows of one block after the other. */
export class JsonBlock {
  /** Rows since the last `take`. */
  rowCount = 0;
  readonly #scan: JsonScan;
  readonly #forms: Uint8Array;
  readonly #columnCount: number;
  readonly #onReplaced: (column: number, at: number, count: number) => void;
  #bytes: Uint8Array;
  #view: DataView;
  #used = 0;
  #blockEnds: Uint32Array;
  #endCount = 0;
  #lines = new Uint32Array(1024);

  /** `forms`: by column; `onReplaced` is told of halves of characters that were replaced in the text that begins at `at`. */
  constructor(
    scan: JsonScan,
    forms: Uint8Array,
    onReplaced: (column: number, at: number, count: number) => void,
  ) {
    this.#scan = scan;
    this.#forms = forms;
    this.#columnCount = forms.length;
    this.#onReplaced = onReplaced;
    this.#bytes = new Uint8Array(takeBuffer(1 << 20));
    this.#view = viewOf(this.#bytes);
    this.#blockEnds = new Uint32Array(Math.max(4096, forms.length * 2));
  }

  get isFull(): boolean {
    return this.#used >= FULL_BYTES || this.#endCount >= FULL_ENDS || this.rowCount >= FULL_ENDS;
  }

  /** Writes a record's row, which stands on `line`; `size`: bytes its values take in the source. */
  write(values: RecordValues, size: number, line: number): void {
    const { stamp, stamps, starts, ends: valueEnds, kinds } = values;
    const forms = this.#forms;
    const columnCount = this.#columnCount;
    // Quotes of nested values are doubled, and fields quoted.
    this.#room(size * 2 + columnCount * 3 + 16);
    const { bytes: source, view } = this.#scan;
    const out = this.#bytes;
    const outView = this.#view;
    const ends = this.#blockEnds;
    let n = this.#used;
    let e = this.#endCount;
    for (let c = 0; c < columnCount; c++) {
      if (stamps[c] === stamp && forms[c] !== AS_NOTHING) {
        const kind = kinds[c]!;
        let start = starts[c]!;
        let end = valueEnds[c]!;
        if (kind === 0) {
          // Null is the empty field.
        } else if ((kind & IS_STRING) !== 0 && forms[c] === AS_TEXT) {
          start++;
          end--;
          if ((kind & HAS_ESCAPES) !== 0) {
            out[n++] = QUOTE;
            replaced.count = 0;
            n = unescapeJson(source, start, end, out, n, true);
            out[n++] = QUOTE;
            if (replaced.count > 0) this.#onReplaced(c, start, replaced.count);
          } else {
            const isQuoted = (kind & HAS_COMMA) !== 0 || start === end;
            if (isQuoted) out[n++] = QUOTE;
            const length = end - start;
            if (length < 64)
              for (let k = 0; k < length; k += 4)
                outView.setInt32(n + k, view.getInt32(start + k, true), true);
            else out.set(source.subarray(start, end), n);
            n += length;
            if (isQuoted) out[n++] = QUOTE;
          }
        } else if ((kind & (IS_NUMBER | IS_BOOL)) !== 0) {
          const length = end - start;
          for (let k = 0; k < length; k += 4)
            outView.setInt32(n + k, view.getInt32(start + k, true), true);
          n += length;
        } else {
          out[n++] = QUOTE;
          for (let i = start; i < end; i++) {
            const b = source[i]!;
            if (b === QUOTE) out[n++] = QUOTE;
            out[n++] = b;
          }
          out[n++] = QUOTE;
        }
      }
      ends[e++] = n;
      out[n++] = c === columnCount - 1 ? LF : COMMA;
    }
    this.#used = n;
    this.#endCount = e;
    if (this.rowCount === this.#lines.length) {
      const grown = new Uint32Array(this.#lines.length * 2);
      grown.set(this.#lines);
      this.#lines = grown;
    }
    this.#lines[this.rowCount++] = line;
  }

  #room(more: number): void {
    if (this.#used + more > this.#bytes.length) {
      const grown = new Uint8Array(takeBuffer(Math.max(this.#bytes.length * 2, this.#used + more)));
      grown.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = grown;
      this.#view = viewOf(grown);
    }
    if (this.#endCount + this.#columnCount > this.#blockEnds.length) {
      const grown = new Uint32Array(
        Math.max(this.#blockEnds.length * 2, this.#endCount + this.#columnCount),
      );
      grown.set(this.#blockEnds.subarray(0, this.#endCount));
      this.#blockEnds = grown;
    }
  }

  /** Takes the last row back. */
  dropLast(): void {
    this.rowCount--;
    this.#endCount -= this.#columnCount;
    this.#used = this.#endCount === 0 ? 0 : this.#blockEnds[this.#endCount - 1]! + 1;
  }

  /** Forgets the rows since the last `take`. */
  clear(): void {
    this.#used = 0;
    this.#endCount = 0;
    this.rowCount = 0;
  }

  /** The rows since the last `take` as a block of its own, of which the first is number `firstRow` of the source. */
  take(firstRow: number): TextBlock {
    const rowCount = this.rowCount;
    const block: TextBlock = {
      bytes: this.#bytes.subarray(0, this.#used),
      ends: this.#blockEnds.subarray(0, this.#endCount),
      start: 0,
      rowCount,
      columnCount: this.#columnCount,
      dialect: PLAIN_DIALECT,
      firstRow,
      firstLine: this.#lines[0]!,
      lines: this.#lines.slice(0, rowCount),
    };
    this.#bytes = new Uint8Array(
      takeBuffer(Math.max(1 << 20, Math.min(this.#bytes.length, 8 << 20))),
    );
    this.#view = viewOf(this.#bytes);
    const { length } = this.#blockEnds;
    this.#blockEnds = new Uint32Array(takeBuffer(length * 4), 0, length);
    this.clear();
    return block;
  }
}
