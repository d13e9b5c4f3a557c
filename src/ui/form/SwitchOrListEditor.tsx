// On, off, or a list of texts instead.
import { Segments } from '../kit/Segments.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import type { EditorProps } from './editor-props.ts';
import { ListEditor } from './ListEditor.tsx';

export function SwitchOrListEditor(props: EditorProps) {
  const { value, ids, onChange } = props;
  const chosen = Array.isArray(value) ? 'list' : value === true ? 'on' : 'off';
  return (
    <div>
      <Segments
        aria-labelledby={ids.label}
        aria-describedby={ids.describedBy}
        segments={[
          { value: 'on', label: studioMessages.form.on },
          { value: 'off', label: studioMessages.form.off },
          { value: 'list', label: studioMessages.form.ownList },
        ]}
        value={chosen}
        onChange={(next) => onChange(next === 'list' ? [] : next === 'on')}
      />
      {chosen === 'list' ? <ListEditor {...props} /> : null}
    </div>
  );
}
