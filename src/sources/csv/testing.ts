// Reads CSV bytes to cells for tests, through the public functions of the source.
import { DEFAULT_LIMITS, type ColumnEdit, type Limits } from '../../contract/config.ts';
import type { SourceInspection } from '../../contract/source-plugin.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { fieldText } from '../../table/text-block.ts';
import { inspectCsv } from './inspect.ts';
import type { CsvOptions } from './options.ts';
import { readCsv } from './read.ts';

export interface ReadCells {
  inspection: SourceInspection<CsvOptions>;
  names: string[];
  /** Cells of the selected rows. */
  rows: (string | null)[][];
  batches: Batch[];
  rejects: Reject[];
  losses: Loss[];
}

export interface CellsQuestion {
  given?: Partial<CsvOptions>;
  columns?: ColumnEdit[];
  limits?: Partial<Limits>;
  /** Sizes of the chunks, over and over; default one chunk. */
  chunkSizes?: readonly number[];
  signal?: AbortSignal;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Copies of the bytes in chunks of these sizes, over and over. */
export async function* inChunks(
  bytes: Uint8Array,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    await Promise.resolve();
    yield bytes.slice(at, at + size);
    at += size;
  }
}

/** Every row a batch selects, as cells. */
export function batchCells(batch: Batch): (string | null)[][] {
  return Array.from({ length: selectedCount(batch) }, (_, i) =>
    batch.columns.map((column) =>
      column.storage === 'text'
        ? fieldText(batch.block!, selectedRow(batch, i), column.index)
        : null,
    ),
  );
}

/** Inspects and reads CSV given as text or bytes. */
export async function readCells(
  content: string | Uint8Array,
  question: CellsQuestion = {},
): Promise<ReadCells> {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const limits = { ...DEFAULT_LIMITS, ...question.limits };
  const columns = question.columns ?? [];
  const inspection = inspectCsv({
    given: question.given ?? {},
    columns,
    sample: bytes.slice(0, 1 << 20),
    profiles: false,
    isWhole: bytes.length <= 1 << 20,
    sizeBytes: bytes.length,
    name: 'test.csv',
    limits,
  });
  const result: ReadCells = {
    inspection,
    names: inspection.schema.fields.map((field) => field.name),
    rows: [],
    batches: [],
    rejects: [],
    losses: [],
  };
  const batches = readCsv({
    input: {
      kind: 'bytes',
      name: 'test.csv',
      sizeBytes: bytes.length,
      once: false,
      open: () => inChunks(bytes, question.chunkSizes ?? [Math.max(1, bytes.length)]),
    },
    options: inspection.options,
    schema: inspection.schema,
    columns,
    limits,
    signal: question.signal ?? new AbortController().signal,
    reject: (reject) => result.rejects.push(reject),
    lose: (loss) => result.losses.push(loss),
  });
  for await (const batch of batches) {
    result.batches.push(batch);
    for (const row of batchCells(batch)) result.rows.push(row);
  }
  return result;
}
