// The editor of one step: its own where it has one, else the form made of its options.
import { AggregateEditor } from './AggregateEditor.tsx';
import { DeriveEditor } from './DeriveEditor.tsx';
import { DistinctEditor } from './DistinctEditor.tsx';
import { RestForm } from './RestForm.tsx';
import { SortEditor } from './SortEditor.tsx';
import type { StepEditorProps } from './editor-props.ts';

export default function StepEditor(props: StepEditorProps) {
  switch (props.step.kind) {
    case 'sort':
      return <SortEditor {...props} />;
    case 'distinct':
      return <DistinctEditor {...props} />;
    case 'derive':
      return <DeriveEditor {...props} />;
    case 'aggregate':
      return <AggregateEditor {...props} />;
    default:
      return <RestForm {...props} />;
  }
}
