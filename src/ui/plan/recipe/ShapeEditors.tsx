// The editors of steps that cut, join, unfold and turn columns: columns from menus of those that fit, and what becomes of them.
import { OptionRow } from '../../form/OptionRow.tsx';
import { Result } from './AggregateEditor.tsx';
import { ColumnFields } from './ColumnFields.tsx';
import { FirstValues } from './FirstValues.tsx';
import { RestForm } from './RestForm.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, refOf, refText, textOf } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.shape;

/** New columns that are shown with their first values. */
const MOST_SHOWN = 4;

export function SplitEditor(props: StepEditorProps) {
  const { step, onChange } = props;
  const names = listOf(step.options['names']).map(String);
  return (
    <>
      <ColumnFields
        {...props}
        one={['column']}
        onChange={(options) => {
          const column = refOf(options['column']);
          // Without a name there is no part, and nothing would be cut.
          const proposed = column === null ? [] : [1, 2].map((n) => `${refText(column)}_${n}`);
          onChange(names.length > 0 ? options : { ...options, names: proposed });
        }}
      />
      <RestForm {...props} without={['column']} />
      <Made {...props} names={names} />
    </>
  );
}

export function JoinColumnsEditor(props: StepEditorProps) {
  const name = textOf(props.step.options['name']) || words.joined;
  const isSome = listOf(props.step.options['columns']).length > 0;
  return (
    <>
      <ColumnFields {...props} many={['columns']} />
      <RestForm {...props} without={['columns']} />
      {isSome ? <Made {...props} names={[name]} /> : null}
    </>
  );
}

export function FlattenEditor(props: StepEditorProps) {
  return (
    <>
      <ColumnFields
        {...props}
        many={['columns']}
        accepts={isRecord}
        unset={words.allRecords}
        nothing={words.noRecords}
      />
      <RestForm {...props} without={['columns']} />
      <Result {...props} />
    </>
  );
}

export function UnnestEditor(props: StepEditorProps) {
  return (
    <>
      <ColumnFields {...props} one={['column']} accepts={isList} nothing={words.noLists} />
      <RestForm {...props} without={['column']} />
      <Result {...props} />
    </>
  );
}

export function UnpivotEditor(props: StepEditorProps) {
  return (
    <>
      <ColumnFields {...props} many={['columns', 'keep']} unset={words.allOthers} />
      <RestForm {...props} without={['columns', 'keep']} />
      <Result {...props} />
    </>
  );
}

const isRecord = (type: string): boolean => type.startsWith('struct');
const isList = (type: string): boolean => /^(list|json)/.test(type);

/** The first values of new columns. */
function Made({ step, place, names }: StepEditorProps & { names: readonly string[] }) {
  const shown = names.slice(0, MOST_SHOWN);
  if (shown.length === 0 || !step.enabled) return null;
  return (
    <OptionRow title={recipeWords.aggregate.result} isGroup>
      {() => (
        <ul className={styles.madeValues}>
          {shown.map((name, i) => (
            <li key={i}>
              <FirstValues place={place} step={step} name={name} title={name} />
            </li>
          ))}
        </ul>
      )}
    </OptionRow>
  );
}
