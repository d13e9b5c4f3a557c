// Text for which values are offered, as a chosen file has them; other text can be typed.
import { useState } from 'react';
import { Select } from '../kit/fields.tsx';
import type { EditorProps } from './editor-props.ts';
import { offeredWords as words } from './file-words.en.ts';
import styles from './form.module.css';
import { TextEditor } from './TextEditor.tsx';

const OTHER = '\u0001';

export function OfferedEditor(props: EditorProps) {
  const { field, value, ids, onChange } = props;
  const [isOther, setOther] = useState(false);
  const choices = field.choices ?? [];
  const isListed = choices.some((choice) => choice.value === value);
  const isTyped = isOther || (!isListed && value !== '');
  return (
    <div className={styles.offered}>
      <Select
        aria-labelledby={ids.label}
        aria-describedby={ids.describedBy}
        {...(!isTyped && { id: ids.control, 'aria-invalid': ids.isWrong })}
        value={isTyped ? OTHER : String(value)}
        onChange={({ currentTarget }) => {
          setOther(currentTarget.value === OTHER);
          if (currentTarget.value !== OTHER) onChange(currentTarget.value);
        }}
      >
        {isListed || isTyped ? null : (
          <option value="" disabled>
            {words.choose}
          </option>
        )}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
        <option value={OTHER}>{words.other}</option>
      </Select>
      {isTyped ? <TextEditor {...props} /> : null}
    </div>
  );
}
