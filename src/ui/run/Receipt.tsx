// The receipt: where every row went, the files with sizes and checksums, and what changed on the way.
import { useEffect, useRef } from 'react';
import type { Audit, Loss, Report } from '../../contract/report.ts';
import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatSize,
} from '../format-number.ts';
import { BreakableName } from '../kit/BreakableName.tsx';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Pager, usePages } from '../kit/Pager.tsx';
import { messages } from '../messages.en.ts';
import { Cell } from '../preview/Cell.tsx';
import { TypeName } from '../preview/TypeName.tsx';
import { FileList } from './FileList.tsx';
import { receiptText, saveText } from './receipt-text.ts';
import styles from './run.module.css';

/** Columns and rejected rows shown at a time. */
const PAGE = 100;
/** Columns named under a loss; the saved receipt has all. */
const MOST_AFFECTED = 5;

export function Receipt({ report }: { report: Report }) {
  const words = messages.receipt;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const columns = usePages(report.columns, PAGE);
  const only = report.files.length === 1 ? report.files[0] : undefined;
  return (
    <main className={styles.receipt} aria-label={words.title}>
      <div className={styles.receiptHead}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            <BreakableName>
              {only ? words.isDone(only.name) : words.areDone(report.files.length)}
            </BreakableName>
          </h1>
          <p className={styles.help}>{words.when(new Date(report.endedAt), report.displayId)}</p>
        </div>
        <div className={`${styles.row} ${styles.push}`}>
          <Button
            onClick={() =>
              saveText(`${report.displayId}.json`, `${JSON.stringify(report, null, 2)}\n`)
            }
          >
            {words.save}
          </Button>
          <Button onClick={() => void navigator.clipboard.writeText(receiptText(report))}>
            {words.copy}
          </Button>
        </div>
      </div>
      <div className={styles.receiptGrid}>
        <div>
          <Equation audit={report.audit} />
          <FileList files={report.files} />
          <section>
            <h2>{words.proof}</h2>
            <dl className={styles.pairs}>
              <dt>{words.time}</dt>
              <dd>{formatDuration(report.durationMs)}</dd>
              <dt>{words.written}</dt>
              <dd>
                {formatBytes(report.deliveredBytes)}
                {report.encodedBytes > report.deliveredBytes
                  ? words.beforePacking(
                      formatSize(report.encodedBytes),
                      formatShare(report.deliveredBytes / report.encodedBytes),
                    )
                  : ''}
              </dd>
              {report.sources.map((source) => [
                <dt key={`t${source.id}`}>{words.source}</dt>,
                <dd key={`d${source.id}`}>
                  {words.readFrom(
                    source.name,
                    countOf(source.rowsRead, messages.row, messages.rows),
                    formatSize(source.bytesRead),
                  )}
                  {report.capped ? words.capped : ''}
                </dd>,
              ])}
            </dl>
            {report.notes.map((note) => (
              <p key={note} className={styles.help}>
                {note}
              </p>
            ))}
          </section>
        </div>
        <div>
          <Changes report={report} />
          <section>
            <h2>{words.columns}</h2>
            <div className={styles.scroller}>
              <table className={styles.list}>
                <thead>
                  <tr>
                    <th scope="col">{words.column}</th>
                    <th scope="col">{words.type}</th>
                    <th scope="col" className={styles.end}>
                      {words.nulls}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {columns.items.map((column, i) => (
                    <tr key={columns.from + i}>
                      <td className={styles.column} title={column.name}>
                        {column.name === '' ? messages.data.noName : column.name}
                      </td>
                      <td>
                        <TypeName type={column.type} />
                      </td>
                      <td className={styles.end}>{formatCount(column.nullCount)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Pager page={columns} words={messages.pages.columns} />
          </section>
        </div>
      </div>
    </main>
  );
}

function Equation({ audit }: { audit: Audit }) {
  const words = messages.receipt.equation;
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

function Changes({ report }: { report: Report }) {
  const words = messages.receipt;
  const { losses, rejects, retyped } = report;
  const listed = usePages(rejects.listed, PAGE);
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
          <h3>{words.rejectedRows(countOf(rejects.count, messages.row, messages.rows))}</h3>
          <div className={styles.scroller}>
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
  const words = messages.receipt;
  const columns = losses.filter((loss) => loss.column !== undefined);
  const example = losses.find((loss) => loss.example !== undefined)?.example;
  const named = columns
    .slice(0, MOST_AFFECTED)
    .map((loss) => words.affected(loss.column!, formatCount(loss.count)));
  if (columns.length > named.length) named.push(words.moreAffected(columns.length - named.length));
  return (
    <li className={styles.loss}>
      <b>{formatCount(losses.reduce((sum, loss) => sum + loss.count, 0))}</b>
      <div>
        {losses[0]!.sentence}
        {named.length === 0 ? null : <p className={styles.help}>{named.join(', ')}</p>}
        {example === undefined ? null : <code>{example}</code>}
      </div>
    </li>
  );
}
