// Reads whole binary files to cells for tests, through the public functions of a source that reads slices.
import { DEFAULT_LIMITS } from '../contract/config.ts';
import type { Loss } from '../contract/report.ts';
import type { ByteInput } from '../contract/source-input.ts';
import type { InspectContext, ReadContext, SourceInspection } from '../contract/source-plugin.ts';
import type { Batch } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';
import type { Schema } from '../table/data-type.ts';

/** Slices of memory, which count what is read of them; asked for other bytes than there are they throw. */
export function memorySlices(
  name: string,
  bytes: Uint8Array,
): ByteInput & { bytesRead: () => number } {
  let bytesRead = 0;
  return {
    kind: 'bytes',
    name,
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
  estimatedRows: number | null;
  evidence: string[];
  batches: Batch[];
  rows: (string | null)[][];
  losses: Loss[];
  /** Rows left out before they were read. */
  skipped: number;
  /** By the reading alone, without the inspection. */
  bytesRead: number;
}

/** A function that inspects and reads bytes called `name`; `defaults`: options that hold unless others are given. */
export function sliceReader<O extends object>(
  name: string,
  source: {
    inspect(context: InspectContext<O>): Promise<SourceInspection<O>>;
    read(context: ReadContext<O>): AsyncIterable<Batch>;
  },
  defaults: O,
): (bytes: Uint8Array, options?: Partial<O>, more?: Partial<ReadContext<O>>) => Promise<ReadAll> {
  return async (bytes, options = {}, more = {}) => {
    const input = memorySlices(name, bytes);
    const { schema, estimatedRows, evidence } = await source.inspect({
      given: options,
      columns: [],
      input,
      sample: bytes.subarray(0, 0),
      isWhole: false,
      profiles: false,
      sizeBytes: bytes.length,
      name,
      limits: DEFAULT_LIMITS,
    });
    const inspected = input.bytesRead();
    const losses: Loss[] = [];
    const batches: Batch[] = [];
    const rows: (string | null)[][] = [];
    let skipped = 0;
    for await (const batch of source.read({
      input,
      options: { ...defaults, ...options },
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
    return {
      schema,
      estimatedRows,
      evidence: evidence.map(({ sentence }) => sentence),
      batches,
      rows,
      losses,
      skipped,
      bytesRead: input.bytesRead() - inspected,
    };
  };
}
