// The source's columns: the proposed type with its evidence, the type one may set instead, and what the sample holds.
import { Fragment, lazy, Suspense, useMemo, useState } from 'react';
import type { ProfiledColumn } from '../../contract/profile.ts';
import type { InspectedColumn, Inspection } from '../../contract/verbs.ts';
import { countOf, formatShare } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { dataWords } from '../plan/data-words.en.ts';
import { schemaViewWords } from './preview-words.en.ts';
import { Histogram } from './Histogram.tsx';
import { SchemaDetail, distinctText } from './SchemaDetail.tsx';
import { foundColumns, shownInspection, useProfileLook } from './schema-look.ts';
import { TypeChoice } from './TypeChoice.tsx';
import styles from './preview.module.css';
import { sourceOf } from '../plan-parts.ts';
import { useDraft } from '../session.tsx';

const SchemaProfile = lazy(() => import('./SchemaProfile.tsx'));
const Proposal = lazy(() => import('./Proposal.tsx'));
const SchemaFacts = lazy(() => import('./SchemaFacts.tsx'));

/** Columns at a time: sources may have 100,000. */
const PAGE = 100;

const rowsText = (rows: number): string => countOf(rows, messages.row, messages.rows);

export function SchemaView({ inspection: first }: { inspection: Inspection }) {
  const look = useProfileLook();
  const profile = look.found?.profile ?? null;
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const found = useMemo(
    () => foundColumns(first.columns, edits, look.found),
    [first.columns, edits, look.found],
  );
  const inspection = useMemo(() => shownInspection(first, profile, found), [first, profile, found]);
  const words = schemaViewWords;
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
              const all = found[page.from + i];
              // Rows that its counts are of.
              const rows = all && profile ? profile.rows : first.sampledRows;
              return (
                <Fragment key={page.from + i}>
                  <SchemaRow
                    column={column}
                    found={all}
                    rows={rows}
                    isOpen={isOpen}
                    onToggle={() => setOpen(isOpen ? null : column)}
                  />
                  {isOpen ? (
                    <tr className={styles.detail}>
                      <td colSpan={6}>
                        <SchemaDetail column={column} rows={rows} found={all} />
                        {all ? (
                          <Suspense>
                            <SchemaFacts column={all} />
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
      <Suspense>
        <SchemaProfile inspection={first} />
      </Suspense>
      <div className={styles.foot}>
        <span>
          {profile !== null && found.some((each) => each !== undefined)
            ? (profile.isWhole ? words.fromAll : words.fromSample)(rowsText(profile.rows))
            : inspection.isWhole
              ? words.fromAll(rowsText(inspection.sampledRows))
              : inspection.sample.from === 'spread'
                ? words.fromPlaces(rowsText(inspection.sampledRows), inspection.sample.places)
                : words.fromSample(rowsText(inspection.sampledRows))}
        </span>
        <span>{countOf(inspection.columns.length, dataWords.column, dataWords.columnsWord)}</span>
      </div>
    </>
  );
}

function SchemaRow({
  column,
  found,
  rows,
  isOpen,
  onToggle,
}: {
  column: InspectedColumn;
  found: ProfiledColumn | undefined;
  rows: number;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const name = column.name === '' ? dataWords.noName : column.name;
  const { shape } = column;
  const isUnknown = !column.isProfiled || rows === 0;
  return (
    <tr className={isOpen ? styles.isOpen : undefined}>
      <td className={styles.name}>
        <button type="button" aria-expanded={isOpen} onClick={onToggle} title={name}>
          {name}
        </button>
        <small>
          {found?.proposedType?.sentence ?? column.sentence}
          {column.looksLike ? ` ${column.looksLike.sentence}` : ''}
        </small>
      </td>
      <td>
        <TypeChoice column={column} />
        {found?.proposedType ? (
          <Suspense>
            <Proposal column={column} proposed={found.proposedType} />
          </Suspense>
        ) : null}
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
