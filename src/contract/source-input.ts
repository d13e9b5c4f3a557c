// What a source reads from, as the engine opened it: bytes, parts of bytes, or batches.
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';

/** Bytes of one source as the engine opened them: unpacked, in UTF-8 without byte order mark. Can be read once per `open()`. */
export interface ByteInput {
  kind: 'bytes';
  name: string;
  /** Size on disk (before unpacking); null when unknown. */
  sizeBytes: number | null;
  /** Chunks of any size > 0; each belongs to the receiver. May be called again unless `once`. */
  open(): AsyncIterable<Uint8Array>;
  /** Whether a second `open()` is impossible (stdin). */
  once: boolean;
  /** Any part at any time. Cards that read slices always get it: what cannot be sliced was put aside before. */
  slices?: ByteSlices;
  /** Another whenever the bytes are; missing where that cannot be told from outside. */
  stamp?: string;
  /** Size of the file that stands beside it under the same name with this ending, 0 where there is none; missing where nobody can look. */
  besideBytes?(ending: string): Promise<number>;
}

/** Reads any part of the bytes at any time. */
export interface ByteSlices {
  sizeBytes: number;
  /** Bytes [from, to) in a buffer of their own. Throws `read.failed`, and `read.changed` when the file is another by now. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** The same without waiting, for readers that cannot (SQLite); missing where bytes only come from afar. */
  readNow?(from: number, to: number): Uint8Array;
}

/** Records that arrive as typed batches already (host rows). */
export interface BatchInput {
  kind: 'batches';
  name: string;
  /** Known before the first batch. */
  schema: Schema;
  rowCount: number | null;
  open(): AsyncIterable<Batch>;
  once: boolean;
}

export type SourceInput = ByteInput | BatchInput;
