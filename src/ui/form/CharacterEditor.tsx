// One character, or several where the option takes them: the usual ones to choose from, any other to type; a tab shows as ⇥.
import { useState } from 'react';
import { Segments, type Segment } from '../kit/Segments.tsx';
import { TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';
import { readCharacter, showCharacter } from './show-value.ts';
import styles from './form.module.css';

const USUAL: [option: RegExp, characters: string[]][] = [
  [/delimiter|separator/i, [',', ';', '\t', '|']],
  [/quote/i, ['"', "'"]],
  [/escape/i, ['"', '\\']],
  [/comment/i, ['#']],
  [/decimalSign/, ['.', ',']],
  [/groupSign/, [',', '.', ' ', "'"]],
  [/padding/, [' ', '0', '.']],
];
const NONE = 'none';
const OTHER = 'other';

export function CharacterEditor({ field, value, ids, onChange, onProblem }: EditorProps) {
  const usual = USUAL.find(([option]) => option.test(field.id))?.[1] ?? [];
  const isUsual = value === null || usual.includes(String(value));
  const [isTyping, setTyping] = useState(!isUsual);
  const [text, setText] = useState(isUsual ? '' : showCharacter(String(value)));
  // Another plan, an undo or a preset may set the value from outside.
  const typed = readCharacter(text);
  const isFromOutside = !isUsual && typed !== value;
  const isOther = isFromOutside || (isTyping && (text === '' || !isUsual || typed === value));
  const shownText = isFromOutside ? showCharacter(String(value)) : text;

  const segments: Segment<string>[] = usual.map((character) => ({
    value: character,
    label: <code>{showCharacter(character)}</code>,
    name: formWords.characterNames.get(character) ?? character,
  }));
  if (field.nullable) segments.unshift({ value: NONE, label: formWords.none });
  segments.push({ value: OTHER, label: formWords.other });
  const chosen = isOther ? OTHER : value === null ? NONE : String(value);

  return (
    <div className={styles.row}>
      <Segments
        aria-labelledby={ids.label}
        aria-describedby={ids.describedBy}
        segments={segments}
        value={chosen}
        onChange={(next) => {
          setTyping(next === OTHER);
          setText('');
          if (next !== OTHER) onChange(next === NONE ? null : next);
        }}
      />
      {isOther ? (
        <TextInput
          isMono
          isNarrow
          id={ids.control}
          aria-label={formWords.otherOf(field.title)}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.isWrong}
          value={shownText}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTyping(true);
            const character = readCharacter(event.currentTarget.value);
            const { length } = [...character];
            if (length > 0 && length <= (field.longest ?? 1)) onChange(character);
            else onProblem(formWords.characters(field.longest ?? 1));
          }}
        />
      ) : null}
    </div>
  );
}
