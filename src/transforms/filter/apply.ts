// Lets the rows through for which the condition is true, by narrowing each batch's selection.
import { parseFilter } from '../../contract/filter-text.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { selectedCount } from '../../table/batch.ts';
import { compileFilter } from './compile.ts';
import { namedColumns } from './named-columns.ts';
import type { FilterOptions } from './options.ts';

export function open(context: TransformContext<FilterOptions>): Transform {
  const { schema, timeZone, startedAtMs, signal } = context;
  const { where } = context.options;
  // A text of blanks is a filter not written yet.
  if (where === null || (typeof where === 'string' && where.trim() === ''))
    return { schema, needs: (wanted) => wanted, apply: (batches) => batches };
  const expression = typeof where === 'string' ? parseFilter(where) : where;
  const select = compileFilter(expression, schema, { timeZone, startedAtMs });
  const named = namedColumns(expression, schema);
  let all = new Uint32Array(0);
  const allRows = (count: number): Uint32Array => {
    if (all.length < count) all = Uint32Array.from({ length: count }, (_, row) => row);
    return all;
  };
  return {
    schema,
    needs: (wanted) => new Set([...wanted, ...named]),
    only: expression,
    screen: {
      columns: named,
      pick(batch) {
        const out = new Uint32Array(batch.rowCount);
        try {
          const kept = select(batch, allRows(batch.rowCount), batch.rowCount, out);
          return out.subarray(0, kept);
        } catch {
          // The step meets the same value, and says so as its own.
          return null;
        }
      },
    },
    async *apply(batches) {
      for await (const batch of batches) {
        signal.throwIfAborted();
        const count = selectedCount(batch);
        const out = new Uint32Array(count);
        const kept = select(batch, batch.selection ?? allRows(count), count, out);
        context.filtered(count - kept);
        // A batch without rows is of no use to anyone behind.
        if (kept === 0) continue;
        yield kept === count ? batch : { ...batch, selection: out.slice(0, kept) };
      }
    },
  };
}
