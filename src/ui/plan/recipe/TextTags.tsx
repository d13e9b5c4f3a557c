// A list of texts as tags in a line, and a field for another: Enter, or going elsewhere, takes it.
import { useId, useState } from 'react';
import form from '../../form/form.module.css';
import { Icon } from '../../kit/Icon.tsx';
import { TextInput } from '../../kit/fields.tsx';
import styles from './recipe.module.css';

export function TextTags({
  texts,
  set,
  label,
  title,
  addLabel,
  removeLabel,
  placeholder,
}: {
  texts: readonly string[];
  set: (texts: readonly string[]) => void;
  label: string;
  /** Shown before them. */
  title?: string;
  addLabel: string;
  removeLabel: (text: string) => string;
  placeholder: string;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const add = () => {
    if (text !== '' && !texts.includes(text)) set([...texts, text]);
    setText('');
  };
  return (
    <span className={styles.tags} role="group" aria-label={label}>
      {title === undefined ? null : <label htmlFor={id}>{title}</label>}
      {texts.map((each) => (
        <span key={each} className={form.tag}>
          <span>{each}</span>
          <button
            type="button"
            aria-label={removeLabel(each)}
            onClick={() => {
              set(texts.filter((other) => other !== each));
              document.getElementById(id)?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <TextInput
        id={id}
        aria-label={addLabel}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (text === '' || (event.key !== 'Enter' && event.key !== 'Escape')) return;
          // What was typed is taken or let go; what is round it stays open.
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Enter') add();
          else setText('');
        }}
      />
    </span>
  );
}
