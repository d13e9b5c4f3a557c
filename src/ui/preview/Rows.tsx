// The first rows after all steps.
import { useState } from 'react';
import type { Preview } from '../../contract/verbs.ts';
import { formatCount } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Hidden } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { Cell } from './Cell.tsx';
import { TypeName, isNumber } from './TypeName.tsx';
import styles from './preview.module.css';

/** Columns shown at a time: sources may have 100,000. */
const PAGE = 60;

export function Rows({ preview }: { preview: Preview }) {
  const words = messages.preview;
  const [page, setPage] = useState(0);
  const pages = Math.ceil(preview.columns.length / PAGE);
  const from = Math.min(page, Math.max(0, pages - 1)) * PAGE;
  const columns = preview.columns.slice(from, from + PAGE);
  if (preview.rows.length === 0 && preview.columns.length === 0)
    return <p className={styles.blank}>{words.noColumns}</p>;
  return (
    <>
      {pages > 1 ? (
        <div className={styles.bar}>
          <Button disabled={from === 0} onClick={() => setPage(from / PAGE - 1)}>
            {words.columnsBefore}
          </Button>
          <Button disabled={from / PAGE === pages - 1} onClick={() => setPage(from / PAGE + 1)}>
            {words.columnsAfter}
          </Button>
          {words.columnsOf(from + 1, from + columns.length, preview.columns.length)}
        </div>
      ) : null}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.rowsRegion}>
        <table className={styles.data} aria-label={words.rowsRegion}>
          <thead>
            <tr>
              <th className={styles.place} scope="col">
                <Hidden>{words.row}</Hidden>
              </th>
              {columns.map((column, i) => (
                <th
                  key={from + i}
                  scope="col"
                  className={isNumber(column.type) ? styles.end : undefined}
                  title={column.name}
                >
                  <b>{column.name === '' ? messages.data.noName : column.name}</b>
                  <small>
                    <TypeName type={column.type} />
                  </small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, i) => (
              <tr key={i}>
                <th scope="row" className={styles.place}>
                  {formatCount(i + 1)}
                </th>
                {columns.map((column, k) => {
                  const value = row[from + k] ?? null;
                  return (
                    <td
                      key={from + k}
                      className={isNumber(column.type) ? styles.end : undefined}
                      title={value !== null && value.length > 24 ? value : undefined}
                    >
                      <Cell value={value} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {preview.rows.length === 0 ? <p className={styles.blank}>{words.noRows}</p> : null}
      </div>
    </>
  );
}
