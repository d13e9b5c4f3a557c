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
export type OneFileBinding =
  Blob | { generate: GeneratedBytes } | { path: string } | { stdin: true };

/** One file, or several that are read as one, with the names they have beneath their folder (`2026/11/a.csv`). */
export type ByteBinding =
  OneFileBinding | { name: string; files: { name: string; file: OneFileBinding }[] };

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
  /** Values of the secrets a config names, by id. */
  secrets?: Record<string, string>;
  /** By source id: the greatest value that the last run's watermark column had, as text. */
  watermarks?: Record<string, string>;
  /** Milliseconds since 1970; the run's only clock on the byte path. */
  clock?: () => number;
  jobId?: string;
}
