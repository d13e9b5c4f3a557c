// Groups the rows and gives a row for each group with its measures.
import type { Transform, TransformContext } from '../../contract/plugins.ts';
import { openAccount, type StepAccount } from '../../contract/step-account.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
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
    const account = openAccount(context);
    try {
      for await (const batch of batches) {
        account.taken += selectedCount(batch);
        const rows = ready(batch);
        for (const level of levels) await level.grouping.add(rows);
      }
      for (const level of levels)
        for await (const batch of resultsOf(level, account)) {
          const whole = level.whole(batch);
          const kept = having(whole);
          account.filtered(selectedCount(whole) - selectedCount(kept));
          account.given += selectedCount(kept);
          // A batch without rows is of no use to anyone behind.
          if (selectedCount(kept) > 0) yield kept;
        }
    } finally {
      account.settle();
      for (const level of levels) await level.grouping.close();
    }
  }

  async function* resultsOf(level: Level, account: StepAccount): AsyncGenerator<Batch> {
    const results = told(level, account);
    yield* bucket !== null && !level.isSubtotal
      ? fillEmpty({ ...context, added: account.added }, arrangement, results)
      : results;
  }

  /** Tells what became of the rows taken. */
  async function* told(level: Level, account: StepAccount): AsyncGenerator<Batch> {
    const { taken } = account;
    let given = 0;
    for await (const batch of level.grouping.results()) {
      given += selectedCount(batch);
      yield batch;
    }
    if (level.isSubtotal) account.added(given);
    // All rows are one group even when there are none.
    else if (given > taken) account.added(given - taken);
    else account.merged(taken - given);
  }

  return { schema: output, needs: () => new Set(used), apply };
}
