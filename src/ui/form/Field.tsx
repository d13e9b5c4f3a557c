// One option as a field: picks the editor for its kind and frames it.
import { lazy, Suspense, useState } from 'react';
import type { OptionField } from '../../contract/options.ts';
import type { CheckIssue } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { Switch } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import { CharacterEditor } from './CharacterEditor.tsx';
import { ChoiceEditor } from './ChoiceEditor.tsx';
import { ListEditor } from './ListEditor.tsx';
import { NumberEditor } from './NumberEditor.tsx';
import { OptionRow } from './OptionRow.tsx';
import type { EditorProps } from './editor-props.ts';
import type { PanelPlace } from './panels.ts';
import { SwitchOrListEditor } from './SwitchOrListEditor.tsx';
import { TextEditor } from './TextEditor.tsx';

const ColumnFormatsEditor = lazy(() => import('./ColumnFormatsEditor.tsx'));
const StructuredEditor = lazy(() => import('./StructuredEditor.tsx'));

const NONE: Readonly<Record<string, unknown>> = {};
const GROUPS = new Set([
  ...['list', 'map', 'switch-or-list', 'character', 'choice', 'column-formats', 'file'],
  ...['columns', 'column-map', 'object', 'objects'],
]);

export function Field({
  field,
  value,
  options = NONE,
  reason,
  issues,
  effect,
  back,
  onBack,
  onRemedy,
  onUndo,
  onChange,
  owner,
  panel,
}: {
  field: OptionField;
  value: unknown;
  /** All options as they stand, where there are others. */
  options?: Readonly<Record<string, unknown>>;
  reason: string | undefined;
  issues: readonly CheckIssue[];
  effect?: string | undefined;
  back: string | undefined;
  onBack: () => void;
  onRemedy?: ((issue: CheckIssue) => void) | undefined;
  onUndo?: (() => void) | undefined;
  onChange: EditorProps['onChange'];
  owner?: string | undefined;
  panel?: PanelPlace | undefined;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const isInner = ({ path }: CheckIssue) =>
    field.parts !== undefined && path.includes(`.options.${field.id}.`);
  return (
    <OptionRow
      optionId={field.id}
      title={field.title}
      help={reason ?? field.help}
      isGroup={GROUPS.has(field.kind) || (field.panel === true && panel !== undefined)}
      issues={issues.filter((issue) => !isInner(issue))}
      problem={problem}
      effect={effect}
      onRemedy={onRemedy}
      onUndo={onUndo}
      back={back}
      onBack={() => {
        setProblem(null);
        onBack();
      }}
    >
      {(ids) => (
        <Editor
          panel={panel}
          owner={owner}
          field={field}
          value={value}
          options={options}
          ids={ids}
          onProblem={setProblem}
          issues={issues.filter(isInner)}
          onChange={(next, part) => {
            setProblem(null);
            onChange(next, part);
          }}
        />
      )}
    </OptionRow>
  );
}

function Editor({
  panel,
  issues,
  ...props
}: EditorProps & { panel: PanelPlace | undefined; issues: readonly CheckIssue[] }) {
  const seldom = (
    <Suspense>
      <StructuredEditor {...props} issues={issues} panel={panel} />
    </Suspense>
  );
  if (props.field.secret && props.owner) return seldom;
  switch (props.field.kind) {
    case 'choice':
      return <ChoiceEditor {...props} />;
    case 'switch':
      return (
        <Switch
          id={props.ids.control}
          aria-describedby={props.ids.describedBy}
          checked={props.value === true}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
          label={props.value === true ? formWords.on : formWords.off}
        />
      );
    case 'text':
      return props.field.choices ? seldom : <TextEditor {...props} />;
    case 'character':
      return <CharacterEditor {...props} />;
    case 'integer':
    case 'number':
      return <NumberEditor {...props} />;
    case 'list':
      return <ListEditor {...props} />;
    case 'switch-or-list':
      return <SwitchOrListEditor {...props} />;
    case 'column-formats':
      return <ColumnFormats {...props} />;
    default:
      return seldom;
  }
}

/** Its editor is asked for only by whoever formats a column. */
function ColumnFormats(props: EditorProps) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && (!Array.isArray(props.value) || props.value.length === 0))
    return (
      <Button aria-describedby={props.ids.describedBy} onClick={() => setOpen(true)}>
        {formWords.formatColumn}
      </Button>
    );
  return (
    <Suspense>
      <ColumnFormatsEditor {...props} />
    </Suspense>
  );
}
