// A column that the recipe makes, opened in the table of columns: its type is set by a step.
import type { StepConfig } from '../../contract/config.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import { isSameColumn } from '../column-edits.ts';
import { Button } from '../kit/Button.tsx';
import { useDraft, useDraftActions, usePage } from '../session.tsx';
import { columnWords as words } from './column-editor-words.en.ts';
import { listOf, objectOf, refOf } from './recipe/option-values.ts';
import styles from './column-editor.module.css';

export default function MadeColumn({ column, type }: { column: ColumnRef; type: string }) {
  const steps = useDraft((state) => state.draft!.config.datasets[0]!.steps);
  const { addStep } = useDraftActions();
  const openRecipeStep = usePage((state) => state.openRecipeStep);
  const known = steps.findLast((step) => setsTypeOf(step, column));
  return (
    <p className={`${styles.editor} ${styles.made}`}>
      {words.made}{' '}
      <Button
        look="link"
        onClick={() =>
          openRecipeStep(known?.id ?? addStep('cast', { columns: [{ column, type }] }))
        }
      >
        {known === undefined ? words.setType : words.openStep}
      </Button>
    </p>
  );
}

function setsTypeOf({ kind, enabled, options }: StepConfig, column: ColumnRef): boolean {
  return (
    kind === 'cast' &&
    enabled &&
    listOf(options['columns']).some((line) => {
      const ref = refOf(objectOf(line)['column']);
      return ref !== null && isSameColumn(ref, column);
    })
  );
}
