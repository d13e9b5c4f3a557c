// Pairs of texts, such as old and new names.
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import { useState } from 'react';
import type { EditorProps } from './editor-props.ts';
import styles from './form.module.css';

type Pair = [key: string, value: string];

export function MapEditor({ value, ids, onChange, onProblem }: EditorProps) {
  const outside = pairsOf(value);
  // Half-typed and repeated keys live here only, until they make a map.
  const [pairs, setPairs] = useState(outside);
  const shown = isSame(toMap(pairs), outside) ? pairs : outside;
  const enter = (next: Pair[]) => {
    setPairs(next);
    const keys = next.map(([key]) => key);
    if (new Set(keys).size < keys.length) onProblem(formWords.keyRepeated);
    else onChange(Object.fromEntries(toMap(next)));
  };
  return (
    <div role="group" aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      {shown.map(([key, text], index) => (
        <div className={styles.pair} key={index}>
          <TextInput
            aria-label={formWords.key(index + 1)}
            value={key}
            onChange={(event) => enter(shown.with(index, [event.currentTarget.value, text]))}
          />
          <TextInput
            aria-label={formWords.value(index + 1)}
            value={text}
            onChange={(event) => enter(shown.with(index, [key, event.currentTarget.value]))}
          />
          <Button
            look="icon"
            aria-label={formWords.remove(key)}
            onClick={() => enter(shown.filter((_, i) => i !== index))}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <Button onClick={() => setPairs([...shown, ['', '']])}>{formWords.add}</Button>
    </div>
  );
}

function pairsOf(value: unknown): Pair[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).map(([key, text]) => [key, String(text)]);
}

/** Pairs without those nobody has typed into yet. */
function toMap(pairs: Pair[]): Pair[] {
  return pairs.filter(([key]) => key !== '');
}

function isSame(a: Pair[], b: Pair[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
