// Writes text blocks in normal form, cell by cell: for sources whose values stand as text but in no delimited file.
import type { Batch, TextColumn } from './batch.ts';
import type { Schema } from './data-type.ts';
import type { BlockDialect, TextBlock } from './text-block.ts';

const COMMA = 44;
const QUOTE = 34;
const CR = 13;
const LF = 10;

/** A full block: about as much as one read of a file gives. */
const BLOCK_BYTES = 1024 * 1024;
const BLOCK_ROWS = 65_536;

/** Comma, double quote, unquoted empty = null: what {@link BlockWriter} writes. */
export const PLAIN_DIALECT: BlockDialect = {
  delimiter: COMMA,
  quote: QUOTE,
  nullText: new Uint8Array(0),
};

/** Bytes that an unquoted field must not hold. */
const NEEDS_QUOTES = new Uint8Array(256);
for (const byte of [COMMA, QUOTE, CR, LF]) NEEDS_QUOTES[byte] = 1;

const encoder = new TextEncoder();

/**
 * Collects rows of `columnCount` cells. Call one of the cell functions for each cell in order, then `endRow`; ask `isFull`
 * between rows and `take` the block. Rows are numbered on from block to block.
 */
export class BlockWriter {
  readonly #columnCount: number;
  #bytes = new Uint8Array(64 * 1024);
  #used = 0;
  #ends = new Uint32Array(1024);
  #endCount = 0;
  #lines: Uint32Array | null;
  #rows = 0;
  #firstRow = 0;

  /** `hasLines`: `endRow` is told the source line of each row; otherwise row n stands on line n + 1. */
  constructor(columnCount: number, hasLines = false) {
    this.#columnCount = columnCount;
    this.#lines = hasLines ? new Uint32Array(256) : null;
  }

  /** Rows since the last `take`. */
  get rowCount(): number {
    return this.#rows;
  }

  get isFull(): boolean {
    return this.#used >= BLOCK_BYTES || this.#rows >= BLOCK_ROWS;
  }

  #room(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + more));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }

  #end(separator: number): void {
    if (this.#endCount === this.#ends.length) {
      const grown = new Uint32Array(this.#ends.length * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[this.#endCount++] = this.#used;
    this.#bytes[this.#used++] = separator;
  }

  #separator(): number {
    return (this.#endCount + 1) % this.#columnCount === 0 ? LF : COMMA;
  }

  /** A null. */
  addNull(): void {
    this.#room(1);
    this.#end(this.#separator());
  }

  /** The UTF-8 bytes [start, end) as a text that is not null, quoted where they need it. */
  addText(source: Uint8Array, start = 0, end = source.length): void {
    const from = this.#used;
    this.#room((end - start) * 2 + 3);
    const bytes = this.#bytes;
    let needsQuotes = start === end;
    // Written as if it needed none; most do not.
    let n = from;
    for (let i = start; i < end; i++) {
      const byte = source[i]!;
      if (NEEDS_QUOTES[byte] === 1) {
        needsQuotes = true;
        break;
      }
      bytes[n++] = byte;
    }
    if (needsQuotes) {
      n = from;
      bytes[n++] = QUOTE;
      for (let i = start; i < end; i++) {
        const byte = source[i]!;
        if (byte === QUOTE) bytes[n++] = QUOTE;
        bytes[n++] = byte;
      }
      bytes[n++] = QUOTE;
    }
    this.#used = n;
    this.#end(this.#separator());
  }

  /** The same for a string. */
  addString(text: string): void {
    this.addText(encoder.encode(text));
  }

  /** Bytes that are not empty and hold no comma, quote or line break (numbers, dates), as they are. */
  addPlain(source: Uint8Array, start: number, end: number): void {
    this.#room(end - start + 1);
    const bytes = this.#bytes;
    let n = this.#used;
    for (let i = start; i < end; i++) bytes[n++] = source[i]!;
    this.#used = n;
    this.#end(this.#separator());
  }

  /** The same for ASCII text. */
  addAscii(text: string): void {
    this.#room(text.length + 1);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#used++] = text.charCodeAt(i);
    this.#end(this.#separator());
  }

  /** Closes a row; `line`: 1-based line of the source, where the writer has lines. */
  endRow(line = 0): void {
    if (this.#lines !== null) {
      if (this.#rows === this.#lines.length) {
        const grown = new Uint32Array(this.#lines.length * 2);
        grown.set(this.#lines);
        this.#lines = grown;
      }
      this.#lines[this.#rows] = line;
    }
    this.#rows++;
  }

  /** Takes back the cells of a row that was not ended. */
  dropRow(): void {
    this.#endCount = this.#rows * this.#columnCount;
    this.#used = this.#endCount === 0 ? 0 : this.#ends[this.#endCount - 1]! + 1;
  }

  /** Counts a row of the source that is not written, so that the rows behind it keep their numbers. Before a block's first row. */
  skipRow(): void {
    this.#firstRow++;
  }

  /** The rows so far as a block of its own; the writer goes on empty. */
  take(): TextBlock {
    const firstRow = this.#firstRow;
    const block: TextBlock = {
      bytes: this.#bytes.slice(0, this.#used),
      ends: this.#ends.slice(0, this.#endCount),
      start: 0,
      rowCount: this.#rows,
      columnCount: this.#columnCount,
      dialect: PLAIN_DIALECT,
      firstRow,
      firstLine: firstRow + 1,
      // Line breaks inside of cells are none of the source's.
      lines:
        this.#lines?.slice(0, this.#rows) ??
        Uint32Array.from({ length: this.#rows }, (_, i) => firstRow + i + 1),
    };
    this.#firstRow += this.#rows;
    this.#used = 0;
    this.#endCount = 0;
    this.#rows = 0;
    return block;
  }
}

/** A batch whose columns are all those of the block, in order. */
export function blockBatch(schema: Schema, block: TextBlock): Batch {
  const columns = schema.fields.map((_, index): TextColumn => ({ storage: 'text', index }));
  return { schema, rowCount: block.rowCount, selection: null, columns, block };
}
