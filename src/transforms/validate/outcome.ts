// What becomes of rows that break a rule: left out and listed, counted by rule, or the end of the export.
import { shorten } from '../../contract/errors.ts';
import type { TransformContext } from '../../contract/transform-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import { stepRefused } from '../../contract/step-misfit.ts';
import type { Batch } from '../../table/batch.ts';
import { createLines } from '../../table/source-lines.ts';
import type { Rule } from './rules.ts';
import type { ValidateOptions } from './options.ts';

/** What a rule says of the rows that break it. */
export type Verdict = Pick<Rule, 'code' | 'column' | 'say' | 'all'>;

/**
 * Tells of rows of a batch that break a rule, ascending. `rowOf`: a physical row's number in the source. Throws
 * `step.refused` where that is the action.
 */
export function tell(
  batch: Batch,
  broken: Iterable<{ row: number; verdict: Verdict }>,
  rowOf: (row: number) => number,
  { options, reject, lose }: TransformContext<ValidateOptions>,
): void {
  const lineOf = createLines(batch.block);
  const losses = new Map<Verdict, Loss>();
  for (const { row, verdict } of broken) {
    const { code, column } = verdict;
    const loss = losses.get(verdict);
    if (loss !== undefined) {
      loss.count++;
      continue;
    }
    const { sentence, value } = verdict.say(batch, row);
    if (options.action === 'fail') throw stepRefused(batch, row, sentence);
    const line = lineOf(row);
    const about = column === undefined ? {} : { column };
    if (options.action === 'reject')
      reject({ row: rowOf(row), line, ...about, code, sentence, value });
    else {
      const example = shorten(line === 0 ? value : `${value} (line ${line})`.trim());
      losses.set(verdict, { code, sentence: verdict.all, ...about, count: 1, example });
    }
  }
  for (const loss of losses.values()) lose(loss);
}
