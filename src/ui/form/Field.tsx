// One option as a field: picks the editor for its kind and frames it.
import { lazy, Suspense, useState } from 'react';
import type { OptionField } from '../../contract/options.ts';
import type { CheckIssue } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { Switch } from '../kit/fields.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { CharacterEditor } from './CharacterEditor.tsx';
import { ChoiceEditor } from './ChoiceEditor.tsx';
import { JsonEditor } from './JsonEditor.tsx';
import { ListEditor } from './ListEditor.tsx';
import { MapEditor } from './MapEditor.tsx';
import { NumberEditor } from './NumberEditor.tsx';
import { OptionRow } from './OptionRow.tsx';
import type { EditorProps } from './editor-props.ts';
import { PanelEditor } from './PanelEditor.tsx';
import { type PanelPlace, panelOf } from './panels.ts';
import { SwitchOrListEditor } from './SwitchOrListEditor.tsx';
import { TextEditor } from './TextEditor.tsx';

const ColumnFormatsEditor = lazy(() => import('./ColumnFormatsEditor.tsx'));

const NONE: Readonly<Record<string, unknown>> = {};
const GROUPS = new Set(['list', 'map', 'switch-or-list', 'character', 'choice', 'column-formats']);

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
  onChange: (value: unknown) => void;
  panel?: PanelPlace | undefined;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <OptionRow
      optionId={field.id}
      title={field.title}
      help={reason ?? field.help}
      isGroup={GROUPS.has(field.kind) || (field.panel === true && panel !== undefined)}
      issues={issues}
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
          field={field}
          value={value}
          options={options}
          ids={ids}
          onProblem={setProblem}
          onChange={(next) => {
            setProblem(null);
            onChange(next);
          }}
        />
      )}
    </OptionRow>
  );
}

function Editor({ panel, ...props }: EditorProps & { panel: PanelPlace | undefined }) {
  const own = props.field.panel === true && panel !== undefined ? panelOf(panel) : undefined;
  if (own !== undefined) return <PanelEditor Panel={own} columns={panel!.columns} {...props} />;
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
          label={props.value === true ? studioMessages.form.on : studioMessages.form.off}
        />
      );
    case 'text':
      return <TextEditor {...props} />;
    case 'character':
      return <CharacterEditor {...props} />;
    case 'integer':
    case 'number':
      return <NumberEditor {...props} />;
    case 'list':
      return <ListEditor {...props} />;
    case 'map':
      return <MapEditor {...props} />;
    case 'switch-or-list':
      return <SwitchOrListEditor {...props} />;
    case 'json':
      return <JsonEditor {...props} />;
    case 'column-formats':
      return <ColumnFormats {...props} />;
    case 'file':
      return null;
  }
}

/** Its editor is asked for only by whoever formats a column. */
function ColumnFormats(props: EditorProps) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && (!Array.isArray(props.value) || props.value.length === 0))
    return (
      <Button aria-describedby={props.ids.describedBy} onClick={() => setOpen(true)}>
        {studioMessages.form.formatColumn}
      </Button>
    );
  return (
    <Suspense>
      <ColumnFormatsEditor {...props} />
    </Suspense>
  );
}
