// Puts the rows of other data under these: which data, in which order, and how columns find each other.
import { useState } from 'react';
import { issuesAt } from '../../form/issues.ts';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import type { OpenInput } from '../../input.ts';
import { takenBy } from '../../other-data.ts';
import { OtherDataPart } from './OtherDataPart.tsx';
import { RestForm } from './RestForm.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { useOtherData, useTakeOther } from './other-columns.ts';
import styles from './recipe.module.css';

const words = recipeWords.union;

export function UnionEditor(props: StepEditorProps) {
  const { step, onChange } = props;
  const { options } = step;
  const ids = takenBy(step);
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      {ids.map((id, i) => (
        <div key={`${i} ${id}`} className={styles.united}>
          <One
            {...props}
            id={id}
            title={words.with(i + 1, ids.length)}
            withId={(next) => ids.with(i, next)}
          />
          <Button
            look="icon"
            className={styles.small}
            aria-label={recipeWords.remove(id)}
            onClick={() => onChange({ ...options, with: ids.toSpliced(i, 1) })}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      {ids.length === 0 || isAdding ? (
        <One
          {...props}
          key={ids.length}
          id={null}
          title={words.with(ids.length + 1, ids.length + 1)}
          withId={(next) => [...ids, next]}
          onTaken={() => setAdding(false)}
        />
      ) : (
        <Button look="link" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      )}
      {ids.length === 0 ? null : (
        <RestForm
          {...props}
          issues={issuesAt(props.issues, 'datasets.steps.options')}
          without={['with']}
        />
      )}
    </>
  );
}

function One({
  step,
  id,
  title,
  withId,
  onTaken,
}: StepEditorProps & {
  id: string | null;
  title: string;
  withId: (id: string) => readonly string[];
  onTaken?: () => void;
}) {
  const other = useOtherData(id);
  const take = useTakeOther(step.id, (next) => ({ ...step.options, with: withId(next) }));
  const onTake = async (input: OpenInput, table?: string) => {
    await take(input, table);
    onTaken?.();
  };
  return <OtherDataPart other={other} title={title} none={words.none} onTake={onTake} />;
}
