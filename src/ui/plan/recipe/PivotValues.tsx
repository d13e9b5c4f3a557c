// Lists the values that a pivot makes columns of, as the sample has them, so that later ones change nothing.
import type { InspectedColumn } from '../../../contract/verbs.ts';
import { isSameColumn } from '../../column-edits.ts';
import { Button } from '../../kit/Button.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { refOf } from './option-values.ts';

export function PivotValues({ step, columns, onChange }: StepEditorProps) {
  const ref = refOf(step.options['column']);
  const column = columns.find((each) => ref !== null && isSameColumn(each, ref));
  const values = column === undefined ? [] : valuesOf(column);
  if (Array.isArray(step.options['values']) || values.length === 0) return null;
  return (
    <p>
      <Button look="link" onClick={() => onChange({ ...step.options, values })}>
        {recipeWords.pivot.list(values.length)}
      </Button>
    </p>
  );
}

/** All values of the sample, where those are few. */
function valuesOf({ shape }: InspectedColumn): readonly string[] {
  return shape?.kind === 'values' && shape.others === 0 ? shape.values : [];
}
