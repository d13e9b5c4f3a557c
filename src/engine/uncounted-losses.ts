// What a run loses by options and columns alone: no value counts it, so that the report has to say it in words.
import type { FormatFinding } from '../contract/format-finding.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import type { Loss } from '../contract/report.ts';
import { RUN_TEXTS } from './texts.ts';

/** Sentences of one code at most; the rest is counted, and `check` says all. */
const MOST_SENTENCES = 4;

/**
 * A sentence for each loss that the format foresaw and nobody counted. What only looks risky is none, and what is counted
 * where it comes either came and is among `counted`, or did not.
 */
export function uncountedLosses(
  findings: readonly FormatFinding[],
  { losses }: Pick<FormatCard, 'losses'>,
  counted: readonly Loss[],
): string[] {
  const told = new Set(counted.map(({ code }) => code));
  for (const { code, kind, isCounted } of losses) if (isCounted || kind === 'held') told.add(code);
  const byCode = new Map<string, string[]>();
  for (const { severity, code, sentence } of findings) {
    if (severity !== 'loss' || told.has(code)) continue;
    byCode.set(code, [...(byCode.get(code) ?? []), sentence]);
  }
  return [...byCode.values()].flatMap((sentences) => {
    const more = sentences.length - MOST_SENTENCES;
    return more > 1
      ? [...sentences.slice(0, MOST_SENTENCES), RUN_TEXTS.furtherLosses(more)]
      : sentences;
  });
}
