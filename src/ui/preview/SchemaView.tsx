// The source's columns: the proposed type with its evidence, the type one may set instead, and what the sample holds.
import { Fragment, lazy, Suspense, useMemo, useState } from 'react';
import type { ColumnEdit } from '../../contract/config.ts';
import type { ProfiledColumn } from '../../contract/profile.ts';
import type { InspectedColumn, Inspection } from '../../contract/verbs.ts';
import { isSameColumn, sourceOf } from '../draft.ts';
import { countOf, formatShare } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { Select } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { studioMessages } from '../studio-messages.en.ts';
import { Histogram } from './Histogram.tsx';
import { SchemaDetail, distinctText } from './SchemaDetail.tsx';
import { shownInspection, useLook } from './schema-look.ts';
import { TypeName, hueOf, typeWord } from './TypeName.tsx';
import styles from './preview.module.css';
import { useDraft } from '../session.tsx';

const SchemaProfile = lazy(() => import('./SchemaProfile.tsx'));
const SchemaFacts = lazy(() => import('./SchemaFacts.tsx'));

/** Types one may set; the proposal joins them when it is another. */
const TYPES = [
  'utf8',
  'int64',
  'float64',
  'decimal(18,2)',
  'bool',
  'date',
  'timestamp(us)',
  'timestamp(us, UTC)',
];
const PROPOSED = '';
/** Columns at a time: sources may have 100,000. */
const PAGE = 100;

export function SchemaView({ inspection: first }: { inspection: Inspection }) {
  const { profile } = useLook(first);
  const inspection = useMemo(() => shownInspection(first, profile), [first, profile]);
  const words = studioMessages.schema;
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  /** A host's rows come with types, and so does what holds types itself. */
  const isFixed = useDraft((state) => 'rows' in state.draft!.input.data);
  const page = usePages(inspection.columns, PAGE);
  const [open, setOpen] = useState<Pick<InspectedColumn, 'name' | 'nth'> | null>(null);
  return (
    <>
      <Pager page={page} words={messages.pages.columns} isBar />
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.region}>
        <table className={styles.schema} aria-label={words.region}>
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.type}</th>
              <th scope="col" className={styles.end}>
                {words.nulls}
              </th>
              <th scope="col" className={styles.end}>
                {words.distinct}
              </th>
              <th scope="col" className={`${styles.end} ${styles.span}`}>
                {words.fromTo}
              </th>
              <th scope="col" className={styles.shape}>
                {words.shape}
              </th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((column, i) => {
              const isOpen = open?.name === column.name && open.nth === column.nth;
              const found = profile?.columns[page.from + i];
              return (
                <Fragment key={page.from + i}>
                  <SchemaRow
                    column={column}
                    found={found}
                    rows={inspection.sampledRows}
                    edit={edits?.find((each) => isSameColumn(each.column, column))}
                    isFixed={isFixed}
                    isOpen={isOpen}
                    onToggle={() => setOpen(isOpen ? null : column)}
                  />
                  {isOpen ? (
                    <tr className={styles.detail}>
                      <td colSpan={6}>
                        <SchemaDetail column={column} rows={inspection.sampledRows} found={found} />
                        {found ? (
                          <Suspense>
                            <SchemaFacts column={found} />
                          </Suspense>
                        ) : null}
                      </td>
                    </tr>
                  ) : null}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className={styles.foot}>
        <span>
          {isFixed
            ? words.fixed
            : inspection.isWhole
              ? words.fromAll(countOf(inspection.sampledRows, messages.row, messages.rows))
              : words.fromSample(countOf(inspection.sampledRows, messages.row, messages.rows))}
        </span>
        <Suspense>
          <SchemaProfile inspection={first} />
        </Suspense>
        <span>
          {countOf(
            inspection.columns.length,
            studioMessages.data.column,
            studioMessages.data.columnsWord,
          )}
        </span>
      </div>
    </>
  );
}

function SchemaRow({
  column,
  found,
  rows,
  edit,
  isFixed,
  isOpen,
  onToggle,
}: {
  column: InspectedColumn;
  found: ProfiledColumn | undefined;
  rows: number;
  edit: ColumnEdit | undefined;
  isFixed: boolean;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const name = column.name === '' ? studioMessages.data.noName : column.name;
  const { shape } = column;
  const isUnknown = !column.isProfiled || rows === 0;
  return (
    <tr className={isOpen ? styles.isOpen : undefined}>
      <td className={styles.name}>
        <button type="button" aria-expanded={isOpen} onClick={onToggle} title={name}>
          {name}
        </button>
        <small>{column.sentence}</small>
      </td>
      <td>
        {isFixed ? <TypeName type={column.type} /> : <TypeChoice {...{ column, edit, name }} />}
      </td>
      <td className={styles.end}>{isUnknown ? '–' : formatShare(column.nullCount / rows)}</td>
      <td className={styles.end}>{isUnknown ? '–' : distinctText(column, found?.distinct)}</td>
      <td className={`${styles.end} ${styles.span}`}>
        {shape?.kind === 'range' ? (
          <>
            <span>{shape.from}</span>
            <span>{shape.to}</span>
          </>
        ) : null}
      </td>
      <td className={styles.shape}>
        <Histogram shape={shape} type={column.type} />
      </td>
    </tr>
  );
}

function TypeChoice({
  column,
  edit,
  name,
}: {
  column: InspectedColumn;
  edit: ColumnEdit | undefined;
  name: string;
}) {
  const words = studioMessages.schema;
  const setColumnType = useDraft((state) => state.setColumnType);
  const ref = column.nth === 0 ? { name: column.name } : { name: column.name, nth: column.nth };
  const set = (change: Omit<ColumnEdit, 'column'>) => setColumnType(ref, change);
  const others = TYPES.filter((type) => type !== column.type);
  return (
    <>
      <Select
        isPlain
        className={`${styles.typeSelect} ${hueOf(edit?.type ?? column.type)}`}
        aria-label={words.typeOf(name)}
        value={edit?.type ?? PROPOSED}
        onChange={(event) => {
          const type = event.currentTarget.value;
          if (type === PROPOSED) set({});
          else set({ type, onMisfit: edit?.onMisfit ?? 'reject' });
        }}
      >
        <option value={PROPOSED}>
          {edit?.type === undefined ? typeWord(column.type) : words.asProposed}
        </option>
        {edit?.type !== undefined && !others.includes(edit.type) ? (
          <option value={edit.type}>{typeWord(edit.type)}</option>
        ) : null}
        {others.map((type) => (
          <option key={type} value={type}>
            {typeWord(type)}
          </option>
        ))}
      </Select>
      {edit?.type === undefined ? null : (
        <label className={styles.misfit}>
          <span>{words.misfit}</span>
          <Select
            isPlain
            className={styles.typeSelect}
            aria-label={words.misfitOf(name)}
            value={edit.onMisfit ?? 'reject'}
            onChange={(event) =>
              set({
                type: edit.type!,
                onMisfit: event.currentTarget.value as 'reject' | 'null' | 'fail',
              })
            }
          >
            <option value="reject">{words.reject}</option>
            <option value="null">{words.toNull}</option>
            <option value="fail">{words.fail}</option>
          </Select>
        </label>
      )}
    </>
  );
}
