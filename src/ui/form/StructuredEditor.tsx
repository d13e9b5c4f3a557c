// The editors that few options need: of files, secrets, columns, objects, maps and JSON, and plug-ins' own forms; loaded when the first of them is shown.
import type { CheckIssue } from '../../contract/verbs.ts';
import type { EditorProps, PartProps } from './editor-props.ts';
import { FileEditor } from './FileEditor.tsx';
import { OfferedEditor } from './OfferedEditor.tsx';
import { SecretEditor } from './SecretEditor.tsx';
import { PartEditor } from './ObjectsEditor.tsx';
import { JsonEditor } from './JsonEditor.tsx';
import { PanelEditor } from './PanelEditor.tsx';
import { type PanelPlace, panelOf } from './panels.ts';

const NO_COLUMNS: PanelPlace['columns'] = [];

/** Issues within the option, by their path in its value. */
function innerOf(id: string, issues: readonly CheckIssue[]): PartProps['inner'] {
  const before = `.options.${id}.`;
  return issues.map((issue) => ({
    at: issue.path.slice(issue.path.indexOf(before) + before.length).split('.'),
    issue,
  }));
}

export default function StructuredEditor({
  issues,
  panel,
  ...props
}: EditorProps & { issues: readonly CheckIssue[]; panel: PanelPlace | undefined }) {
  const { field } = props;
  const Panel = field.panel === true && panel !== undefined ? panelOf(panel) : undefined;
  const columns = panel?.columns ?? NO_COLUMNS;
  if (Panel !== undefined) return <PanelEditor Panel={Panel} columns={columns} {...props} />;
  if (field.secret === true && props.owner !== undefined) return <SecretEditor {...props} />;
  if (field.kind === 'file') return <FileEditor {...props} />;
  if (field.kind === 'text') return <OfferedEditor {...props} />;
  if (field.kind === 'json') return <JsonEditor {...props} />;
  return <PartEditor {...props} columns={columns} inner={innerOf(field.id, issues)} />;
}
