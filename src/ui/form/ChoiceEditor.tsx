// A choice: side by side while it is short, else a menu; an open one also takes other text.
import { Segments } from '../kit/Segments.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './form.module.css';

/** Choices side by side: how many, and how many letters together. */
const MOST_SEGMENTS = 4;
const MOST_LETTERS = 34;
const MOST_NARROW = 28;

const NOT_SET = '\u0000';
const OTHER = '\u0001';

export function ChoiceEditor({
  field,
  value,
  ids,
  onChange,
  isNarrow = false,
}: EditorProps & { isNarrow?: boolean }) {
  const choices = [...(field.choices ?? [])];
  if (field.nullable) choices.unshift({ value: NOT_SET, label: formWords.notSet });
  const isListed = value === null || choices.some((choice) => choice.value === value);
  if (field.open) choices.push({ value: OTHER, label: formWords.other });
  const chosen = value === null ? NOT_SET : isListed ? String(value) : OTHER;
  const choose = (next: string) => onChange(next === NOT_SET ? null : next === OTHER ? '' : next);
  const letters = choices.reduce((sum, choice) => sum + choice.label.length + 3, 0);
  return (
    <div className={styles.row}>
      {choices.length <= MOST_SEGMENTS && letters <= (isNarrow ? MOST_NARROW : MOST_LETTERS) ? (
        <Segments
          aria-labelledby={ids.label}
          aria-describedby={ids.describedBy}
          segments={choices}
          value={chosen}
          onChange={choose}
        />
      ) : (
        <Select
          id={ids.control}
          aria-labelledby={ids.label}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.isWrong}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
      {chosen === OTHER ? (
        <TextInput
          aria-label={formWords.otherOf(field.title)}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : null}
    </div>
  );
}
