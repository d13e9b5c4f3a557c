// On, off, or a list of texts instead.
import { Segments } from '../kit/Segments.tsx';
import { formWords } from './form-words.en.ts';
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
          { value: 'on', label: formWords.on },
          { value: 'off', label: formWords.off },
          { value: 'list', label: formWords.ownList },
        ]}
        value={chosen}
        onChange={(next) => onChange(next === 'list' ? [] : next === 'on')}
      />
      {chosen === 'list' ? <ListEditor {...props} /> : null}
    </div>
  );
}
