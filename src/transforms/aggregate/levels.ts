// The levels of an aggregation: its groups, and the subtotals over fewer of its columns, all filled by the same rows.
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { createGrouping, type Grouping } from '../../grouping/group-table.ts';
import type { Batch, Column } from '../../table/batch.ts';
import { createBuilder } from '../../table/builders.ts';
import { INT64 } from '../../table/data-type.ts';
import { nullColumn } from '../../table/null-column.ts';
import type { Arrangement } from './arrange.ts';
import type { AggregateOptions } from './options.ts';

export interface Level {
  grouping: Grouping;
  isSubtotal: boolean;
  /** A batch of the level's results with all columns of the output. */
  whole(batch: Batch): Batch;
}

/** The groups first, then each level above. */
export function openLevels(
  context: TransformContext<AggregateOptions>,
  { input, keys, measures, groups, output }: Arrangement,
): Level[] {
  const { options, scratch, signal } = context;
  const above =
    options.subtotals === 'rollup'
      ? keys.map((_, k) => keys.length - 1 - k)
      : options.subtotals === 'total' && keys.length > 0
        ? [0]
        : [];
  const share = { ...scratch, memoryBytes: scratch.memoryBytes / (above.length + 1) };
  return [keys.length, ...above].map((keyCount, level): Level => {
    const fields = groups.fields.filter((_, c) => c < keyCount || c >= keys.length);
    const grouping = createGrouping(
      { input, keys: keys.slice(0, keyCount), measures, output: { fields } },
      share,
      signal,
    );
    const isWhole = options.subtotals === 'none';
    return {
      grouping,
      isSubtotal: level > 0,
      whole(batch) {
        if (isWhole) return { ...batch, schema: output };
        const { rowCount } = batch;
        const missing = groups.fields
          .slice(keyCount, keys.length)
          .map((field): Column => nullColumn(field.type, rowCount));
        const columns = [...batch.columns];
        columns.splice(keyCount, 0, ...missing);
        columns.push(groupingColumn(keys.length - keyCount, rowCount));
        return { ...batch, schema: output, columns };
      },
    };
  });
}

/** A bit for each column that is taken together, as SQL's GROUPING has it. */
function groupingColumn(missing: number, length: number): Column {
  const builder = createBuilder(INT64, length);
  const bits = (1n << BigInt(missing)) - 1n;
  for (let row = 0; row < length; row++) builder.append(bits);
  return builder.finish();
}
