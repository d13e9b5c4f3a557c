// The first values of a column that a step makes, by the real engine.
import { useQuery } from '@tanstack/react-query';
import type { StepConfig } from '../../../contract/config.ts';
import { bindingsOf } from '../../draft-bindings.ts';
import { boundKey } from '../../queries.ts';
import { Cell } from '../../preview/Cell.tsx';
import { useDraft, useEngine } from '../../session.tsx';
import { withSteps } from './arriving.ts';
import { recipeWords } from './messages.en.ts';
import styles from './recipe.module.css';

const words = recipeWords.derive;
const LIMITS = { rows: 5, bytes: 1 };

export function FirstValues({
  place,
  step,
  name,
  title = words.first,
}: {
  place: number;
  step: StepConfig;
  name: string;
  /** Shown before them. */
  title?: string;
}) {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  const steps = [...draft.config.datasets[0]!.steps.slice(0, place), step];
  const { data } = useQuery({
    queryKey: ['first values', draft.input.key, draft.config.sources, steps, boundKey(draft)],
    queryFn: async () => {
      const { columns, rows, error } = await engine.preview(
        withSteps(draft.config, steps),
        bindingsOf(draft),
        LIMITS,
      );
      return error === null ? { columns, rows } : null;
    },
    enabled: step.enabled,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft.input.key ? previous : undefined,
    structuralSharing: false,
  });
  const at = data?.columns.findLastIndex((column) => column.name === name) ?? -1;
  if (!data || at < 0 || data.rows.length === 0) return null;
  return (
    <p className={styles.first}>
      <span>{title}</span>
      {data.rows.map((row, i) => (
        <bdi key={i}>
          <Cell value={row[at] ?? null} />
        </bdi>
      ))}
    </p>
  );
}
