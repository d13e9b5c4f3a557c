// The options of a step that its editor does not show itself, as the generated form.
import { OptionForm } from '../../form/OptionForm.tsx';
import type { StepEditorProps } from './editor-props.ts';

export function RestForm({
  step,
  card,
  issues,
  onChange,
  without = [],
  only,
}: Omit<StepEditorProps, 'columns' | 'place'> & {
  without?: readonly string[];
  only?: readonly string[];
}) {
  return (
    <OptionForm
      fields={card.options.filter(
        ({ id }) => (only?.includes(id) ?? true) && !without.includes(id),
      )}
      values={step.options}
      base={{}}
      path="datasets.0.steps.0.options"
      issues={issues}
      onChange={(id, value) => {
        const { [id]: _, ...others } = step.options;
        onChange(value === undefined ? others : { ...others, [id]: value });
      }}
    />
  );
}
