// The editor of one step: its own where it has one, else the form made of its options, columns chosen from menus.
import { AggregateEditor, Groups, Measures, Result } from './AggregateEditor.tsx';
import { CastEditor } from './CastEditor.tsx';
import { ColumnFields } from './ColumnFields.tsx';
import { DeriveEditor } from './DeriveEditor.tsx';
import { DistinctEditor } from './DistinctEditor.tsx';
import { JoinEditor } from './JoinEditor.tsx';
import { MaskEditor } from './MaskEditor.tsx';
import { PivotValues } from './PivotValues.tsx';
import { ReplaceEditor } from './ReplaceEditor.tsx';
import { RestForm } from './RestForm.tsx';
import {
  FlattenEditor,
  JoinColumnsEditor,
  SplitEditor,
  UnnestEditor,
  UnpivotEditor,
} from './ShapeEditors.tsx';
import { SortEditor, SortKeys } from './SortEditor.tsx';
import { UnionEditor } from './UnionEditor.tsx';
import { ValidateEditor } from './ValidateEditor.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';

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
    case 'pivot':
      return (
        <>
          <Groups {...props} option="rows" title={recipeWords.pivot.rows} />
          <ColumnFields {...props} one={['column']} />
          <PivotValues {...props} />
          <Measures {...props} />
          <Result {...props} />
          <RestForm {...props} without={['rows', 'column', 'measures']} />
        </>
      );
    case 'top':
      return (
        <>
          <SortKeys {...props} />
          <ColumnFields {...props} many={['groups']} />
          <RestForm {...props} without={['by', 'groups']} />
        </>
      );
    case 'validate':
      return <ValidateEditor {...props} />;
    case 'mask':
      return <MaskEditor {...props} />;
    case 'join':
      return <JoinEditor {...props} />;
    case 'union':
      return <UnionEditor {...props} />;
    case 'cast':
      return <CastEditor {...props} />;
    case 'replace-values':
      return <ReplaceEditor {...props} />;
    case 'split':
      return <SplitEditor {...props} />;
    case 'join-columns':
      return <JoinColumnsEditor {...props} />;
    case 'flatten':
      return <FlattenEditor {...props} />;
    case 'unnest':
      return <UnnestEditor {...props} />;
    case 'unpivot':
      return <UnpivotEditor {...props} />;
    default:
      return <RestForm {...props} />;
  }
}
