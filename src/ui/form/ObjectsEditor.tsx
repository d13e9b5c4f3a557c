// Options made of parts: one object, or a list of them to add to, take from and put in order.
import { useEffect, useId, useRef, useState } from 'react';
import type { OptionField } from '../../contract/options.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Hidden, Switch } from '../kit/fields.tsx';
import { ChoiceEditor } from './ChoiceEditor.tsx';
import { columnChoices, nameOf, nthOf, refOf, refsOf } from './column-choice.ts';
import { AddColumn, ColumnEditor, ColumnMapEditor, ColumnsEditor } from './ColumnsEditor.tsx';
import type { ObjectProps, PartProps } from './editor-props.ts';
import { ListEditor } from './ListEditor.tsx';
import { MapEditor } from './MapEditor.tsx';
import { NumberEditor } from './NumberEditor.tsx';
import {
  type Given,
  isShort,
  missingParts,
  newObject,
  objectsOf,
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
import { ObjectItem } from './ObjectItem.tsx';
import { ObjectPart } from './ObjectPart.tsx';
import { Summary, Wrong } from './ObjectSummary.tsx';
import { structuredWords as words } from './structured-words.en.ts';
import { TextEditor } from './TextEditor.tsx';
import styles from './structured.module.css';

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
    <ObjectPart
      key={parts.indexOf(part)}
      {...object}
      table={table}
      edit={(props) => <PartEditor {...props} />}
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
          {all.map((object, index) => {
            const inner = rest.inner
              .filter(({ at }) => at[0] === String(index))
              .map(({ at, issue }) => ({ at: at.slice(1), issue }));
            return (
              // They may be alike, so their place is what tells them apart.
              <ObjectItem
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
                columns={rest.columns}
                table={rest.table}
                inner={inner}
                fields={
                  <Parts
                    parts={parts}
                    isInLine={isInLine}
                    given={object}
                    onChange={(next, part) => put(index, next, part)}
                    options={rest.options}
                    columns={rest.columns}
                    table={rest.table}
                    inner={inner}
                  />
                }
              />
            );
          })}
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
