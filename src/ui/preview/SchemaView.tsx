// The source's columns: the proposed type with its evidence, the type one may set instead, and what the sample holds.
import { Fragment, lazy, Suspense, useMemo, useState } from 'react';
import type { ProfiledColumn } from '../../contract/profile.ts';
import type { InspectedColumn, Inspection } from '../../contract/verbs.ts';
import { countOf, formatShare } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { studioMessages } from '../studio-messages.en.ts';
import { Histogram } from './Histogram.tsx';
import { SchemaDetail, distinctText } from './SchemaDetail.tsx';
import { shownInspection, useLook } from './schema-look.ts';
import { TypeChoice } from './TypeChoice.tsx';
import styles from './preview.module.css';

const SchemaProfile = lazy(() => import('./SchemaProfile.tsx'));
const SchemaFacts = lazy(() => import('./SchemaFacts.tsx'));

/** Columns at a time: sources may have 100,000. */
const PAGE = 100;

export function SchemaView({ inspection: first }: { inspection: Inspection }) {
  const { profile } = useLook(first);
  const inspection = useMemo(() => shownInspection(first, profile), [first, profile]);
  const words = studioMessages.schema;
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
          {inspection.isWhole
            ? words.fromAll(countOf(inspection.sampledRows, messages.row, messages.rows))
            : inspection.sample.from === 'spread'
              ? words.fromPlaces(
                  countOf(inspection.sampledRows, messages.row, messages.rows),
                  inspection.sample.places,
                )
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
  isOpen,
  onToggle,
}: {
  column: InspectedColumn;
  found: ProfiledColumn | undefined;
  rows: number;
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
        <TypeChoice column={column} />
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
