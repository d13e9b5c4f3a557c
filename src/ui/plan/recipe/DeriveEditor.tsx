// Computed columns: each a name and an expression, with its first values and the place of a mistake; functions to choose from beside.
import { useRef, useState } from 'react';
import { ExportError } from '../../../contract/errors.ts';
import { formatExpression, parseExpression } from '../../../contract/expression-text.ts';
import type { Expression } from '../../../contract/expression.ts';
import form from '../../form/form.module.css';
import { sentenceOf } from '../../form/issues.ts';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { Select, TextArea, TextInput } from '../../kit/fields.tsx';
import { TextPlace } from '../TextPlace.tsx';
import { ColumnSelect, refsOfColumns } from './ColumnSelect.tsx';
import { FirstValues } from './FirstValues.tsx';
import { FunctionList } from './FunctionList.tsx';
import { RestForm } from './RestForm.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, refOf, refText, textOf, type Options } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.derive;
const PLACES = ['before', 'after', 'replace'] as const;

export function DeriveEditor(props: StepEditorProps) {
  const { step, columns, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  /** The expression that was typed into last: where a function goes. */
  const [typedIn, setTypedIn] = useState(0);
  const derived = derivedOf(step.options['columns']);
  const set = (next: readonly Options[]) => onChange({ ...step.options, columns: next });
  const change = (at: number, part: Options) => set(derived.with(at, { ...derived[at]!, ...part }));
  const namesBefore = (at: number) => [
    ...columns.map(({ name }) => name),
    ...derived.slice(0, at).map((column) => textOf(column['name'])),
  ];
  const insert = (at: number, text: string, cursor: number) => {
    const area = box.current?.querySelectorAll('textarea')[at];
    if (area === undefined) return;
    const from = area.selectionStart;
    change(at, {
      expression: area.value.slice(0, from) + text + area.value.slice(area.selectionEnd),
    });
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(from + cursor, from + cursor);
    });
  };
  return (
    <div ref={box}>
      {derived.map((column, i) => (
        <Derived
          key={i}
          {...props}
          column={column}
          number={i + 1}
          names={namesBefore(i)}
          onTyped={() => setTypedIn(i)}
          onEdit={(part) => change(i, part)}
          onInsert={(text) => insert(i, text, text.length)}
          onPlace={(place) => set(derived.with(i, place))}
          onRemove={() => {
            set(derived.toSpliced(i, 1));
            box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
          }}
        />
      ))}
      <Button
        look="link"
        data-add
        disabled={columns.length === 0}
        onClick={() => {
          const [ref] = refsOfColumns(columns);
          set([
            ...derived,
            { name: freeName(namesBefore(derived.length)), expression: columnText(ref!) },
          ]);
          requestAnimationFrame(() =>
            [...(box.current?.querySelectorAll('textarea') ?? [])].at(-1)?.select(),
          );
        }}
      >
        {words.add}
      </Button>
      {derived.length === 0 ? null : (
        <FunctionList
          onChoose={({ name, signature }) => {
            const text = `${name}()`;
            const takesNone = signature.endsWith('()');
            insert(Math.min(typedIn, derived.length - 1), text, text.length - (takesNone ? 0 : 1));
          }}
        />
      )}
      <RestForm {...props} without={['columns']} />
    </div>
  );
}

function Derived({
  column,
  number,
  names,
  columns,
  step,
  place,
  onTyped,
  onEdit,
  onInsert,
  onPlace,
  onRemove,
}: StepEditorProps & {
  column: Options;
  number: number;
  /** Columns the expression may use. */
  names: readonly string[];
  onTyped: () => void;
  onEdit: (part: Options) => void;
  onInsert: (text: string) => void;
  onPlace: (column: Options) => void;
  onRemove: () => void;
}) {
  const name = textOf(column['name']);
  const shown = name || recipeWords.noName;
  const text = expressionText(column['expression']);
  const problem = problemOf(text, names);
  // `replace: true` means the column of the same name.
  const refAt = (each: (typeof PLACES)[number]) =>
    refOf(column[each] === true ? { name } : column[each]);
  const where = PLACES.find((each) => refAt(each) !== null) ?? 'end';
  const beside = where === 'end' ? null : refAt(where);
  const stand = (at: string, ref: unknown) => {
    const { before: _b, after: _a, replace: _r, ...rest } = column;
    onPlace(at === 'end' ? rest : { ...rest, [at]: ref });
  };
  return (
    <div className={styles.derived} role="group" aria-label={shown}>
      <div className={styles.line}>
        <TextInput
          aria-label={words.nameOf(number)}
          placeholder={words.name}
          value={name}
          onChange={(event) => onEdit({ name: event.currentTarget.value })}
        />
        <Button
          look="icon"
          className={styles.small}
          aria-label={recipeWords.remove(shown)}
          onClick={onRemove}
        >
          <Icon name="close" />
        </Button>
      </div>
      <TextArea
        rows={2}
        aria-label={words.expressionOf(shown)}
        aria-invalid={problem !== null}
        placeholder={words.expression}
        value={text}
        onFocus={onTyped}
        onChange={(event) => onEdit({ expression: event.currentTarget.value })}
      />
      <div aria-live="polite">
        {problem === null ? (
          <FirstValues place={place} step={step} name={name} />
        ) : (
          <>
            <p className={form.error}>
              <Icon name="warning" />
              <span>{sentenceOf(problem)}</span>
            </p>
            {problem.position === null ? null : (
              <TextPlace text={text} position={problem.position} />
            )}
            {problem.hint === '' ? null : <p className={form.help}>{problem.hint}</p>}
          </>
        )}
      </div>
      <div className={`${form.row} ${styles.short}`}>
        <Select
          isPlain
          aria-label={words.insertIn(shown)}
          value=""
          onChange={(event) => onInsert(event.currentTarget.value)}
        >
          <option value="" disabled>
            {words.insert}
          </option>
          {refsOfColumns(columns).map((ref, i) => (
            <option key={i} value={columnText(ref)}>
              {refText(ref)}
            </option>
          ))}
        </Select>
        <Select
          isPlain
          aria-label={words.placeOf(shown)}
          value={where}
          onChange={(event) =>
            stand(event.currentTarget.value, beside ?? refsOfColumns(columns).at(-1))
          }
        >
          {(['end', ...PLACES] as const).map((each) => (
            <option key={each} value={each}>
              {words.places[each]}
            </option>
          ))}
        </Select>
        {where === 'end' ? null : (
          <ColumnSelect
            columns={columns}
            value={beside}
            aria-label={words.besideOf(shown)}
            onChange={(ref) => stand(where, ref)}
          />
        )}
      </div>
    </div>
  );
}

/** A list, or its short form: names with their expressions. */
function derivedOf(value: unknown): readonly Options[] {
  if (Array.isArray(value)) return listOf(value).map(objectOf);
  return Object.entries(objectOf(value)).map(([name, expression]) => ({ name, expression }));
}

function expressionText(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? formatExpression(value as Expression)
    : textOf(value);
}

function columnText(ref: { name: string; nth?: number }): string {
  return formatExpression({ op: 'column', column: ref } as Expression);
}

function freeName(names: readonly string[]): string {
  for (let n = 1; ; n++) if (!names.includes(words.newName(n))) return words.newName(n);
}

/** What is wrong with the text, and where (0-based). */
function problemOf(text: string, names: readonly string[]) {
  try {
    parseExpression(text, names);
    return null;
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const position = Number(error.parameters['position']);
    return {
      sentence: error.message,
      hint: error.hint,
      position: Number.isInteger(position) ? Math.max(0, position - 1) : null,
    };
  }
}
