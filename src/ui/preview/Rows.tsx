// The first rows after all steps.
import type { Preview } from '../../contract/verbs.ts';
import { formatCount } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { Hidden } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { Cell } from './Cell.tsx';
import { TypeName, isNumber } from './TypeName.tsx';
import styles from './preview.module.css';

/** Columns shown at a time: sources may have 100,000. */
const PAGE = 60;

export function Rows({ preview }: { preview: Preview }) {
  const words = messages.preview;
  const page = usePages(preview.columns, PAGE);
  const { from, items: columns } = page;
  if (preview.rows.length === 0 && preview.columns.length === 0)
    return <p className={styles.blank}>{words.noColumns}</p>;
  return (
    <>
      <Pager page={page} words={messages.pages.columns} isBar />
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
              <td aria-hidden="true" />
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
                <td aria-hidden="true" />
              </tr>
            ))}
          </tbody>
        </table>
        {preview.rows.length === 0 ? (
          <p className={styles.blank}>
            {preview.rowsRead === 0 ? words.noSourceRows : words.noRows}
          </p>
        ) : null}
      </div>
    </>
  );
}
