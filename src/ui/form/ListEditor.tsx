// A list of texts: what it holds as tags, each with its own way out, and a line to add another.
import { useRef, useState } from 'react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { TextInput } from '../kit/fields.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './form.module.css';

export function ListEditor({ field, value, ids, onChange }: EditorProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const items = Array.isArray(value) ? value.map(String) : [];
  const add = () => {
    onChange([...items, text]);
    setText('');
  };
  return (
    <div role="group" aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      <ul className={styles.list}>
        {items.map((item, index) => (
          // Items may repeat, so their place is what tells them apart.
          <li className={styles.tag} key={`${index} ${item}`}>
            <span>{item === '' ? studioMessages.form.empty : item}</span>
            <button
              type="button"
              aria-label={studioMessages.form.remove(
                item === '' ? studioMessages.form.empty : item,
              )}
              onClick={() => {
                onChange(items.filter((_, i) => i !== index));
                input.current?.focus();
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          ref={input}
          className={styles.grow}
          aria-label={studioMessages.form.addTo(field.title)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button onClick={add}>{studioMessages.form.add}</Button>
        {field.nullable && value !== null ? (
          <Button look="link" onClick={() => onChange(null)}>
            {studioMessages.form.unset}
          </Button>
        ) : null}
      </form>
    </div>
  );
}
