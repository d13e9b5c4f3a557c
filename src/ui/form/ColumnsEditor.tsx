// Columns of the output: one to choose, a list of them as tags, or a table of what each is given.
import { useRef } from 'react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { hueOf } from '../preview/TypeName.tsx';
import { formWords } from './form-words.en.ts';
import {
  type ColumnChoice,
  columnChoices,
  nameOf,
  nthOf,
  placeOf,
  type Ref,
  refOf,
  refsOf,
} from './column-choice.ts';
import type { PartProps } from './editor-props.ts';
import { structuredWords as words } from './structured-words.en.ts';
import styles from './structured.module.css';
import form from './form.module.css';

function shownName({ name, nth }: { name: string; nth: number }): string {
  return words.nth(name === '' ? words.noName : name, nth);
}

const shownRef = (ref: Ref): string => shownName({ name: nameOf(ref), nth: nthOf(ref) });

/** The columns that the option can name. */
function choicesOf({ field, columns, table }: PartProps): ColumnChoice[] {
  return columnChoices(columns, field.numbered === true, table);
}

export function ColumnEditor(props: PartProps) {
  const { field, value, ids, onChange } = props;
  const choices = choicesOf(props);
  const [ref] = refsOf(value).filter((each) => nameOf(each) !== '' || placeOf(choices, each) >= 0);
  const place = ref === undefined ? -1 : placeOf(choices, ref);
  const isMissing = ref !== undefined && place < 0 && choices.length > 0;
  const none = field.nullable ? null : field.default === '' ? '' : undefined;
  return (
    <Select
      id={ids.control}
      className={isMissing ? styles.missing : undefined}
      aria-labelledby={ids.label}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.isWrong || isMissing}
      value={ref !== undefined && place < 0 ? 'missing' : place}
      onChange={(event) => {
        const chosen = choices[Number(event.currentTarget.value)];
        onChange(chosen === undefined ? none : refOf(chosen));
      }}
    >
      {ref !== undefined && place < 0 ? (
        <option value="missing">{isMissing ? words.missing(shownRef(ref)) : shownRef(ref)}</option>
      ) : null}
      {none !== undefined || ref === undefined ? (
        <option value={-1}>{field.required ? words.choose : words.noColumn}</option>
      ) : null}
      <ColumnOptions choices={choices} />
    </Select>
  );
}

function ColumnOptions({ choices }: { choices: readonly ColumnChoice[] }) {
  return choices.map((column, i) => (
    <option key={i} value={i}>
      {shownName(column)}
    </option>
  ));
}

/** A line that adds the column that is chosen. */
export function AddColumn({
  label,
  text = words.addColumn,
  choices,
  onAdd,
}: {
  label: string;
  text?: string;
  choices: readonly ColumnChoice[];
  onAdd: (column: ColumnChoice) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <Select
      className={styles.adder}
      aria-label={label}
      value=""
      onChange={(event) => {
        const column = choices[Number(event.currentTarget.value)];
        if (column !== undefined) onAdd(column);
      }}
    >
      <option value="">{text}</option>
      <ColumnOptions choices={choices} />
    </Select>
  );
}

/** A column's name in its type's colour; struck where there is no such column. */
export function ColumnName({ at, name }: { at: ColumnChoice | undefined; name: string }) {
  return at === undefined ? (
    <s className={styles.gone} title={words.missing(name)}>
      <bdi>{name}</bdi>
    </s>
  ) : (
    <span className={hueOf(at.type)}>
      <bdi>{name}</bdi>
    </span>
  );
}

export function ColumnsEditor(props: PartProps) {
  const { field, value, ids, onChange } = props;
  const choices = choicesOf(props);
  const refs = refsOf(value);
  const group = useRef<HTMLDivElement>(null);
  const left = choices.filter((choice) => placeOf(refs.map(asChoice), refOf(choice)) < 0);
  return (
    <div role="group" ref={group} aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      <ul className={form.list}>
        {refs.map((ref, index) => (
          <li className={form.tag} key={`${nthOf(ref)} ${nameOf(ref)}`}>
            <ColumnName
              at={choices.length === 0 ? asChoice(ref) : choices[placeOf(choices, ref)]}
              name={shownRef(ref)}
            />
            <button
              type="button"
              aria-label={formWords.remove(shownRef(ref))}
              onClick={() => {
                const others = refs.toSpliced(index, 1);
                onChange(others.length === 0 && field.nullable ? null : others, 'remove');
                group.current?.querySelector('select')?.focus();
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <AddColumn
        label={words.of(words.addColumn, field.title)}
        choices={left}
        onAdd={(column) => onChange([...refs, refOf(column)], 'add')}
      />
      {choices.length === 0 && refs.length === 0 ? (
        <p className={styles.quiet}>{words.noColumns}</p>
      ) : null}
    </div>
  );
}

const asChoice = (ref: Ref): ColumnChoice => ({ name: nameOf(ref), nth: nthOf(ref), type: '' });

/** What some columns are given: a text, or one of the option's choices. */
export function ColumnMapEditor(props: PartProps) {
  const { field, value, ids, onChange } = props;
  const choices = choicesOf(props);
  const group = useRef<HTMLDivElement>(null);
  const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const put = (next: [string, unknown][], part?: string) =>
    onChange(Object.fromEntries(next), part);
  const left = choices.filter(({ name }) => !pairs.some(([key]) => key === name));
  const set = (index: number, text: string) => put(pairs.with(index, [pairs[index]![0], text]));
  return (
    <div role="group" ref={group} aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      {pairs.map(([name, given], index) => (
        <div className={styles.line} key={name}>
          <span className={styles.name}>
            <ColumnName
              at={choices.length === 0 ? asChoice(name) : choices[placeOf(choices, name)]}
              name={name === '' ? words.noName : name}
            />
          </span>
          {field.choices === undefined ? (
            <TextInput
              isMono
              aria-label={words.of(field.title, name)}
              value={String(given)}
              onChange={(event) => set(index, event.currentTarget.value)}
            />
          ) : (
            <Select
              aria-label={words.of(field.title, name)}
              value={String(given)}
              onChange={(event) => set(index, event.currentTarget.value)}
            >
              {field.choices.some((choice) => choice.value === given) ? null : (
                <option value={String(given)}>{String(given)}</option>
              )}
              {field.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          )}
          <Button
            look="icon"
            aria-label={formWords.remove(name)}
            onClick={() => {
              put(pairs.toSpliced(index, 1), 'remove');
              group.current?.querySelector<HTMLElement>(`.${styles.adder} select`)?.focus();
            }}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <AddColumn
        label={words.of(words.addColumn, field.title)}
        choices={left}
        onAdd={({ name }) => put([...pairs, [name, field.choices?.[0]?.value ?? '']], 'add')}
      />
    </div>
  );
}
