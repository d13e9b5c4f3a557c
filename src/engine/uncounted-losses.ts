// What a run loses by options and columns alone: no value counts it, so that the report has it by columns.
import type { FormatFinding } from '../contract/format-finding.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import type { Loss } from '../contract/report.ts';
import { RUN_TEXTS } from './texts.ts';

/** Losses of one code at most; the rest is one more, and `check` names all. */
const MOST_NAMED = 4;

/**
 * What the format foresaw and nobody counted. What only looks risky is no loss, and what is counted where it comes either came
 * and is among `counted`, or did not.
 */
export function uncountedLosses(
  findings: readonly FormatFinding[],
  { losses }: Pick<FormatCard, 'losses'>,
  counted: readonly Loss[],
): Loss[] {
  const told = new Set(counted.map(({ code }) => code));
  for (const { code, kind, isCounted } of losses) if (isCounted || kind === 'held') told.add(code);
  const byCode = new Map<string, Loss[]>();
  for (const { severity, code, sentence, columnCount = 1 } of findings) {
    if (severity !== 'loss' || told.has(code)) continue;
    const loss: Loss = { code, sentence, count: columnCount, unit: 'columns' };
    byCode.set(code, [...(byCode.get(code) ?? []), loss]);
  }
  return [...byCode].flatMap(([code, found]) => {
    const rest = found.slice(MOST_NAMED);
    if (rest.length < 2) return found;
    const count = rest.reduce((sum, loss) => sum + loss.count, 0);
    const sentence = RUN_TEXTS.furtherLosses;
    return [...found.slice(0, MOST_NAMED), { code, sentence, count, unit: 'columns' }];
  });
}
