// How a format writes one file: batches in, bytes out.
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { CharsetConfig, Limits } from './config.ts';
import type { FileRef, FormatFile } from './file-ref.ts';
import type { Loss } from './report.ts';
import type { Scratch } from './scratch.ts';

/** Bytes for the current entry, or, with `entry`, the first bytes of a further one (side file, sheet part). */
export interface Segment {
  /** Begins a new entry called base name + `suffix` (`.schema.json`). */
  entry?: { suffix: string };
  /** Formats with a `container` only: begins the next part of the package, of this name (`xl/workbook.xml`). */
  part?: string;
  bytes: Uint8Array;
}

export interface EncodedBatch {
  segments: Segment[];
  /** Rows written, when it differs from the selected rows (arrays expanded to rows). */
  rowCount?: number;
  /** Rows that went into others written before (further rows of one entity). */
  merged?: number;
  losses: Loss[];
}

/** One of the tables that an output is made of. */
export interface EncodedTable {
  /** The data set's id. */
  name: string;
  schema: Schema;
}

export interface EncoderContext<O> {
  options: O;
  /** Of the first table. */
  schema: Schema;
  /** All tables of the output, for formats that take many; missing = the one of `schema`. */
  tables?: readonly EncodedTable[];
  /** Name of the dataset, for roots and tables. */
  name: string;
  timeZone: string;
  /** What the text will be in, for documents that name it. */
  charset: Pick<CharsetConfig, 'id' | 'bom'>;
  /** The run's clock in ms since 1970, for metadata. */
  startedAtMs: number;
  /** Config facts for metadata: source name. */
  sourceName: string;
  /** 0-based part number when the output is split. */
  part: number;
}

/** What an encoder that takes its batches in one place may use. */
export interface EncoderRoom {
  scratch: Scratch;
  limits: Limits;
  /** Throws `config.binding-missing`, `read.*`. */
  openFile(file: FileRef): Promise<FormatFile>;
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret(id: string): string;
}

/** Where a batch stands in its file. */
export interface BatchPlace {
  /** Selected rows of its table that were given to this file before. */
  firstRow: number;
  /** There were none. */
  isFirst: boolean;
  /** Which of the context's `tables`; missing = the first. */
  table?: number;
  /** What the `lookAhead` of the format saw of the table; missing where nobody looked. */
  ahead?: unknown;
}

/**
 * Writes one file (or part). Emits UTF-8 in whole characters per segment; the transcoder follows.
 * For `parallel: 'batch'` formats `encodeBatch` is pure: it depends on context, batch and `at` alone, so that any lane
 * may run it and the output never depends on the cuts.
 */
export interface Encoder {
  /** `ahead`: what the `lookAhead` of the format saw of the only table, where the context names no `tables`. */
  begin(ahead?: unknown): Segment[];
  /** Throws MisfitError for a text field that is not a value of its column's type. */
  encodeBatch(batch: Batch, at: BatchPlace): EncodedBatch;
  /** Around each of several tables, in their order, the empty ones too. Not called where the context names no `tables`. */
  beginTable?(table: number, ahead?: unknown): Segment[];
  endTable?(table: number, totals: { rowCount: number }): Segment[];
  end(totals: { rowCount: number }): Segment[];
}

/** Segments that are there at once, or come one after the other. */
export type Segments = Iterable<Segment> | AsyncIterable<Segment>;

/**
 * Writes one file (or part) like an {@link Encoder}, but takes its batches one after the other in one place, and may hold rows
 * back in files of its own.
 */
export interface StreamEncoder {
  begin(ahead?: unknown): Segments;
  encodeBatch(batch: Batch, at: BatchPlace): Promise<EncodedBatch>;
  beginTable?(table: number, ahead?: unknown): Segments;
  endTable?(table: number, totals: { rowCount: number }): Segments;
  end(totals: { rowCount: number }): Segments;
  /** Lets go of what it holds, at any moment. */
  close(): Promise<void>;
}

/** Most rows of a table or part that are looked at ahead: they are held until their turn comes. */
export const MOST_ROWS_AHEAD = 1_000;

/** A look at the first rows of a table, in each part anew. */
export interface LookAhead<O> {
  /** How many rows; 0 where these options need none. At most {@link MOST_ROWS_AHEAD}. */
  rows(options: O): number;
  /**
   * Plain data about the first rows of a table (fewer only where there are no more). The same wherever the batches are cut;
   * neither changes nor keeps them. Texts that do not fit their type are the encoder's to tell of.
   */
  look(context: EncoderContext<O>, table: number, heads: readonly Batch[]): unknown;
}
