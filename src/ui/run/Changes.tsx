// What changed on the way: losses with counts and examples, columns read as text, and the rows that were left out.
import { useId } from 'react';
import type { Loss, Report } from '../../contract/report.ts';
import { countOf, formatCount } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { lossWords } from '../preview/preview-words.en.ts';
import { receiptWords } from './receipt-words.en.ts';
import { Cell } from '../preview/Cell.tsx';
import { saveText } from './receipt-text.ts';
import { rejectsCsv } from './rejects-csv.ts';
import styles from './run.module.css';

/** Rejected rows shown at a time. */
const PAGE = 10;
/** Columns named under a loss; the saved receipt has all. */
const MOST_AFFECTED = 5;

export function Changes({ report }: { report: Report }) {
  const words = receiptWords;
  const titleId = useId();
  const { losses, rejects, retyped } = report;
  const listed = usePages(rejects.listed, PAGE);
  const saveRejects = () =>
    saveText(`${report.displayId}-rejects.csv`, rejectsCsv(rejects.listed), 'text/csv');
  const isClean = losses.length === 0 && rejects.count === 0 && retyped.length === 0;
  return (
    <section>
      <h2>{words.changes}</h2>
      {isClean ? (
        <p className={styles.row}>
          <Icon name="check" />
          {words.nothingChanged}
        </p>
      ) : null}
      <ul>
        {lossesBySentence(losses).map((same) => (
          <LossItem key={same[0]!.code + same[0]!.sentence} losses={same} />
        ))}
        {retyped.map((each) => (
          <li className={styles.loss} key={each.column}>
            <b>{words.retyped}</b>
            <div>{words.retypedSays(each.column, each.from, each.value, each.line)}</div>
          </li>
        ))}
      </ul>
      {rejects.count === 0 ? null : (
        <>
          <div className={styles.row}>
            <h3 id={titleId}>
              {words.rejectedRows(countOf(rejects.count, messages.row, messages.rows))}
            </h3>
            <Button look="link" className={styles.push} onClick={saveRejects}>
              {words.saveRejects}
            </Button>
          </div>
          <div className={styles.scroller} tabIndex={0} role="region" aria-labelledby={titleId}>
            <table className={styles.list}>
              <thead>
                <tr>
                  <th scope="col" className={styles.end}>
                    {words.line}
                  </th>
                  <th scope="col">{words.column}</th>
                  <th scope="col">{words.value}</th>
                  <th scope="col">{words.why}</th>
                </tr>
              </thead>
              <tbody>
                {listed.items.map((reject, i) => (
                  <tr key={listed.from + i}>
                    <td className={styles.end}>
                      {reject.line > 0 ? formatCount(reject.line) : formatCount(reject.row + 1)}
                    </td>
                    <td className={styles.column} title={reject.column}>
                      {reject.column}
                    </td>
                    <td>
                      <span className={styles.invalid}>
                        <Cell value={reject.value ?? null} />
                      </span>
                    </td>
                    <td className={styles.why}>{reject.sentence}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Pager page={listed} words={messages.pages.rows} />
          {rejects.count > rejects.listed.length ? (
            <p className={styles.help}>{words.someRejects(rejects.listed.length)}</p>
          ) : null}
        </>
      )}
    </section>
  );
}

/** Losses that say the same of several columns, together. */
function lossesBySentence(losses: readonly Loss[]): Loss[][] {
  const groups = new Map<string, Loss[]>();
  for (const loss of losses) {
    const key = `${loss.code} ${loss.sentence}`;
    const same = groups.get(key);
    if (same) same.push(loss);
    else groups.set(key, [loss]);
  }
  return [...groups.values()];
}

function LossItem({ losses }: { losses: readonly Loss[] }) {
  const words = receiptWords;
  const count = losses.reduce((sum, loss) => sum + loss.count, 0);
  const unit = losses[0]!.unit;
  const columns = losses.filter((loss) => loss.column !== undefined);
  const example = losses.find((loss) => loss.example !== undefined)?.example;
  const named = columns
    .slice(0, MOST_AFFECTED)
    .map((loss) => words.affected(loss.column!, formatCount(loss.count)));
  if (columns.length > named.length) named.push(words.moreAffected(columns.length - named.length));
  return (
    <li className={styles.loss}>
      <b>
        {formatCount(count)}
        {unit === undefined ? null : <small> {lossWords.unit[unit](count)}</small>}
      </b>
      <div>
        {losses[0]!.sentence}
        {named.length === 0 ? null : <p className={styles.help}>{named.join(', ')}</p>}
        {example === undefined ? null : <code>{example}</code>}
      </div>
    </li>
  );
}
