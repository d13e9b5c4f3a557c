// Editors of what stands in objects alone: colours, values of any type, formulas, a list or a range, one of the tables.
import { useRef, useState } from 'react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Segments } from '../kit/Segments.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import { columnChoices } from './column-choice.ts';
import { AddColumn } from './ColumnsEditor.tsx';
import type { EditorProps, PartProps } from './editor-props.ts';
import { ListEditor } from './ListEditor.tsx';
import { readAny, showAny } from './object-model.ts';
import { structuredWords as words } from './structured-words.en.ts';
import styles from './structured.module.css';

const COLOR = /^#?[\da-f]{6}$/i;

/** `#rrggbb` of a colour however it was given; black where it is none. */
const hash = (color: string): string =>
  COLOR.test(color) ? `#${color.replace('#', '').toLowerCase()}` : '#000000';

function ColorInput({
  label,
  value,
  onChange,
  onProblem,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onProblem: (problem: string | null) => void;
  children?: React.ReactNode;
}) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  return (
    <span className={styles.color}>
      <input
        type="color"
        aria-label={label}
        className={value === '' ? styles.noColor : undefined}
        value={hash(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <TextInput
        isMono
        aria-label={words.code(label)}
        aria-invalid={text !== '' && !COLOR.test(text)}
        placeholder={words.asItIs}
        value={text === '' ? '' : COLOR.test(text) ? hash(text) : text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          const isColor = COLOR.test(currentTarget.value);
          onProblem(isColor || currentTarget.value === '' ? null : words.notAColor);
          if (isColor) onChange(hash(currentTarget.value));
        }}
      />
      {children}
    </span>
  );
}

export function ColorEditor({ field, value, onChange, onProblem }: EditorProps) {
  return (
    <ColorInput
      label={field.title}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next)}
      onProblem={onProblem}
    >
      {typeof value !== 'string' || field.default !== undefined ? null : (
        <Button
          look="icon"
          aria-label={formWords.remove(field.title)}
          onClick={() => onChange(undefined)}
        >
          <Icon name="close" />
        </Button>
      )}
    </ColorInput>
  );
}

export function ColorsEditor({ field, value, ids, onChange, onProblem }: EditorProps) {
  const colors = Array.isArray(value) ? value.map(String) : [];
  return (
    <div role="group" aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      {colors.map((color, i) => (
        <ColorInput
          key={i}
          label={words.color(field.title, i + 1)}
          value={color}
          onChange={(next) => onChange(colors.with(i, next))}
          onProblem={onProblem}
        >
          {colors.length > (field.min ?? 0) ? (
            <Button
              look="icon"
              aria-label={formWords.remove(words.color(field.title, i + 1))}
              onClick={() => onChange(colors.toSpliced(i, 1), 'remove')}
            >
              <Icon name="close" />
            </Button>
          ) : null}
        </ColorInput>
      ))}
      {colors.length < (field.max ?? Infinity) ? (
        <Button
          aria-label={words.addTo(field.title)}
          onClick={() => onChange([...colors, colors.at(-1) ?? '#ffffff'], 'add')}
        >
          {words.add}
        </Button>
      ) : null}
    </div>
  );
}

export function ValueEditor({ value, ids, onChange }: EditorProps) {
  const [text, setText] = useState(() => showAny(value));
  const outside = showAny(value);
  // "1." and "1e" are on the way to numbers.
  const shown = Object.is(readAny(text), value) ? text : outside;
  return (
    <TextInput
      id={ids.control}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.isWrong}
      value={shown}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(readAny(currentTarget.value));
      }}
    />
  );
}

export function FormulaEditor({ field, value, ids, columns, table, onChange }: PartProps) {
  const input = useRef<HTMLInputElement>(null);
  const text = typeof value === 'string' ? value : '';
  // A brace ends or begins the name of a column.
  const choices = columnChoices(columns, false, table).filter(({ name }) => !/[{}]/.test(name));
  return (
    <div className={styles.formula}>
      <TextInput
        isMono
        ref={input}
        id={ids.control}
        aria-describedby={ids.describedBy}
        aria-invalid={ids.isWrong}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <AddColumn
        label={words.of(words.insert, field.title)}
        text={words.insert}
        choices={choices}
        onAdd={({ name }) => {
          const { selectionStart, selectionEnd } = input.current!;
          const [from, to] = [selectionStart ?? text.length, selectionEnd ?? text.length];
          const caret = from + name.length + 2;
          onChange(`${text.slice(0, from)}{${name}}${text.slice(to)}`, 'insert');
          requestAnimationFrame(() => {
            input.current?.focus();
            input.current?.setSelectionRange(caret, caret);
          });
        }}
      />
    </div>
  );
}

export function ListOrTextEditor(props: EditorProps) {
  const { value, ids, onChange } = props;
  const isText = typeof value === 'string';
  return (
    <div>
      <Segments
        isSmall
        aria-labelledby={ids.label}
        segments={[
          { value: 'list', label: words.list },
          { value: 'text', label: words.range },
        ]}
        value={isText ? 'text' : 'list'}
        onChange={(next) => onChange(next === 'text' ? '=' : [], 'form')}
      />
      <div className={styles.below}>
        {isText ? (
          <TextInput
            isMono
            aria-labelledby={ids.label}
            aria-describedby={ids.describedBy}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <ListEditor {...props} />
        )}
      </div>
    </div>
  );
}

export function TableEditor({ value, ids, columns, onChange }: PartProps) {
  const tables = [...new Set(columns.flatMap(({ table }) => table ?? []))];
  const isGiven = typeof value === 'string';
  return (
    <Select
      id={ids.control}
      className={isGiven && !tables.includes(value) ? styles.missing : undefined}
      aria-describedby={ids.describedBy}
      value={isGiven ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{words.tableOfName}</option>
      {isGiven && !tables.includes(value) ? <option>{value}</option> : null}
      {tables.map((table) => (
        <option key={table}>{table}</option>
      ))}
    </Select>
  );
}
