// The rows of an output in the groups that its columns part them into.
import type { ExportConfig } from '../contract/config.ts';
import type { Scratch } from '../contract/scratch.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { RowGroup } from './encode-stream.ts';
import type { NamedGroups } from './output-names.ts';
import { partitionNames } from './partition-names.ts';
import type { PlannedOutput } from './plan.ts';
import { groupRows, keptColumns, type Project } from './split-groups.ts';
import { findSplitColumns, type FoundColumn } from './split-values.ts';

/** The columns that part the rows of a plan, and what the files keep of them; null where none do. */
export interface PlannedSplit {
  columns: FoundColumn[];
  kept: Project;
}

/** Throws what `findSplitColumns` throws. */
export function planSplit(
  config: ExportConfig,
  output: PlannedOutput,
  schema: Schema,
): PlannedSplit | null {
  const { split } = output.config;
  if (!split?.columns) return null;
  const columns = findSplitColumns(schema, split.columns, config.timeZone);
  return { columns, kept: keptColumns(schema, columns, split) };
}

export interface GroupHooks {
  scratch: Scratch;
  signal: AbortSignal;
  /** Told of all rows as they come. */
  onRows(batch: Batch, table: number): void;
  /** Of the rows that go into files, before their columns are left out. */
  onKept(batch: Batch, table: number): void;
  /** Rows of values that nobody asked for. */
  onLeftOut(rows: number): void;
  /** All groups are known. */
  onGroups(groups: NamedGroups): void;
}

/** The rows of `tables` by group, each group to be read to its end before the next is asked for. */
export async function* openRowGroups(
  tables: readonly AsyncIterable<Batch>[],
  schema: Schema,
  split: PlannedSplit | null,
  { config }: PlannedOutput,
  hooks: GroupHooks,
): AsyncGenerator<RowGroup> {
  if (split === null) {
    yield {
      group: null,
      tables: tables.map((batches, table) =>
        watched(batches, (batch) => {
          hooks.onRows(batch, table);
          hooks.onKept(batch, table);
        }),
      ),
    };
    return;
  }
  const { columns, kept } = split;
  const rows = watched(tables[0]!, (batch) => hooks.onRows(batch, 0));
  const groups = await groupRows(rows, schema, columns, config.split!, hooks);
  try {
    const labels = columns.map(({ label }) => label);
    const names = partitionNames(groups.values, labels, config.split!.layout ?? 'hive');
    hooks.onGroups({ values: groups.values, names });
    // No rows at all make one file still.
    if (groups.values.length === 0) yield { group: null, tables: [nothing()] };
    for (const group of groups.values.keys())
      yield { group, tables: [projected(groups.rows(group), kept)] };
  } finally {
    await groups.close();
  }
}

async function* watched(
  batches: AsyncIterable<Batch>,
  onBatch: (batch: Batch) => void,
): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    if (selectedCount(batch) > 0) onBatch(batch);
    yield batch;
  }
}

async function* projected(
  batches: AsyncIterable<Batch>,
  { apply }: Project,
): AsyncGenerator<Batch> {
  for await (const batch of batches) yield apply(batch);
}

async function* nothing(): AsyncGenerator<Batch> {}
