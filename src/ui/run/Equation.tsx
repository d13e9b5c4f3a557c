// Where every row went: rows in = rows out + filtered out + rejected, over the whole run and step by step.
import { useId } from 'react';
import type { Audit, LedgerLine } from '../../contract/report.ts';
import { formatCount } from '../format-number.ts';
import { receiptWords } from './receipt-words.en.ts';
import styles from './run.module.css';

export function Equation({ audit }: { audit: Audit }) {
  const words = receiptWords.equation;
  const terms: [count: number, word: string][] = [
    [audit.rowsOut, words.rowsOut],
    [audit.filtered, words.filtered],
    [audit.rejected, words.rejected],
  ];
  if (audit.merged > 0) terms.push([audit.merged, words.merged]);
  return (
    <section aria-label={words.title}>
      <div className={styles.equation}>
        <div>
          {formatCount(audit.rowsIn)}
          <small>{words.rowsIn}</small>
        </div>
        {audit.added > 0 ? (
          <>
            <span>+</span>
            <div>
              {formatCount(audit.added)}
              <small>{words.added}</small>
            </div>
          </>
        ) : null}
        {terms.map(([count, word], i) => [
          <span key={`s${word}`}>{i > 0 ? '+' : audit.balances ? '=' : '≠'}</span>,
          <div key={word}>
            {formatCount(count)}
            <small>{word}</small>
          </div>,
        ])}
      </div>
      {audit.balances ? null : <p className={styles.invalid}>{words.unbalanced}</p>}
    </section>
  );
}

/** Counts of a ledger that most exports have none of: their column is left out while it is empty. */
const SELDOM = ['merged', 'added'] as const;

/** Nothing while there is only the source and the output: the equation says it all. */
export function Ledger({ lines }: { lines: readonly LedgerLine[] }) {
  const words = receiptWords.ledger;
  const titleId = useId();
  if (lines.length < 3) return null;
  const seldom = SELDOM.filter((key) => lines.some((line) => line[key] > 0));
  const keys = ['in', 'out', 'filtered', 'rejected', ...seldom] as const;
  return (
    <section>
      <h2 id={titleId}>{words.title}</h2>
      <div className={styles.scroller} tabIndex={0} role="region" aria-labelledby={titleId}>
        <table className={styles.list}>
          <thead>
            <tr>
              <th scope="col">{words.step}</th>
              {keys.map((key) => (
                <th scope="col" key={key} className={styles.end}>
                  {words[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <td>{line.id === line.kind ? line.kind : words.named(line.kind, line.id)}</td>
                {keys.map((key) => (
                  <td key={key} className={styles.end}>
                    {formatCount(line[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
