// The columns: which go out, under which names, in which order; moved by dragging the grip or by keyboard.
import { Suspense, lazy, useMemo, useState, type KeyboardEvent } from 'react';
import type { InspectedColumn, Inspection } from '../../contract/verbs.ts';
import { editOf, ownRefOf } from '../column-edits.ts';
import { sourceOf, stepOf } from '../plan-parts.ts';
import { isSameValue } from '../form/show-value.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Pager, usePages } from '../kit/Pager.tsx';
import { CheckBox, Hidden, TextInput } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { dataWords } from './data-words.en.ts';
import { Histogram } from '../preview/Histogram.tsx';
import { TypeName, typeWord } from '../preview/TypeName.tsx';
import { ColumnMover, useMoves, type Moves } from './ColumnMover.tsx';
import { StepPart } from './Step.tsx';
import { useInspection } from '../queries.ts';
import { columnsOf, selectStep, type ColumnChoice } from './steps.ts';
import styles from './plan.module.css';
import { useDraft, useOwnId } from '../session.tsx';

const ColumnEditor = lazy(() => import('./ColumnEditor.tsx'));
const MadeColumn = lazy(() => import('./MadeColumn.tsx'));

/** Rows of the table at a time: sources may have 100,000 columns. */
const PAGE = 100;
/** From so many columns on they can be searched. */
const SEARCHED = 20;

export function ColumnTable({ inspection }: { inspection: Inspection }) {
  const words = dataWords;
  const chosen = useDraft((state) => stepOf(state.draft!.config, 'select')?.options);
  const store = useDraft((state) => state.setColumns);
  const [search, setSearch] = useState('');
  // The plan does not say where a column that is left out stands: it stays where it was put while nothing else changed.
  const [shown, setShown] = useState<{ columns: readonly ColumnChoice[]; of: Inspection } | null>(
    null,
  );
  const isShown =
    shown?.of === inspection && isSameValue(selectStep(shown.columns), chosen ?? null);
  const columns = isShown ? shown.columns : columnsOf(inspection.columns, chosen);
  const setColumns = (next: readonly ColumnChoice[] | null) => {
    setShown(next && { columns: next, of: inspection });
    store(next);
  };
  const outCount = columns.filter((column) => column.isOut).length;
  const renamed = columns.filter((column) => column.isOut && column.newName !== null).length;

  const set = (index: number, change: Partial<ColumnChoice>) =>
    setColumns(columns.with(index, { ...columns[index]!, ...change }));
  const moves = useMoves((from, to) => {
    const moved = columns.toSpliced(from, 1);
    setColumns(moved.toSpliced(to, 0, columns[from]!));
  }, columns.length);

  const found = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) =>
      `${column.ref.name} ${column.newName ?? ''}`.toLowerCase().includes(search.toLowerCase()),
    );
  const page = usePages(found, PAGE);
  const source = useInspection().data?.columns;
  const places = useMemo(() => new Map(source?.map((column, place) => [column, place])), [source]);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <StepPart
      title={words.columnsTitle}
      says={[
        outCount === columns.length
          ? words.columns(outCount)
          : words.someColumns(outCount, columns.length),
        renamed > 0 ? words.renamed(renamed) : '',
      ]
        .filter(Boolean)
        .join(', ')}
      action={
        <span className={styles.row}>
          <Button
            look="link"
            onClick={() => setColumns(columns.map((column) => ({ ...column, isOut: true })))}
          >
            {words.all}
          </Button>
          <Button
            look="link"
            onClick={() => setColumns(columns.map((column) => ({ ...column, isOut: false })))}
          >
            {words.none}
          </Button>
          {chosen === undefined ? null : (
            <Button look="link" onClick={() => setColumns(null)}>
              {words.asInSource}
            </Button>
          )}
        </span>
      }
    >
      {columns.length >= SEARCHED ? (
        <TextInput
          type="search"
          aria-label={words.findColumn}
          placeholder={words.findColumn}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      ) : null}
      <table className={styles.columns} aria-label={words.columnsTitle}>
        <colgroup>
          <col className={styles.colGrip} />
          <col className={styles.colOut} />
          <col />
          <col />
          <col className={styles.colType} />
          <col className={styles.colShape} />
          <col className={styles.colMove} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <Hidden>{words.drag}</Hidden>
            </th>
            <th scope="col">
              <Hidden>{words.goesOut}</Hidden>
            </th>
            <th scope="col">{words.in}</th>
            <th scope="col">{words.out}</th>
            <th scope="col">{words.type}</th>
            <th scope="col">{words.shape}</th>
            <th scope="col">
              <Hidden>{words.move}</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {page.items.map(({ column, index }) => {
            const inspected = inspection.columns[column.place]!;
            const key = `${inspected.nth} ${inspected.name}`;
            return (
              <ColumnRow
                key={column.place}
                column={column}
                inspected={inspected}
                sourcePlace={places.get(inspected) ?? null}
                index={index}
                count={columns.length}
                moves={moves}
                isOpen={open === key}
                onToggle={() => setOpen(open === key ? null : key)}
                onChange={(change) => set(index, change)}
              />
            );
          })}
        </tbody>
      </table>
      <div aria-live="polite">
        <Hidden>{moves.said}</Hidden>
      </div>
      <Pager page={page} words={messages.pages.columns} />
    </StepPart>
  );
}

function ColumnRow({
  column,
  inspected,
  sourcePlace,
  index,
  count,
  moves,
  isOpen,
  onToggle,
  onChange,
}: {
  column: ColumnChoice;
  inspected: InspectedColumn;
  /** 0-based among the columns of the source; null where the recipe made it. */
  sourcePlace: number | null;
  index: number;
  count: number;
  moves: Moves;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (change: Partial<ColumnChoice>) => void;
}) {
  const words = dataWords;
  const own = inspected.name === '' ? words.noName : inspected.name;
  const name = column.ref.nth === undefined ? own : `${own} #${inspected.nth + 1}`;
  const classes = [
    column.isOut ? '' : styles.isLeftOut,
    moves.lifted === index ? styles.isLifted : '',
    moves.target === index && moves.lifted !== index ? styles.isTarget : '',
  ];
  const ownId = useOwnId(`column-${column.place}`);
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const { name: _, ...edit } = editOf(edits, ownRefOf(inspected));
  const isEdited = sourcePlace !== null && Object.keys(edit).length > 0;
  const closeOnEscape = (event: KeyboardEvent) => {
    if (!isOpen || event.key !== 'Escape' || event.defaultPrevented) return;
    // The step around it stays open.
    event.preventDefault();
    event.stopPropagation();
    document.getElementById(ownId)?.focus();
    onToggle();
  };
  const row = (
    <tr className={classes.join(' ')} data-column-index={index} onKeyDown={closeOnEscape}>
      <td>
        <ColumnMover.Grip moves={moves} index={index} name={name} />
      </td>
      <td>
        <CheckBox
          aria-label={words.goesOutOf(name)}
          checked={column.isOut}
          onChange={(event) => onChange({ isOut: event.currentTarget.checked })}
        />
      </td>
      <td className={styles.cut} title={inspected.name}>
        {name}
      </td>
      <td className={styles.out}>
        <TextInput
          aria-label={words.newNameOf(name)}
          disabled={!column.isOut}
          placeholder={column.isOut ? own : words.leftOut}
          title={column.newName ?? inspected.name}
          value={column.newName ?? ''}
          onChange={(event) =>
            onChange({
              newName: event.currentTarget.value === '' ? null : event.currentTarget.value,
            })
          }
        />
      </td>
      <td>
        <button
          type="button"
          id={ownId}
          className={`${styles.typeButton} ${isEdited ? styles.isEdited : ''}`}
          aria-expanded={isOpen}
          aria-controls={`${ownId}-editor`}
          aria-label={words.editColumn(name, typeWord(inspected.type), isEdited)}
          title={typeWord(inspected.type)}
          onClick={onToggle}
        >
          <TypeName type={inspected.type} isShort />
          <Icon name="chevron" />
        </button>
      </td>
      <td>
        <Histogram shape={inspected.shape} type={inspected.type} className={styles.shape} />
      </td>
      <td className={styles.moves}>
        <ColumnMover.Buttons moves={moves} index={index} count={count} name={name} />
      </td>
    </tr>
  );
  return (
    <>
      {row}
      <tr
        id={`${ownId}-editor`}
        className={styles.opened}
        hidden={!isOpen}
        onKeyDown={closeOnEscape}
      >
        <td colSpan={7}>
          {isOpen ? (
            <Suspense>
              {sourcePlace === null ? (
                <MadeColumn column={column.ref} type={inspected.type} />
              ) : (
                <ColumnEditor column={inspected} place={sourcePlace} />
              )}
            </Suspense>
          ) : null}
        </td>
      </tr>
    </>
  );
}
