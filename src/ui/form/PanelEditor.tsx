// An option in its plug-in's own form, or as the JSON that it is.
import { Suspense, useState } from 'react';
import { Button } from '../kit/Button.tsx';
import type { EditorProps } from './editor-props.ts';
import { JsonEditor } from './JsonEditor.tsx';
import { PANEL_KIT, type PanelComponent, type PanelPlace } from './panels.ts';
import { panelWords } from './panel-words.en.ts';
import styles from './form.module.css';

export function PanelEditor({
  Panel,
  columns,
  ...editor
}: EditorProps & { Panel: PanelComponent; columns: PanelPlace['columns'] }) {
  const [isText, setText] = useState(false);
  const { field, value, ids, onChange } = editor;
  const other = isText ? panelWords.asForm : panelWords.asJson;
  return (
    <>
      {isText ? (
        <JsonEditor {...editor} />
      ) : (
        <Suspense fallback={null}>
          <Panel
            option={field.id}
            value={value}
            onChange={onChange}
            columns={columns}
            labelledBy={ids.label}
            Kit={PANEL_KIT}
          />
        </Suspense>
      )}
      <div className={styles.row}>
        <Button
          look="link"
          aria-label={panelWords.of(other, field.title)}
          onClick={() => {
            editor.onProblem(null);
            setText(!isText);
          }}
        >
          {other}
        </Button>
      </div>
    </>
  );
}
