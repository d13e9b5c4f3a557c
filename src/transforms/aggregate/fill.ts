// Puts the groups in order of columns and time, and adds a row for each bucket without rows between two of the same group.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { isCount } from '../../grouping/measures.ts';
import { createExternalSorter } from '../../spill/external-sorter.ts';
import { isNullValue, type Batch, type Column, type TypedColumn } from '../../table/batch.ts';
import { createBuilder } from '../../table/builders.ts';
import { gatherColumn, NO_ROW } from '../../table/gather-column.ts';
import { gatherRows } from '../../table/gather.ts';
import { compareBytes, createKeyWriter } from '../../table/row-key.ts';
import type { Arrangement } from './arrange.ts';
import type { AggregateOptions } from './options.ts';

/** More rows than these are a stray date rather than a wish. */
const MOST_ADDED = 1_000_000;
const ROWS_AT_ONCE = 65_536;

type BucketValue = number | bigint;

/** The batches of groups, whose order may be any; the rows added are told to the context. */
export async function* fillEmpty(
  context: TransformContext<AggregateOptions>,
  { groups, keys, measures, bucket }: Arrangement,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<Batch> {
  const { key: at, buckets } = bucket!;
  const others = keys.map((_, k) => k).filter((k) => k !== at);
  const writer = createKeyWriter(groups, [...others, at], {
    mode: 'ordered',
    onMisfit: failOnMisfit,
  });
  const sorter = createExternalSorter(groups, writer, context.scratch, context.signal);
  let added = 0;
  /** The row before: its key without the bucket, and its bucket. */
  let last: { others: Uint8Array; value: BucketValue } | null = null;
  const bucketKeyBytes = buckets.type.kind === 'date' ? 5 : 9;
  try {
    for await (const batch of batches) await sorter.add(batch);
    for await (const { batch, keys: block } of sorter.sorted()) {
      const column = batch.columns[at] as TypedColumn;
      let rows: Row[] = [];
      for (let row = 0; row < batch.rowCount; row++) {
        // A null has no bucket, and a key of its mark alone; it comes last.
        const value = isNullValue(column, row) ? null : (column.values![row] as BucketValue);
        if (value !== null) {
          const start = row === 0 ? 0 : block.ends[row - 1]!;
          const end = block.ends[row]! - bucketKeyBytes;
          const { bytes } = block;
          const isSame =
            last !== null &&
            compareBytes(last.others, 0, last.others.length, bytes, start, end) === 0;
          if (isSame) {
            if (added + buckets.fewestBetween(last!.value, value) > MOST_ADDED) throw tooMany();
            for (const missing of buckets.between(last!.value, value)) {
              if (++added > MOST_ADDED) throw tooMany();
              rows.push({ row, missing });
              if (rows.length === ROWS_AT_ONCE) {
                context.added(rows.filter((r) => r.missing !== null).length);
                yield filled(batch, rows);
                rows = [];
              }
            }
          }
          last = { others: bytes.slice(start, end), value };
        }
        rows.push({ row, missing: null });
      }
      context.added(rows.filter((r) => r.missing !== null).length);
      if (rows.length > 0) yield filled(batch, rows);
    }
  } finally {
    await sorter.close();
  }

  function tooMany(): ExportError {
    const column = shorten(groups.fields[at]!.name);
    return new ExportError('aggregate.too-many-buckets', { limit: MOST_ADDED, column });
  }

  function filled(batch: Batch, rows: readonly Row[]): Batch {
    if (rows.length === batch.rowCount && rows.every(({ missing }) => missing === null))
      return batch;
    const whole = Uint32Array.from(rows, ({ row }) => row);
    const found = Uint32Array.from(rows, ({ row, missing }) => (missing === null ? row : NO_ROW));
    const heads = gatherRows(
      {
        ...batch,
        schema: { fields: groups.fields.slice(0, keys.length) },
        columns: batch.columns.slice(0, keys.length),
      },
      whole,
    );
    const columns: Column[] = [
      ...heads.columns,
      ...measures.map(({ op }, m): Column => {
        const column = gatherColumn(batch.columns[keys.length + m] as TypedColumn, found);
        // No row leaves zeros behind, which is what a count of nothing is.
        return isCount(op) ? { ...column, validity: null } : column;
      }),
    ];
    columns[at] = bucketColumn(batch.columns[at] as TypedColumn, rows);
    return { ...heads, schema: batch.schema, columns };
  }

  function bucketColumn(column: TypedColumn, rows: readonly Row[]): TypedColumn {
    const builder = createBuilder(buckets.type, rows.length);
    for (const { row, missing } of rows)
      builder.append(
        missing ?? (isNullValue(column, row) ? null : (column.values![row] as BucketValue)),
      );
    return builder.finish();
  }
}

/** A row of the result: one of the groups, or one like it with another bucket and nothing in it. */
interface Row {
  row: number;
  missing: BucketValue | null;
}
