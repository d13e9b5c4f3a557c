// The rows of an output in parts that its first file holds, for looking at a file before it is written.
import { selectedCount, selectedRow, type Batch } from '../table/batch.ts';
import type { PlannedSplit } from './row-groups.ts';

/** What of a batch goes into the first file, where values part the rows: that of the first row there is. */
export function firstFile(split: PlannedSplit | null): (batch: Batch) => Batch {
  if (split === null) return (batch) => batch;
  const { columns, kept } = split;
  let first: string | null = null;
  return (batch) => {
    const read = columns.map((column) => column.read(batch));
    const rows: number[] = [];
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      const values = read.map((valueOf) => valueOf(row));
      const isWanted = columns.every(
        ({ only }, c) => only === null || (values[c] !== null && only.has(values[c]!)),
      );
      if (!isWanted) continue;
      const key = JSON.stringify(values);
      first ??= key;
      if (key === first) rows.push(row);
    }
    return kept.apply({ ...batch, selection: Uint32Array.from(rows), isShared: true });
  };
}
