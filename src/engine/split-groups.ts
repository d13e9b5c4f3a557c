// Rows put together by the values that part them, in the order these were first met: in memory, else on scratch files.
import { MOST_SPLIT_VALUES, type SplitConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { Scratch } from '../contract/scratch.ts';
import { createExternalSorter } from '../spill/external-sorter.ts';
import type { RunPiece } from '../spill/sorted-runs.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { FoundColumn, SplitValue } from './split-values.ts';

/** All rows, by group. */
export interface RowGroups {
  /** The values of each group, parallel to the columns. */
  values: readonly (readonly SplitValue[])[];
  /** The rows of a group in the order they came. Groups in their order, each to its end, once. */
  rows(group: number): AsyncGenerator<Batch>;
  /** Gives up everything held. Safe at any moment, also twice. */
  close(): Promise<void>;
}

const ID_BYTES = 4;

interface GroupingHooks {
  scratch: Scratch;
  signal: AbortSignal;
  /** Rows that are in a group. */
  onKept(batch: Batch, table: number): void;
  /** Rows of values that nobody asked for. */
  onLeftOut(rows: number): void;
}

/** Takes all rows. Throws `encode.too-many-values`. */
export async function groupRows(
  batches: AsyncIterable<Batch>,
  schema: Schema,
  columns: readonly FoundColumn[],
  split: SplitConfig,
  { scratch, signal, onKept, onLeftOut }: GroupingHooks,
): Promise<RowGroups> {
  const most = split.mostValues ?? MOST_SPLIT_VALUES;
  const values: SplitValue[][] = [];
  const known = new Map<string, number>();
  let ids = new Uint32Array(0);
  const sorter = createExternalSorter(
    schema,
    {
      begin() {},
      // The sorter takes the selected rows alone, in their order.
      write(row, out) {
        out.reserve(ID_BYTES);
        out.view.setUint32(out.length, ids[row]!);
        out.length += ID_BYTES;
      },
    },
    scratch,
    signal,
  );
  const groupOf = (texts: readonly SplitValue[], key: string): number => {
    let group = known.get(key);
    if (group === undefined) {
      group = values.length;
      if (group >= most)
        throw new ExportError('encode.too-many-values', {
          columns: shorten(columns.map(({ label }) => label).join(', ')),
          limit: most,
        });
      known.set(key, group);
      values.push([...texts]);
    }
    return group;
  };

  try {
    for await (const batch of batches) {
      signal.throwIfAborted();
      const count = selectedCount(batch);
      const read = columns.map((column) => column.read(batch));
      const texts: SplitValue[] = columns.map(() => null);
      const kept = new Uint32Array(count);
      ids = new Uint32Array(count);
      let left = 0;
      for (let i = 0; i < count; i++) {
        const row = selectedRow(batch, i);
        let key = '';
        let isWanted = true;
        for (let c = 0; c < columns.length; c++) {
          const text = read[c]!(row);
          texts[c] = text;
          key += text === null ? '-' : `${text.length}:${text}`;
          const { only } = columns[c]!;
          if (only !== null && (text === null || !only.has(text))) isWanted = false;
        }
        if (!isWanted) continue;
        ids[left] = groupOf(texts, key);
        kept[left++] = row;
      }
      if (left < count) onLeftOut(count - left);
      const wanted = left === count ? batch : { ...batch, selection: kept.slice(0, left) };
      if (left > 0) onKept(wanted, 0);
      await sorter.add(wanted);
    }
  } catch (thrown) {
    await sorter.close();
    throw thrown;
  }

  const pieces = sorter.sorted();
  let piece: RunPiece | null = null;
  let at = 0;
  const idAt = ({ keys }: RunPiece, row: number): number =>
    new DataView(keys.bytes.buffer, keys.bytes.byteOffset).getUint32(row * ID_BYTES);
  return {
    values,
    async *rows(group) {
      for (;;) {
        if (piece === null || at >= piece.keys.count) {
          const next: IteratorResult<RunPiece> = await pieces.next();
          if (next.done === true) return;
          piece = next.value;
          at = 0;
        }
        if (idAt(piece, at) !== group) return;
        const from = at;
        while (at < piece.keys.count && idAt(piece, at) === group) at++;
        yield sliceSelected(piece.batch, from, at);
      }
    },
    async close() {
      await pieces.return(undefined);
      await sorter.close();
    },
  };
}

/** What remains of the columns in the files: all, or those that the folders do not name. */
export function keptColumns(
  schema: Schema,
  columns: readonly FoundColumn[],
  split: SplitConfig,
): Project {
  const keeps = split.keepColumns ?? (split.layout ?? 'hive') !== 'hive';
  const dropped = new Set(
    keeps ? [] : columns.filter(({ part }) => part === null).map(({ position }) => position),
  );
  if (dropped.size === 0) return { schema, apply: (batch) => batch };
  const places = schema.fields.map((_, i) => i).filter((i) => !dropped.has(i));
  const kept: Schema = { ...schema, fields: places.map((i) => schema.fields[i]!) };
  return {
    schema: kept,
    apply: (batch) => ({ ...batch, schema: kept, columns: places.map((i) => batch.columns[i]!) }),
  };
}

/** Some columns of a table. */
export interface Project {
  schema: Schema;
  apply(batch: Batch): Batch;
}
