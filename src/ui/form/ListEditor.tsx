// A list of texts: what it holds as tags, each to be changed or taken out, and a line to add another.
import { useRef, useState } from 'react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './form.module.css';

export function ListEditor({ field, value, ids, onChange }: EditorProps) {
  const [text, setText] = useState('');
  /** The item whose text stands in the line to be changed; null: another is to be added. */
  const [changed, setChanged] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const items = Array.isArray(value) ? value.map(String) : [];
  const shown = (item: string): string => (item === '' ? formWords.empty : item);
  // Another plan or an undo may have made the list shorter.
  const isChanging = changed !== null && changed < items.length;
  const put = () => {
    onChange(isChanging ? items.with(changed, text) : [...items, text]);
    setText('');
    setChanged(null);
  };
  return (
    <div role="group" aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      <ul className={styles.list}>
        {items.map((item, index) => (
          // Items may repeat, so their place is what tells them apart.
          <li className={styles.tag} key={`${index} ${item}`}>
            <button
              type="button"
              className={styles.tagText}
              aria-pressed={isChanging && changed === index}
              aria-label={formWords.change(shown(item))}
              onClick={() => {
                setChanged(index);
                setText(item);
                input.current?.focus();
              }}
            >
              {shown(item)}
            </button>
            <button
              type="button"
              aria-label={formWords.remove(shown(item))}
              onClick={() => {
                onChange(items.filter((_, i) => i !== index));
                setChanged(null);
                if (isChanging) setText('');
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
          put();
        }}
      >
        <TextInput
          ref={input}
          className={styles.grow}
          aria-label={
            isChanging ? formWords.change(shown(items[changed]!)) : formWords.addTo(field.title)
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button onClick={put}>{isChanging ? formWords.takeOver : formWords.add}</Button>
        {field.nullable && value !== null ? (
          <Button look="link" onClick={() => onChange(null)}>
            {formWords.unset}
          </Button>
        ) : null}
      </form>
    </div>
  );
}
