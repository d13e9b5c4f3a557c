// Rows that stay behind because something in them is wrong: where, what, and why.
import type { Reject } from '../../contract/report.ts';
import { formatCount } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { previewWords } from './preview-words.en.ts';
import { receiptWords } from '../run/receipt-words.en.ts';
import { Cell } from './Cell.tsx';
import styles from './preview.module.css';

const PAGE = 100;

export function ProblemRows({ rejects }: { rejects: readonly Reject[] }) {
  const words = receiptWords;
  const page = usePages(rejects, PAGE);
  return (
    <>
      <Pager page={page} words={messages.pages.rows} isBar />
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={previewWords.problemRows}
      >
        <table className={styles.list} aria-label={previewWords.problemRows}>
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
            {page.items.map((reject, i) => (
              <tr key={page.from + i}>
                <td className={styles.end}>
                  {formatCount(reject.line > 0 ? reject.line : reject.row + 1)}
                </td>
                <td className={styles.name} title={reject.column}>
                  {reject.column ?? ''}
                </td>
                <td className={styles.wrongValue} title={reject.value}>
                  {reject.value === undefined ? '–' : <Cell value={reject.value} isInvalid />}
                </td>
                <td className={styles.why}>{reject.sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
