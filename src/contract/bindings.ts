// The live and secret things a config only names: handed to `run` beside it, never stored.
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';

/**
 * A CSV file that is made as it is read, of any length and in constant memory: the same bytes in every door for the same
 * three values. It is called `orders-1000000.csv`.
 */
export interface GeneratedBytes {
  shape: 'orders' | 'agents' | 'commands';
  /** Data rows, 0 to 1,000,000,000. */
  rows: number;
  /** 0 to 2^32 − 1. */
  seed: number;
}

/** A readable thing for a byte source: a File or Blob, a table to generate, or in Node a path or standard input. */
export type ByteBinding = Blob | { generate: GeneratedBytes } | { path: string } | { stdin: true };

/** Records as typed batches, from a host's rows. `open` gives a fresh pass unless `once`. */
export interface RowsBinding {
  name: string;
  schema: Schema;
  rowCount: number | null;
  once: boolean;
  open(): AsyncIterable<Batch>;
}

export interface Bindings {
  /** By binding id. */
  bytes?: Record<string, ByteBinding>;
  rows?: Record<string, RowsBinding>;
  /** File and folder handles, and callbacks, for deliveries that need one, by output id. */
  targets?: Record<string, unknown>;
  /** Milliseconds since 1970; the run's only clock on the byte path. */
  clock?: () => number;
  jobId?: string;
}
