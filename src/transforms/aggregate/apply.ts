// Groups the rows and gives a row for each group with its measures.
import type { Transform, TransformContext } from '../../contract/plugins.ts';
import { createGrouping } from '../../grouping/group-table.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import { arrange } from './arrange.ts';
import { compileHaving } from './having.ts';
import type { AggregateOptions } from './options.ts';

export function open(context: TransformContext<AggregateOptions>): Transform {
  const { schema, options, scratch, signal, timeZone, startedAtMs } = context;
  // A step that was not set up yet changes nothing.
  if (options.groups.length === 0 && options.measures.length === 0)
    return { schema, needs: (wanted) => wanted, apply: (batches) => batches };
  const { used, keys, measures, output } = arrange(schema, options);
  const having = compileHaving(options.having, output, { timeZone, startedAtMs });

  async function* apply(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const grouping = createGrouping({ input: schema, keys, measures, output }, scratch, signal);
    let taken = 0;
    let given = 0;
    try {
      for await (const batch of batches) {
        taken += selectedCount(batch);
        await grouping.add(batch);
      }
      for await (const batch of grouping.results()) {
        const count = selectedCount(batch);
        given += count;
        const kept = having(batch);
        const keptCount = selectedCount(kept);
        context.filtered(count - keptCount);
        // A batch without rows is of no use to anyone behind.
        if (keptCount > 0) yield kept;
      }
    } finally {
      await grouping.close();
    }
    // All rows are one group even when there are none.
    if (given > taken) context.added(given - taken);
    else context.merged(taken - given);
  }

  return { schema: output, needs: () => used, apply };
}
