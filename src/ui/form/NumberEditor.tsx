// A number within its bounds; empty means not set where that is allowed. Arrow keys step whole numbers.
import { useState, type KeyboardEvent } from 'react';
import type { OptionField } from '../../contract/options.ts';
import { TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './form.module.css';

export function NumberEditor({ field, value, ids, onChange, onProblem }: EditorProps) {
  const outside = value === null || value === undefined ? '' : String(value);
  const [text, setText] = useState(outside);
  const [seen, setSeen] = useState(outside);
  if (outside !== seen) {
    setSeen(outside);
    if (readNumber(text, field) !== value) setText(outside);
  }
  const enter = (next: string) => {
    setText(next);
    const number = readNumber(next, field);
    if (typeof number === 'string') onProblem(number);
    else onChange(number);
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (by === 0 || field.kind !== 'integer' || typeof value !== 'number') return;
    event.preventDefault();
    const next = value + by;
    if (next >= (field.min ?? -Infinity) && next <= (field.max ?? Infinity)) enter(String(next));
  };
  return (
    <span className={styles.row}>
      <TextInput
        isNarrow
        id={ids.control}
        inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.isWrong}
        placeholder={field.nullable ? formWords.notSet : undefined}
        value={text}
        onKeyDown={step}
        onChange={(event) => enter(event.currentTarget.value)}
      />
      {field.unit ? <span className={styles.unit}>{field.unit}</span> : null}
    </span>
  );
}

/** The number, null for not set, or a sentence saying what is wrong. */
function readNumber(text: string, field: OptionField): number | null | string {
  const trimmed = text.replaceAll(/[\s\u00a0,_]/g, '');
  if (trimmed === '') return field.nullable ? null : formWords.numberMissing;
  const number = Number(trimmed);
  if (!Number.isFinite(number)) return formWords.notANumber;
  if (field.kind === 'integer' && !Number.isSafeInteger(number)) return formWords.notWhole;
  if (field.min !== undefined && number < field.min) return formWords.atLeast(field.min);
  if (field.max !== undefined && number > field.max) return formWords.atMost(field.max);
  return number;
}
