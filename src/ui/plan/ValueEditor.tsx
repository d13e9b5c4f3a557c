// The value of a condition, edited by its type: text, number, true or false, a day, two ends, or a list of them.
import { useId, useRef, useState } from 'react';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { Icon } from '../kit/Icon.tsx';
import { formWords } from '../form/form-words.en.ts';
import { filterWords } from './filter-words.en.ts';
import { previewWords } from '../preview/preview-words.en.ts';
import {
  isValue,
  PERIODS,
  stepUnits,
  valueCountOf,
  type Condition,
  type ValueKind,
} from './filter-model.ts';
import styles from './filter.module.css';

interface EditorProps {
  condition: Condition;
  column: InspectedColumn | undefined;
  kind: ValueKind;
  /** Of the column, for labels. */
  name: string;
  /** Place of the value that is wrong; -1 when none is. */
  wrongAt: number;
  describedBy: string | undefined;
  onChange: (values: readonly string[]) => void;
}

/** Values the column is known to hold. */
function suggestionsOf(column: InspectedColumn | undefined): readonly string[] {
  if (column === undefined) return [];
  const { shape, examples } = column;
  if (shape?.kind === 'values') return shape.values.filter((value) => value !== '');
  if (shape?.kind === 'range') return [...new Set([shape.from, shape.to, ...examples])];
  return examples;
}

export function ValueEditor(props: EditorProps) {
  const { condition, column, kind, name, onChange } = props;
  const words = filterWords;
  const listId = useId();
  const count = valueCountOf(condition.operator);
  const suggestions =
    kind === 'bool' || condition.operator.endsWith('matches') ? [] : suggestionsOf(column);
  const list = (
    <datalist id={listId}>
      {suggestions.map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </datalist>
  );
  if (count === 'list')
    return (
      <>
        <Tags {...props} listId={listId} />
        {list}
      </>
    );
  const set = (at: number, value: string) => onChange(condition.values.with(at, value));
  if (count === 'steps') {
    const [steps = '', unit = ''] = condition.values;
    return (
      <>
        <input
          type="text"
          className={styles.count}
          inputMode="numeric"
          autoComplete="off"
          aria-label={words.countOf(name)}
          aria-invalid={props.wrongAt === 0}
          aria-describedby={props.describedBy}
          value={steps}
          onChange={(event) => set(0, event.currentTarget.value)}
        />
        <Choice
          label={words.unitOf(name)}
          value={unit}
          values={stepUnits(kind)}
          word={(each) => words.units(each, steps === '1')}
          onSet={(value) => set(1, value)}
        />
      </>
    );
  }
  if (count === 'period')
    return (
      <Choice
        label={words.periodOf(name)}
        value={condition.values[0] ?? ''}
        values={PERIODS}
        word={words.period}
        onSet={(value) => set(0, value)}
      />
    );
  const isRange = condition.operator.endsWith('in-range');
  return (
    <>
      <One
        {...props}
        listId={listId}
        label={
          count === 2 ? (isRange ? words.fromOf(name) : words.lowOf(name)) : words.valueOf(name)
        }
        at={0}
        onSet={(value) => set(0, value)}
      />
      {count === 2 ? (
        <>
          <span className={styles.between}>{isRange ? words.to : words.and}</span>
          <One
            {...props}
            listId={listId}
            label={isRange ? words.toOf(name) : words.highOf(name)}
            at={1}
            onSet={(value) => set(1, value)}
          />
        </>
      ) : null}
      {list}
    </>
  );
}

function Choice({
  label,
  value,
  values,
  word,
  onSet,
}: {
  label: string;
  value: string;
  values: readonly string[];
  word: (value: string) => string;
  onSet: (value: string) => void;
}) {
  return (
    <span className={styles.menu}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onSet(event.currentTarget.value)}
      >
        {(values.includes(value) ? values : [value, ...values]).map((each) => (
          <option key={each} value={each}>
            {word(each)}
          </option>
        ))}
      </select>
    </span>
  );
}

function One({
  condition,
  kind,
  wrongAt,
  describedBy,
  listId,
  label,
  at,
  onSet,
}: EditorProps & { listId: string; label: string; at: number; onSet: (value: string) => void }) {
  const words = filterWords;
  const value = condition.values[at] ?? '';
  if (kind === 'bool')
    return (
      <span className={styles.menu}>
        <select
          aria-label={label}
          value={value}
          onChange={(event) => onSet(event.currentTarget.value)}
        >
          {value === 'true' || value === 'false' ? null : <option value={value}>{value}</option>}
          <option value="true">{words.true}</option>
          <option value="false">{words.false}</option>
        </select>
      </span>
    );
  // The browser's own field for days shows nothing of a text that is none.
  const isDay = kind === 'date' && (value === '' || isValue(value, 'date', 'date'));
  return (
    <input
      type={isDay ? 'date' : 'text'}
      className={kind === 'number' ? styles.number : ''}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      spellCheck={false}
      list={isDay ? undefined : listId}
      aria-label={label}
      aria-invalid={wrongAt === at}
      aria-describedby={describedBy}
      placeholder={words.placeholders[kind]}
      value={value}
      onChange={(event) => onSet(event.currentTarget.value)}
    />
  );
}

function Tags({
  condition,
  kind,
  name,
  wrongAt,
  describedBy,
  listId,
  onChange,
}: EditorProps & { listId: string }) {
  const words = filterWords;
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { values } = condition;
  const add = (value: string) => {
    setText('');
    if (value !== '' && !values.includes(value)) onChange([...values, value]);
  };
  return (
    <span className={styles.tags}>
      {values.map((value, at) => (
        <span
          key={`${at} ${value}`}
          className={`${styles.tag} ${wrongAt === at ? styles.isWrong : ''}`}
        >
          <bdi>{value === '' ? previewWords.empty : value}</bdi>
          <button
            type="button"
            aria-label={formWords.remove(value === '' ? previewWords.empty : value)}
            onClick={() => {
              onChange(values.filter((_, i) => i !== at));
              input.current?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <input
        ref={input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        inputMode={kind === 'number' ? 'decimal' : undefined}
        list={listId}
        aria-label={words.valuesOf(name)}
        aria-describedby={describedBy}
        placeholder={values.length === 0 ? words.addValue : ''}
        value={text}
        onChange={(event) => {
          const next = event.currentTarget.value;
          // A value chosen from the list comes whole, in one step.
          const isChosen =
            (event.nativeEvent as InputEvent).inputType === 'insertReplacementText' ||
            !('inputType' in event.nativeEvent);
          if (isChosen) add(next);
          else setText(next);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || (event.key === ',' && kind !== 'text')) {
            event.preventDefault();
            add(text.trim() === '' ? text.trim() : text);
          } else if (event.key === 'Backspace' && text === '' && values.length > 0)
            onChange(values.slice(0, -1));
        }}
        onBlur={() => add(text)}
      />
    </span>
  );
}
