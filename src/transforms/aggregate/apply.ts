// Groups the rows and gives a row for each group with its measures.
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import { giveBlock } from '../../table/buffer-pool.ts';
import { arrange } from './arrange.ts';
import { fillEmpty } from './fill.ts';
import { compileHaving } from './having.ts';
import { openLevels, type Level } from './levels.ts';
import type { AggregateOptions } from './options.ts';

export function open(context: TransformContext<AggregateOptions>): Transform {
  const { schema, options, timeZone, startedAtMs } = context;
  // A step that was not set up yet changes nothing.
  if (options.groups.length === 0 && options.measures.length === 0)
    return { schema, needs: (wanted) => wanted, apply: (batches) => batches };
  const arrangement = arrange(schema, options, timeZone);
  const { used, output, ready, bucket } = arrangement;
  const having = compileHaving(options.having, output, { timeZone, startedAtMs });

  async function* apply(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const levels = openLevels(context, arrangement);
    let taken = 0;
    try {
      for await (const batch of batches) {
        taken += selectedCount(batch);
        const rows = ready(batch);
        for (const level of levels) await level.grouping.add(rows);
        giveBlock(batch);
      }
      for (const level of levels)
        for await (const batch of resultsOf(level, taken)) {
          const whole = level.whole(batch);
          const kept = having(whole);
          context.filtered(selectedCount(whole) - selectedCount(kept));
          // A batch without rows is of no use to anyone behind.
          if (selectedCount(kept) > 0) yield kept;
        }
    } finally {
      for (const level of levels) await level.grouping.close();
    }
  }

  async function* resultsOf(level: Level, taken: number): AsyncGenerator<Batch> {
    const results = told(level, taken);
    yield* bucket !== null && !level.isSubtotal
      ? fillEmpty(context, arrangement, results)
      : results;
  }

  /** Tells what became of the rows taken. */
  async function* told(level: Level, taken: number): AsyncGenerator<Batch> {
    let given = 0;
    for await (const batch of level.grouping.results()) {
      given += selectedCount(batch);
      yield batch;
    }
    if (level.isSubtotal) context.added(given);
    // All rows are one group even when there are none.
    else if (given > taken) context.added(given - taken);
    else context.merged(taken - given);
  }

  return { schema: output, needs: () => new Set(used), apply };
}
