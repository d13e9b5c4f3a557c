// The receipt: where every row went, the files with sizes and checksums, what changed on the way, and the plan that ran.
import { useEffect, useId, useRef } from 'react';
import type { Report } from '../../contract/report.ts';
import type { Catalogue } from '../../contract/verbs.ts';
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
import { dataWords } from '../plan/data-words.en.ts';
import { receiptWords } from './receipt-words.en.ts';
import { TypeName } from '../preview/TypeName.tsx';
import { Changes } from './Changes.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Equation, Ledger } from './Equation.tsx';
import { HandOff } from './HandOff.tsx';
import { FileList } from './FileList.tsx';
import { forecastText, forecastWords } from './forecast-words.en.ts';
import { PlanThatRan } from './PlanThatRan.tsx';
import { ReceiptRejects } from './ReceiptRejects.tsx';
import { receiptText, saveText, valuesText } from './receipt-text.ts';
import type { CompletedRun } from './run-state.ts';
import { SaveTemplate } from './SaveTemplate.tsx';
import { valuesWords } from './values-words.en.ts';
import styles from './run.module.css';

/** Columns shown at a time. */
const PAGE = 25;

export function Receipt({
  run,
  catalogue,
  onAgain,
  onOpenFile,
}: {
  run: CompletedRun;
  catalogue: Catalogue;
  onAgain: () => void;
  /** Opens a written file as a source; absent where the host says what is open. */
  onOpenFile?: ((file: File) => void) | undefined;
}) {
  const words = receiptWords;
  const { report } = run;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
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
          <SaveTemplate run={run} />
          <Button
            onClick={() =>
              saveText(`${report.displayId}.json`, `${JSON.stringify(report, null, 2)}\n`)
            }
          >
            {words.save}
          </Button>
          <CopyButton label={words.copy} text={() => receiptText(report, catalogue)} />
          <Button onClick={onAgain}>
            <Icon name="redo" />
            {words.again}
          </Button>
        </div>
      </div>
      <HandOff run={run} />
      <div className={styles.receiptGrid}>
        <div>
          <Equation audit={report.audit} />
          <Ledger lines={report.ledger} />
          <FileList files={report.files} run={run} onOpen={onOpenFile} />
          <Facts report={report} catalogue={catalogue} />
        </div>
        <div>
          <Changes report={report} />
          <ReceiptRejects run={run} />
          <PlanThatRan run={run} catalogue={catalogue} />
          <Columns report={report} />
        </div>
      </div>
    </main>
  );
}

function Facts({ report, catalogue }: { report: Report; catalogue: Catalogue }) {
  const words = receiptWords;
  const seconds = report.durationMs / 1000;
  const bytesRead = report.sources.reduce((sum, source) => sum + source.bytesRead, 0);
  return (
    <section>
      <h2>{words.proof}</h2>
      <dl className={styles.pairs}>
        <dt>{words.time}</dt>
        <dd>{formatDuration(report.durationMs)}</dd>
        {seconds > 0 ? (
          <>
            <dt>{words.rate}</dt>
            <dd>
              {words.rates(
                countOf(Math.round(report.audit.rowsIn / seconds), messages.row, messages.rows),
                formatSize(bytesRead / seconds),
              )}
            </dd>
          </>
        ) : null}
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
        {report.forecast ? (
          <>
            <dt>{forecastWords.title}</dt>
            <dd>{forecastText(report.forecast)}</dd>
          </>
        ) : null}
        {report.values ? (
          <>
            <dt>{valuesWords.title}</dt>
            <dd>{valuesText(report, catalogue)}</dd>
          </>
        ) : null}
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
  );
}

function Columns({ report }: { report: Report }) {
  const words = receiptWords;
  const titleId = useId();
  const columns = usePages(report.columns, PAGE);
  return (
    <section>
      <h2 id={titleId}>{words.columns}</h2>
      <div className={styles.scroller} tabIndex={0} role="region" aria-labelledby={titleId}>
        <table className={styles.list}>
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.type}</th>
              <th scope="col" className={styles.end}>
                {words.nulls}
              </th>
              <th scope="col" className={styles.end}>
                {words.nullShare}
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.items.map((column, i) => (
              <tr key={columns.from + i}>
                <td className={styles.column} title={column.name}>
                  {column.name === '' ? dataWords.noName : column.name}
                </td>
                <td>
                  <TypeName type={column.type} />
                </td>
                <td className={styles.end}>{formatCount(column.nullCount)}</td>
                <td className={styles.end}>
                  {report.audit.rowsOut === 0
                    ? '–'
                    : formatShare(column.nullCount / report.audit.rowsOut)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={columns} words={messages.pages.columns} />
    </section>
  );
}
