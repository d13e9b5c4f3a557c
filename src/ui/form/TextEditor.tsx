// Text; where it may also be not set, a check box says whether it is.
import { CheckBox, TextArea, TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './form.module.css';

export function TextEditor({ field, value, ids, onChange }: EditorProps) {
  if (field.multiline)
    return (
      <TextArea
        id={ids.control}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.isWrong}
        rows={Math.max(2, String(value ?? '').split('\n').length)}
        placeholder={formWords.empty}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  const input = (
    <TextInput
      id={ids.control}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.isWrong}
      disabled={value === null}
      type={field.secret ? 'password' : 'text'}
      placeholder={value === null ? formWords.notSet : formWords.empty}
      value={value === null ? '' : String(value ?? '')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
  if (!field.nullable) return input;
  return (
    <div>
      <CheckBox
        label={formWords.set}
        aria-label={formWords.setOf(field.title)}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? '' : null)}
      />
      <div className={styles.row}>{input}</div>
    </div>
  );
}
