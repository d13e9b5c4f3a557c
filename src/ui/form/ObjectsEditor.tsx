// Options made of parts: one object, or a list of them to add to, take from and put in order.
import { useEffect, useId, useRef, useState } from 'react';
import type { OptionField } from '../../contract/options.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Hidden, Switch } from '../kit/fields.tsx';
import { formWords } from './form-words.en.ts';
import { ChoiceEditor } from './ChoiceEditor.tsx';
import { columnChoices, nameOf, nthOf, refOf, refsOf } from './column-choice.ts';
import { AddColumn, ColumnEditor, ColumnMapEditor, ColumnsEditor } from './ColumnsEditor.tsx';
import type { PartProps } from './editor-props.ts';
import { ListEditor } from './ListEditor.tsx';
import { MapEditor } from './MapEditor.tsx';
import { NumberEditor } from './NumberEditor.tsx';
import {
  type Given,
  isShort,
  missingParts,
  newObject,
  objectsOf,
  partValue,
  shownParts,
  withPart,
} from './object-model.ts';
import {
  ColorEditor,
  ColorsEditor,
  FormulaEditor,
  ListOrTextEditor,
  TableEditor,
  ValueEditor,
} from './PartEditors.tsx';
import { Summary, Wrong } from './ObjectSummary.tsx';
import { structuredWords as words } from './structured-words.en.ts';
import { TextEditor } from './TextEditor.tsx';
import styles from './structured.module.css';
import form from './form.module.css';

/** The editor of a part, or of a whole option, by its kind. */
export function PartEditor(props: PartProps) {
  switch (props.field.kind) {
    case 'column':
      return <ColumnEditor {...props} />;
    case 'columns':
      return <ColumnsEditor {...props} />;
    case 'column-map':
      return <ColumnMapEditor {...props} />;
    case 'object':
      return <ObjectEditor {...props} />;
    case 'objects':
      return <ObjectsEditor {...props} />;
    case 'formula':
      return <FormulaEditor {...props} />;
    case 'dataset':
      return <TableEditor {...props} />;
    case 'color':
      return <ColorEditor {...props} />;
    case 'colors':
      return <ColorsEditor {...props} />;
    case 'value':
      return <ValueEditor {...props} />;
    case 'list-or-text':
      return <ListOrTextEditor {...props} />;
    case 'choice':
      return <ChoiceEditor {...props} isNarrow />;
    case 'switch':
      return (
        <Switch
          id={props.ids.control}
          aria-describedby={props.ids.describedBy}
          checked={props.value === true}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
      );
    case 'integer':
    case 'number':
      return <NumberEditor {...props} />;
    case 'list':
      return <ListEditor {...props} />;
    case 'map':
      return <MapEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}

/** A part that may be left out says so: a switch then has three positions. */
function asEdited(part: OptionField): OptionField {
  if (part.required || part.default !== undefined) return part;
  const { on, off } = formWords;
  if (part.kind === 'switch')
    return {
      ...part,
      kind: 'choice',
      nullable: true,
      choices: [
        { value: 'true', label: on },
        { value: 'false', label: off },
      ],
    };
  return ['choice', 'integer', 'number'].includes(part.kind) ? { ...part, nullable: true } : part;
}

/** What an editor shows where nothing is given: nothing for text, else that it is not set. */
function shownValue(part: OptionField, field: OptionField, value: unknown): unknown {
  if (value === undefined || value === null) return /^(text|formula)$/.test(field.kind) ? '' : null;
  return field.kind === part.kind ? value : String(value);
}

/** Groups of controls have no one control that a label could be for. */
const GROUPS = new Set(['columns', 'colors', 'list-or-text', 'list', 'map', 'objects', 'object']);

type ObjectProps = Pick<PartProps, 'options' | 'columns' | 'table' | 'inner'> & {
  given: Given;
  onChange: (given: Given, part?: string) => void;
};

function Part({
  part,
  given,
  isBare = false,
  onSet,
  ...rest
}: ObjectProps & {
  part: OptionField;
  /** Its label is for screen readers alone. */
  isBare?: boolean;
  onSet: (value: unknown, part: string) => void;
}) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const field = asEdited(part);
  const value = partValue(part, given);
  const issues = rest.inner.filter(({ at }) => at[0] === part.id);
  const own = field.parts === undefined ? issues : [];
  const isMissing = part.required === true && (value === '' || value === undefined);
  const wrong =
    problem ??
    (own.length === 0
      ? null
      : isMissing
        ? words.isNeeded(part.title)
        : (own[0]!.issue.detail ?? own[0]!.issue.sentence));
  const described = [part.help && !isBare ? `${id}-help` : '', wrong === null ? '' : `${id}-error`];
  const label = isBare ? <Hidden>{part.title}</Hidden> : part.title;
  const isGroup = GROUPS.has(field.kind);
  return (
    <div className={styles.part}>
      {isGroup ? (
        <span className={styles.label} id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className={styles.label} id={`${id}-label`} htmlFor={`${id}-control`}>
          {label}
        </label>
      )}
      <div className={styles.control}>
        <PartEditor
          field={field}
          value={shownValue(part, field, value)}
          options={rest.options}
          columns={rest.columns}
          table={rest.table}
          inner={issues.map(({ at, issue }) => ({ at: at.slice(1), issue }))}
          ids={{
            control: `${id}-control`,
            label: `${id}-label`,
            describedBy: described.filter(Boolean).join(' ') || undefined,
            isWrong: wrong !== null,
          }}
          onProblem={setProblem}
          onChange={(next, change = '') => {
            setProblem(null);
            const plain = field.kind !== part.kind && next !== null ? next === 'true' : next;
            const isLeftOut =
              plain === null
                ? !part.nullable
                : plain === '' && !part.required && part.kind === 'text';
            onSet(isLeftOut ? undefined : plain, `${part.id} ${change}`);
          }}
        />
        {wrong === null ? null : (
          <p className={form.error} id={`${id}-error`}>
            <Icon name="warning" />
            <span>{wrong}</span>
          </p>
        )}
        {part.help === '' || isBare ? null : (
          <p className={form.help} id={`${id}-help`}>
            {part.help}
          </p>
        )}
      </div>
    </div>
  );
}

/** The parts of one object, one below the other, or in a line. */
function Parts({
  parts,
  isInLine = false,
  ...object
}: ObjectProps & { parts: readonly OptionField[]; isInLine?: boolean }) {
  const { given, onChange } = object;
  const [isOpen, setOpen] = useState(false);
  const shown = shownParts(parts, given);
  const rare = shown.filter((part) => part.advanced);
  const table = given[parts.find(({ kind }) => kind === 'dataset')?.id ?? ''] ?? object.table;
  const row = (part: OptionField) => (
    <Part
      key={parts.indexOf(part)}
      {...object}
      table={table}
      part={part}
      isBare={isInLine}
      onSet={(value, change) => onChange(withPart(parts, given, part, value), change)}
    />
  );
  const isShown = isOpen || rare.some(({ id }) => object.inner.some(({ at }) => at[0] === id));
  return (
    <>
      {shown.filter((part) => !part.advanced).map(row)}
      {rare.length === 0 ? null : (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isShown}
          onClick={() => setOpen(!isShown)}
        >
          {words.more}
        </button>
      )}
      {isShown ? rare.map(row) : null}
    </>
  );
}

export function ObjectEditor({ field, value, ids, onChange, ...rest }: PartProps) {
  const [isOpen, setOpen] = useState(false);
  const body = useId();
  const parts = field.parts ?? [];
  const given = typeof value === 'object' && value !== null ? (value as Given) : {};
  const isShown = isOpen || rest.inner.length > 0;
  return (
    <div role="group" aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={isShown}
        aria-controls={body}
        onClick={() => setOpen(!isShown)}
      >
        <Icon name="chevron" />
        <span>
          <Summary parts={parts} given={given} {...rest} />
        </span>
      </button>
      <div id={body} className={styles.object} hidden={!isShown}>
        {isShown ? <Parts {...rest} parts={parts} given={given} onChange={onChange} /> : null}
      </div>
    </div>
  );
}

export function ObjectsEditor({ field, value, ids, onChange, ...rest }: PartProps) {
  const parts = field.parts ?? [];
  const given = objectsOf(value, parts);
  /** An object that is not whole yet: nobody has been told of it. */
  const [pending, setPending] = useState<Given | null>(null);
  const [open, setOpen] = useState<number | null>(given.length === 1 ? 0 : null);
  const [said, setSaid] = useState('');
  const group = useRef<HTMLDivElement>(null);
  /** What is to have the focus once it is there: the first or second control of an item, or what adds one. */
  const focus = useRef<{ item: number; control: number } | 'add' | null>(null);
  useEffect(() => {
    const wanted = focus.current;
    focus.current = null;
    if (wanted === null) return;
    const place = wanted === 'add' ? '[data-add]' : `[data-item="${wanted.item}"]`;
    const controls = group.current?.querySelectorAll<HTMLElement>(
      `:scope > ${wanted === 'add' ? place : `div > ${place}`} :is(select, input, textarea, button)`,
    );
    controls?.[wanted === 'add' ? 0 : Math.min(wanted.control, controls.length - 1)]?.focus();
  });
  const isInLine = isShort(parts);
  const [first] = parts;
  const isOfColumns = first?.kind === 'column' && first.required === true;
  const choices = columnChoices(rest.columns, first?.numbered === true, rest.table);
  const taken = given.flatMap((object) => refsOf(object[first?.id ?? '']));
  const all = pending === null ? given : [...given, pending];
  const move = (from: number, to: number) => {
    const object = given[from]!;
    onChange(given.toSpliced(from, 1).toSpliced(to, 0, object), 'move');
    if (open === from) setOpen(to);
    setSaid(words.moved(words.one(field.title, from + 1), to + 1, given.length));
  };
  const remove = (index: number) => {
    if (index >= given.length) setPending(null);
    else onChange(given.toSpliced(index, 1), 'remove');
    setOpen(open === null || open === index ? null : open > index ? open - 1 : open);
    setSaid(words.removed(words.one(field.title, index + 1)));
    focus.current = 'add';
  };
  const put = (index: number, object: Given, part?: string) => {
    if (index < given.length) onChange(given.with(index, object), `${index} ${part ?? ''}`);
    else if (missingParts(parts, object).length > 0) setPending(object);
    else {
      setPending(null);
      onChange([...given, object], 'add');
    }
  };
  const add = (known: Given) => {
    put(given.length, newObject(parts, known));
    setOpen(given.length);
    focus.current = { item: given.length, control: isInLine ? Object.keys(known).length : 0 };
  };
  const stray = rest.inner.filter(({ at }) => !(Number(at[0]) < given.length));
  return (
    <div role="group" ref={group} aria-labelledby={ids.label} aria-describedby={ids.describedBy}>
      {all.length === 0 ? null : (
        <div className={styles.items}>
          {all.map((object, index) => (
            // They may be alike, so their place is what tells them apart.
            <Item
              key={index}
              index={index}
              count={given.length}
              name={words.one(field.title, index + 1)}
              parts={parts}
              isInLine={isInLine}
              isPending={index === given.length}
              isOpen={isInLine || open === index || index === given.length}
              onOpen={(isOpen) => setOpen(isOpen ? index : null)}
              onMove={(to) => move(index, to)}
              onRemove={() => remove(index)}
              given={object}
              onChange={(next, part) => put(index, next, part)}
              options={rest.options}
              columns={rest.columns}
              table={rest.table}
              inner={rest.inner
                .filter(({ at }) => at[0] === String(index))
                .map(({ at, issue }) => ({ at: at.slice(1), issue }))}
            />
          ))}
        </div>
      )}
      <Wrong inner={stray} />
      {pending !== null ? null : (
        <div data-add>
          {isOfColumns ? (
            <AddColumn
              label={words.of(words.addColumn, field.title)}
              choices={choices.filter(
                (choice) =>
                  !taken.some((ref) => nameOf(ref) === choice.name && nthOf(ref) === choice.nth),
              )}
              onAdd={(column) => add({ [first.id]: refOf(column) })}
            />
          ) : (
            <Button aria-label={words.addTo(field.title)} onClick={() => add({})}>
              {words.add}
            </Button>
          )}
          {isOfColumns && choices.length === 0 ? (
            <p className={styles.quiet}>{words.noColumns}</p>
          ) : null}
        </div>
      )}
      <p role="status">
        <Hidden>{said}</Hidden>
      </p>
    </div>
  );
}

function Item({
  index,
  count,
  name,
  parts,
  isInLine,
  isPending,
  isOpen,
  onOpen,
  onMove,
  onRemove,
  ...object
}: ObjectProps & {
  index: number;
  count: number;
  name: string;
  parts: readonly OptionField[];
  isInLine: boolean;
  isPending: boolean;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const body = useId();
  const ofNone = object.inner.filter(
    ({ at }) => !shownParts(parts, object.given).some(({ id }) => id === at[0]),
  );
  const buttons = (
    <span className={styles.buttons}>
      {isPending || count < 2 ? null : (
        <>
          <Button
            look="icon"
            aria-label={words.up(name)}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <Icon name="up" />
          </Button>
          <Button
            look="icon"
            aria-label={words.down(name)}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          >
            <Icon name="down" />
          </Button>
        </>
      )}
      <Button look="icon" aria-label={formWords.remove(name)} onClick={onRemove}>
        <Icon name="close" />
      </Button>
    </span>
  );
  const needed = isPending ? (
    <p className={styles.quiet}>
      {words.needed(missingParts(parts, object.given).map(({ title }) => title))}
    </p>
  ) : null;
  const fields = <Parts {...object} parts={parts} isInLine={isInLine} />;
  return (
    <div
      role="group"
      aria-label={name}
      className={isInLine ? styles.short : styles.item}
      data-item={index}
    >
      {isInLine ? (
        <>
          <div className={styles.fields}>{fields}</div>
          {buttons}
        </>
      ) : (
        <div className={styles.head}>
          <button
            type="button"
            className={styles.summary}
            aria-expanded={isOpen}
            aria-controls={body}
            onClick={() => onOpen(!isOpen)}
          >
            <Icon name="chevron" />
            <span>{isPending ? words.fresh : <Summary parts={parts} {...object} />}</span>
          </button>
          {buttons}
        </div>
      )}
      {isInLine || !isOpen ? null : (
        <div id={body} className={styles.body}>
          {fields}
        </div>
      )}
      <Wrong inner={isOpen ? ofNone : object.inner} />
      {needed}
    </div>
  );
}
