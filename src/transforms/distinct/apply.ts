// Lets one of equal rows through: with a table of keys in memory as long as that fits, by sorting what remains beyond it.
import { resolveColumn } from '../../contract/columns.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createKeyTable } from '../../table/key-table.ts';
import { createKeyWriter } from '../../table/row-key.ts';
import { openLateRows, type LateRows } from './late-rows.ts';
import type { DistinctOptions } from './options.ts';

export function open(context: TransformContext<DistinctOptions>): Transform {
  const { schema, options, scratch, filtered } = context;
  const columns =
    options.by?.map((ref) => resolveColumn(schema, ref)) ?? schema.fields.map((_, i) => i);
  const keys = createKeyWriter(schema, columns, { mode: 'equal', onMisfit: failOnMisfit });
  const most = scratch.memoryBytes / 2;

  /** Gives the first row of each key as it comes, as long as the table has room; the others at the end. */
  async function* keepFirst(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const table = createKeyTable();
    const bytes = new ByteWriter(64 * 1024);
    let rest: LateRows | undefined;
    try {
      for await (const batch of batches) {
        const count = selectedCount(batch);
        const kept = new Uint32Array(count);
        const late = rest === undefined ? null : new Uint32Array(count);
        let keptCount = 0;
        let lateCount = 0;
        const ends = new Uint32Array(count);
        const numbers = new Int32Array(count);
        bytes.clear();
        keys.begin(batch);
        for (let i = 0; i < count; i++) {
          keys.write(selectedRow(batch, i), bytes);
          ends[i] = bytes.length;
        }
        if (late !== null) {
          // The table is full: what it holds was given, anything else is settled at the end.
          table.findAll(bytes.written(), ends, numbers);
          for (let i = 0; i < count; i++)
            if (numbers[i]! < 0) late[lateCount++] = selectedRow(batch, i);
        } else {
          let next = table.size;
          table.findOrAddAll(bytes.written(), ends, numbers);
          for (let i = 0; i < count; i++)
            if (numbers[i] === next) {
              kept[keptCount++] = selectedRow(batch, i);
              next++;
            }
        }
        filtered(count - keptCount - lateCount);
        if (keptCount > 0) yield { ...batch, selection: kept.subarray(0, keptCount) };
        if (lateCount > 0) await rest!.add({ ...batch, selection: late!.subarray(0, lateCount) });
        if (rest === undefined && table.memoryBytes > most) rest = openLateRows(context, keys);
      }
      if (rest !== undefined) yield* rest.settled();
    } finally {
      await rest?.close();
    }
  }

  async function* keepLast(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const rest = openLateRows(context, keys);
    try {
      for await (const batch of batches) await rest.add(batch);
      yield* rest.settled();
    } finally {
      await rest.close();
    }
  }

  return {
    schema,
    needs: (wanted) => new Set([...wanted, ...columns]),
    apply: options.keep === 'first' ? keepFirst : keepLast,
  };
}
