// Which of the open data sets is exported: shown where there is a choice.
import { useQueries } from '@tanstack/react-query';
import { useId } from 'react';
import { bindingsOf } from '../draft-bindings.ts';
import type { Draft } from '../draft.ts';
import type { OpenInput } from '../input.ts';
import { sourceOf } from '../plan-parts.ts';
import { countOf, formatSize } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import { datasetWords } from './data-words.en.ts';
import { boundKey } from '../queries.ts';
import { useDraft, useDraftActions, useEngine } from '../session.tsx';
import { rowsText } from './answers.ts';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';

export function DataSets() {
  const words = datasetWords;
  const name = useId();
  const engine = useEngine();
  const inputs = useDraft((state) => state.inputs);
  const shelf = useDraft((state) => state.shelf);
  const draft = useDraft((state) => state.draft!);
  const { chooseInput } = useDraftActions();
  const drafts = inputs.map((input): Draft | null =>
    input.key === draft.input.key ? draft : (shelf.get(input.key)?.draft ?? null),
  );
  const inspections = useQueries({
    queries: drafts.map((each) => ({
      // The same question, and so the same answer, as the plan itself asks.
      queryKey: [
        'inspect',
        each?.input.key,
        each ? sourceOf(each.config) : null,
        each?.config.limits,
        boundKey(each),
      ],
      queryFn: () => engine.inspect(each!.config, bindingsOf(each!)),
      enabled: inputs.length > 1 && each !== null,
    })),
  });
  if (inputs.length < 2) return null;
  return (
    <StepPart title={words.title} says={words.says(inputs.length)}>
      <div role="radiogroup" aria-label={words.title} className={styles.sets}>
        {inputs.map((input, i) => (
          <label key={input.key}>
            <input
              type="radio"
              name={name}
              checked={input.key === draft.input.key}
              onChange={() => chooseInput(input.key)}
            />
            <span className={styles.cut} title={input.name}>
              {input.name}
            </span>
            <span>{inspections[i]?.data ? rowsText(inspections[i].data) : rowsOf(input)}</span>
            <span>{input.sizeBytes === null ? '' : formatSize(input.sizeBytes)}</span>
          </label>
        ))}
      </div>
      <p className={styles.help}>{words.help}</p>
    </StepPart>
  );
}

function rowsOf({ data }: OpenInput): string {
  const rows = 'rows' in data ? data.rows.rowCount : null;
  return rows === null ? '' : countOf(rows, messages.row, messages.rows);
}
