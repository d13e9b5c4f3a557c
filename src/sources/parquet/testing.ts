// Reads whole Parquet bytes in tests: slices of memory, and every cell as text.
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import type { ByteInput } from '../../contract/source-input.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import type { Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import type { Schema } from '../../table/data-type.ts';
import { inspectParquet } from './inspect.ts';
import { parquetOptions, type ParquetOptions } from './options.ts';
import { readParquet } from './read.ts';

/** An input over bytes in memory that counts what is read of them. */
export function memoryInput(bytes: Uint8Array): ByteInput & { bytesRead(): number } {
  let bytesRead = 0;
  return {
    kind: 'bytes',
    name: 'test.parquet',
    sizeBytes: bytes.length,
    once: false,
    open: () => {
      throw new Error('not to be read from the start');
    },
    slices: {
      sizeBytes: bytes.length,
      async read(from, to) {
        await Promise.resolve();
        if (from < 0 || to > bytes.length || from > to)
          throw new RangeError(`no slice ${from}–${to}`);
        bytesRead += to - from;
        return bytes.slice(from, to);
      },
    },
    bytesRead: () => bytesRead,
  };
}

export interface ReadAll {
  schema: Schema;
  batches: Batch[];
  rows: (string | null)[][];
  losses: Loss[];
  skipped: number;
  bytesRead: number;
}

export async function readAll(
  bytes: Uint8Array,
  options: Partial<ParquetOptions> = {},
  more: Partial<ReadContext<ParquetOptions>> = {},
): Promise<ReadAll> {
  const input = memoryInput(bytes);
  const inspection = await inspectParquet({
    given: options,
    columns: [],
    input,
    sample: bytes.subarray(0, 0),
    isWhole: false,
    profiles: false,
    sizeBytes: bytes.length,
    name: input.name,
    limits: DEFAULT_LIMITS,
  });
  const losses: Loss[] = [];
  let skipped = 0;
  const { schema } = inspection;
  const batches: Batch[] = [];
  const rows: (string | null)[][] = [];
  for await (const batch of readParquet({
    input,
    options: { ...parquetOptions.defaults, ...options },
    schema,
    columns: [],
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    reject: () => {
      throw new Error('nothing is rejected');
    },
    lose: (loss) => losses.push(loss),
    skipped: (count) => (skipped += count),
    ...more,
  })) {
    batches.push(batch);
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(schema.fields.map((_, column) => cellText(batch, row, column)));
  }
  return { schema, batches, rows, losses, skipped, bytesRead: input.bytesRead() };
}
