// What makes two rows the same: all columns, or some of them.
import { issuesAt } from '../../form/issues.ts';
import { OptionRow } from '../../form/OptionRow.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { ColumnTags } from './ColumnSelect.tsx';
import { RestForm } from './RestForm.tsx';
import { STEP_OPTIONS, type StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { refsOf } from './option-values.ts';

const words = recipeWords.distinct;

export function DistinctEditor(props: StepEditorProps) {
  const { step, columns, onChange } = props;
  const by = Array.isArray(step.options['by']) ? refsOf(step.options['by']) : null;
  const set = (next: unknown) => onChange({ ...step.options, by: next });
  return (
    <>
      <OptionRow
        title={words.by}
        help={words.help}
        isGroup
        issues={issuesAt(props.issues, `${STEP_OPTIONS}.by`)}
      >
        {(ids) => (
          <>
            <Segments
              aria-labelledby={ids.label}
              aria-describedby={ids.describedBy}
              segments={[
                { value: 'all', label: words.all },
                { value: 'some', label: words.some },
              ]}
              value={by === null ? 'all' : 'some'}
              onChange={(next) => set(next === 'all' ? null : [])}
            />
            {by === null ? null : (
              <ColumnTags columns={columns} value={by} label={words.by} onChange={set} />
            )}
          </>
        )}
      </OptionRow>
      <RestForm {...props} without={['by']} />
    </>
  );
}
