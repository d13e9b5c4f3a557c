// Reads whole Arrow bytes in tests: slices of memory, and every cell as text.
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import type { ByteInput } from '../../contract/source-input.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import type { Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import type { Schema } from '../../table/data-type.ts';
import { inspectArrow } from './inspect.ts';
import { arrowOptions, type ArrowOptions } from './options.ts';
import { readArrow } from './read.ts';

export interface ReadAll {
  schema: Schema;
  estimatedRows: number | null;
  evidence: string[];
  batches: Batch[];
  rows: (string | null)[][];
  losses: Loss[];
  bytesRead: number;
}

export async function readAll(
  bytes: Uint8Array,
  options: Partial<ArrowOptions> = {},
  more: Partial<ReadContext<ArrowOptions>> = {},
): Promise<ReadAll> {
  let bytesRead = 0;
  const input: ByteInput = {
    kind: 'bytes',
    name: 'test.arrow',
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
  };
  const { schema, estimatedRows, evidence } = await inspectArrow({
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
  const batches: Batch[] = [];
  const rows: (string | null)[][] = [];
  bytesRead = 0;
  for await (const batch of readArrow({
    input,
    options: { ...arrowOptions.defaults, ...options },
    schema,
    columns: [],
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    reject: () => {
      throw new Error('nothing is rejected');
    },
    lose: (loss) => losses.push(loss),
    ...more,
  })) {
    batches.push(batch);
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(schema.fields.map((_, column) => cellText(batch, row, column)));
  }
  return {
    schema,
    estimatedRows,
    evidence: evidence.map(({ sentence }) => sentence),
    batches,
    rows,
    losses,
    bytesRead,
  };
}
