// The filter as text, with the place of a mistake marked.
import { useId } from 'react';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { Icon } from '../kit/Icon.tsx';
import { TextArea } from '../kit/fields.tsx';
import { dataWords } from './data-words.en.ts';
import { filterWords } from './filter-words.en.ts';
import { sentenceOf } from '../form/issues.ts';
import form from '../form/form.module.css';
import { TextPlace } from './TextPlace.tsx';
import styles from './plan.module.css';
import { useDraft, useOwnId } from '../session.tsx';

export function FilterText({ columns }: { columns: readonly InspectedColumn[] }) {
  const id = useId();
  const ownId = useOwnId('filter');
  const text = useDraft((state) => state.draft!.filterText);
  const problem = useDraft((state) => state.draft!.filterProblem);
  const setFilter = useDraft((state) => state.setFilter);
  const words = filterWords;
  return (
    <div className={styles.filter}>
      <TextArea
        id={ownId}
        rows={2}
        value={text}
        placeholder={dataWords.filterExample(columns)}
        aria-label={words.asText}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-error ${id}-help` : `${id}-help`}
        onChange={(event) =>
          setFilter(
            event.currentTarget.value,
            columns.map((column) => column.name),
          )
        }
      />
      <div aria-live="polite" id={`${id}-error`}>
        {problem === null ? null : (
          <>
            <p className={form.error}>
              <Icon name="warning" />
              <span>{sentenceOf(problem)}</span>
            </p>
            {problem.position === null ? null : (
              <TextPlace text={text} position={problem.position} />
            )}
            {problem.hint === '' ? null : <p className={styles.help}>{problem.hint}</p>}
          </>
        )}
      </div>
      <p className={styles.help} id={`${id}-help`}>
        {words.textHelp} {dataWords.filterHelp}
      </p>
    </div>
  );
}
