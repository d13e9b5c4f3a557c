// Keeps the first rows of each group: what may be among them is sorted, most others are left out as they come.
import { resolveColumn } from '../../contract/columns.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { createExternalSorter } from '../../spill/external-sorter.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { compareBytes, createKeyWriter } from '../../table/row-key.ts';
import { createBestKeys } from './best-keys.ts';
import type { TopOptions } from './options.ts';

/** Of the memory: the best keys so far, beside the rows that are sorted. */
const KEYS_SHARE = 1 / 4;

/** Bytes of the length that stands before a group's key. */
const LENGTH_BYTES = 4;

export function open(context: TransformContext<TopOptions>): Transform {
  const { schema, options, scratch, signal } = context;
  const groups = options.groups.map((ref) => resolveColumn(schema, ref));
  const by = options.by.map(({ column }) => resolveColumn(schema, column));
  const groupKeys = createKeyWriter(schema, groups, { mode: 'ordered', onMisfit: failOnMisfit });
  const byKeys = createKeyWriter(schema, by, {
    mode: 'ordered',
    descending: options.by.map(({ order }) => order === 'descending'),
    nulls: options.by.map(({ nulls }) => nulls),
    onMisfit: failOnMisfit,
  });

  async function* apply(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const best = createBestKeys(options.count, scratch.memoryBytes * KEYS_SHARE);
    const group = new ByteWriter(256);
    const key = new ByteWriter(256);
    const sorter = createExternalSorter(
      schema,
      {
        begin(batch) {
          groupKeys.begin(batch);
          byKeys.begin(batch);
        },
        // The group's length stands behind: keys compare as they are, and it can be told where the group's ends.
        write(row, out) {
          const from = out.length;
          groupKeys.write(row, out);
          const size = out.length - from;
          byKeys.write(row, out);
          out.reserve(LENGTH_BYTES);
          out.view.setUint32(out.length, size);
          out.length += LENGTH_BYTES;
        },
      },
      { ...scratch, memoryBytes: scratch.memoryBytes * (1 - KEYS_SHARE) },
      signal,
    );
    try {
      for await (const batch of batches) {
        const count = selectedCount(batch);
        const kept = new Uint32Array(count);
        let keptCount = 0;
        groupKeys.begin(batch);
        byKeys.begin(batch);
        for (let i = 0; i < count; i++) {
          const row = selectedRow(batch, i);
          group.clear();
          key.clear();
          groupKeys.write(row, group);
          byKeys.write(row, key);
          if (best.mayStay(group.bytes, group.length, key.bytes, key.length))
            kept[keptCount++] = row;
        }
        context.filtered(count - keptCount);
        await sorter.add({ ...batch, selection: kept.subarray(0, keptCount) });
      }
      let last = new Uint8Array(0);
      let lastCount = 0;
      for await (const { batch, keys } of sorter.sorted()) {
        const rows = new Uint32Array(batch.rowCount);
        let rowCount = 0;
        for (let row = 0; row < keys.count; row++) {
          const { bytes } = keys;
          const start = row === 0 ? 0 : keys.ends[row - 1]!;
          const end = keys.ends[row]!;
          const view = new DataView(bytes.buffer, bytes.byteOffset + end - LENGTH_BYTES);
          const groupEnd = start + view.getUint32(0);
          const isFirst =
            lastCount === 0 || compareBytes(last, 0, last.length, bytes, start, groupEnd) !== 0;
          if (isFirst) {
            last = bytes.slice(start, groupEnd);
            lastCount = 0;
          }
          if (lastCount++ < options.count) rows[rowCount++] = row;
        }
        context.filtered(batch.rowCount - rowCount);
        if (rowCount === batch.rowCount) yield batch;
        else if (rowCount > 0) yield { ...batch, selection: rows.subarray(0, rowCount) };
      }
    } finally {
      await sorter.close();
    }
  }

  /** Nothing to sort by: the first rows as they come. */
  async function* firstRows(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    let left = options.count;
    for await (const batch of batches) {
      const count = selectedCount(batch);
      const kept = Math.min(left, count);
      left -= kept;
      context.filtered(count - kept);
      if (kept > 0) yield sliceSelected(batch, 0, kept);
      if (left === 0) return;
    }
  }

  return {
    schema,
    needs: (wanted) => new Set([...wanted, ...groups, ...by]),
    apply: by.length + groups.length === 0 ? firstRows : apply,
  };
}
