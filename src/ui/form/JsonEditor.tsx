// Any JSON value, as text.
import { useState } from 'react';
import { TextArea } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import { isSameValue } from './show-value.ts';

export function JsonEditor({ value, ids, onChange, onProblem }: EditorProps) {
  const [text, setText] = useState(() => JSON.stringify(value ?? null, null, 1));
  const [seen, setSeen] = useState(value);
  if (!isSameValue(seen, value)) {
    setSeen(value);
    setText(JSON.stringify(value ?? null, null, 1));
  }
  return (
    <TextArea
      id={ids.control}
      aria-labelledby={ids.label}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.isWrong}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        let next: unknown;
        try {
          next = JSON.parse(event.currentTarget.value);
        } catch {
          onProblem(formWords.notJson);
          return;
        }
        setSeen(next);
        onChange(next);
      }}
    />
  );
}
