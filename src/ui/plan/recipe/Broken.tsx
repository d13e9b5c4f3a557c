// How many of the sampled rows break the rules of a validate step, by the real engine.
import { useQuery } from '@tanstack/react-query';
import type { StepConfig } from '../../../contract/config.ts';
import { useMemo } from 'react';
import { bindingsOf } from '../../draft-bindings.ts';
import { formatCount } from '../../format-number.ts';
import { boundKey, useInspection } from '../../queries.ts';
import { useDraft, useEngine } from '../../session.tsx';
import { withSteps } from './arriving.ts';
import { recipeWords } from './messages.en.ts';
import { ruleCounts, type RuleCounts } from './validate-rules.ts';
import styles from './recipe.module.css';

const words = recipeWords.validate;
/** Rows that are looked at, or a batch where that holds more. */
const SAMPLED_ROWS = 1_000;

export interface SampledRules {
  counts: RuleCounts;
  rows: number;
  /** Whether those are all there are. */
  isAll: boolean;
}

/** What the rules find in the first rows; null while that is unknown, or the rules cannot be read. */
export function useSampledRules(place: number, step: StepConfig): SampledRules | null {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  // Rows that are kept break every rule they break, not only the first.
  const counting = { ...step, enabled: true, options: { ...step.options, action: 'report' } };
  const steps = [...draft.config.datasets[0]!.steps.slice(0, place), counting];
  const { data } = useQuery({
    queryKey: ['sampled rules', draft.input.key, draft.config.sources, steps, boundKey(draft)],
    queryFn: async (): Promise<Omit<SampledRules, 'isAll'> | null> => {
      const {
        losses,
        steps: lines,
        error,
      } = await engine.preview(withSteps(draft.config, steps), bindingsOf(draft), {
        rows: SAMPLED_ROWS,
        bytes: 1,
        columns: 1,
      });
      const line = lines.find(({ id }) => id === step.id);
      if (error !== null || line === undefined) return null;
      return { counts: ruleCounts(losses), rows: line.in };
    },
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft.input.key ? previous : undefined,
    structuralSharing: false,
  });
  const inspection = useInspection().data;
  const isAll = inspection?.isWhole === true && inspection.sampledRows <= SAMPLED_ROWS;
  return useMemo(() => (data ? { ...data, isAll } : null), [data, isAll]);
}

/** `12 of the first 1,000 rows break it`. */
export function Broken({ count, rows, isAll }: { count: number } & Omit<SampledRules, 'counts'>) {
  const sampled = words.sampled(formatCount(rows), isAll);
  return (
    <small className={`${styles.broken} ${count > 0 ? styles.isSome : ''}`}>
      {count === 0
        ? words.noneBreaks(sampled)
        : words.someBreak(formatCount(count), sampled, count === 1)}
    </small>
  );
}
