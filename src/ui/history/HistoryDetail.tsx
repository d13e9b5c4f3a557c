// One export looked into: its equation, files with checksums, losses, error, facts and plan, and what can be done with it.
import { useEffect, useRef } from 'react';
import type { ExportHistoryEntry } from '../../contract/store.ts';
import { countOf, formatBytes, formatCount, formatDuration } from '../format-number.ts';
import { formatMoment } from '../format-when.ts';
import { Button } from '../kit/Button.tsx';
import styles from '../kit/list-detail.module.css';
import { messages } from '../messages.en.ts';
import { forecastText, forecastWords } from '../run/forecast-words.en.ts';
import { lossWords } from '../preview/preview-words.en.ts';
import { formatName } from '../templates/config-words.ts';
import { orDash, sentenceOf, titleOf } from './HistoryTable.tsx';
import own from './history.module.css';
import { historyWords as words } from './messages.en.ts';

export function HistoryDetail({
  entry,
  templateName,
  onBack,
  onRunAgain,
  onSaveTemplate,
  onSaveJson,
  onForget,
}: {
  entry: ExportHistoryEntry;
  templateName: string;
  onBack: () => void;
  onRunAgain: () => void;
  onSaveTemplate: () => void;
  onSaveJson: () => void;
  onForget: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Where it is narrow, the list that had the focus is hidden now.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  const sentence = sentenceOf(entry);
  const isRunning = entry.outcome === 'running';
  return (
    <>
      <div className={styles.head}>
        <Button className={styles.back} onClick={onBack}>
          {words.back}
        </Button>
        <h2 ref={heading} tabIndex={-1}>
          {titleOf(entry)}
        </h2>
        <p>{words.outcomes[entry.outcome]}</p>
      </div>
      <div className={styles.body}>
        <div className={styles.actions}>
          {entry.config ? (
            <>
              <Button look="primary" onClick={onRunAgain} disabled={isRunning}>
                {words.runAgain}
              </Button>
              <Button onClick={onSaveTemplate}>{words.saveTemplate}</Button>
            </>
          ) : null}
          <Button onClick={onSaveJson}>{words.saveJson}</Button>
          {isRunning ? null : <Button onClick={onForget}>{words.forget}</Button>}
        </div>
        {entry.error ? (
          <section className={styles.trouble} aria-label={words.error}>
            <p>
              <b>{entry.error.sentence}</b>
            </p>
            <p>{entry.error.hint}</p>
            <p className={styles.help}>{entry.error.code}</p>
          </section>
        ) : sentence === null ? null : (
          <p>{sentence}</p>
        )}
        <Equation entry={entry} />
        <Files entry={entry} />
        <Losses entry={entry} />
        <section>
          <h3>{words.facts}</h3>
          <dl className={styles.pairs}>
            <dt>{words.sources}</dt>
            <dd>{entry.sources.length > 0 ? entry.sources.join(', ') : words.unknown}</dd>
            <dt>{words.format}</dt>
            <dd>{formatName(entry.format)}</dd>
            <dt>{words.size}</dt>
            <dd>{orDash(entry.bytes, formatBytes)}</dd>
            <dt>{words.time}</dt>
            <dd>{orDash(entry.durationMs, formatDuration)}</dd>
            <dt>{words.rate}</dt>
            <dd>{orDash(entry.rowsPerSecond, formatCount)}</dd>
            {entry.forecast ? (
              <>
                <dt>{forecastWords.title}</dt>
                <dd>{forecastText(entry.forecast)}</dd>
              </>
            ) : null}
            <dt>{words.template}</dt>
            <dd>{templateName}</dd>
            <dt>{words.started}</dt>
            <dd>{formatMoment(entry.startedAt)}</dd>
            <dt>{words.job}</dt>
            <dd>
              <code>{entry.id}</code>
            </dd>
          </dl>
        </section>
        <section>
          {entry.config ? (
            <details className={styles.fold}>
              <summary>{words.json}</summary>
              {/* A region that scrolls can be reached by keyboard. */}
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <pre className={styles.code} tabIndex={0}>
                {JSON.stringify(entry.config, null, 2)}
              </pre>
            </details>
          ) : (
            <p className={styles.help}>{words.noConfig}</p>
          )}
        </section>
      </div>
    </>
  );
}

function Equation({ entry }: { entry: ExportHistoryEntry }) {
  if (entry.rowsIn === null) return null;
  const right: [number | null, string][] = [
    [entry.rowsOut, words.out],
    [entry.filtered, words.filtered],
    [entry.rejected, words.rejected],
  ];
  if ((entry.merged ?? 0) > 0) right.push([entry.merged, words.merged]);
  const sum = right.reduce((total, [count]) => total + (count ?? 0), 0);
  const isEqual = entry.rowsIn + (entry.added ?? 0) === sum;
  return (
    <section>
      <h3>{words.equation}</h3>
      <div className={own.equation}>
        <Term count={entry.rowsIn} word={words.rowsIn} />
        {(entry.added ?? 0) > 0 ? (
          <>
            <span>+</span>
            <Term count={entry.added} word={words.added} />
          </>
        ) : null}
        {right.map(([count, word], i) => [
          <span key={`s${word}`}>{i > 0 ? '+' : isEqual ? '=' : '≠'}</span>,
          <Term key={word} count={count} word={word} />,
        ])}
      </div>
    </section>
  );
}

function Term({ count, word }: { count: number | null; word: string }) {
  return (
    <div>
      {orDash(count, formatCount)}
      <small>{word}</small>
    </div>
  );
}

function Files({ entry }: { entry: ExportHistoryEntry }) {
  if (entry.files.length === 0) return null;
  return (
    <section>
      <h3>{words.filesTitle(entry.fileCount)}</h3>
      <ul className={own.entries}>
        {entry.files.map((file) => (
          <li key={file.name}>
            {file.name}
            <p className={styles.help}>
              {words.fileSays(
                countOf(file.rows, messages.row, messages.rows),
                formatBytes(file.sizeBytes),
              )}
              {`, ${file.verified ? words.verified : words.notVerified}`}
            </p>
            {file.checksum ? (
              <code>
                {words.sha256} {file.checksum.value}
              </code>
            ) : null}
          </li>
        ))}
      </ul>
      {entry.fileCount > entry.files.length ? (
        <p className={styles.help}>{words.moreFiles(entry.fileCount - entry.files.length)}</p>
      ) : null}
    </section>
  );
}

function Losses({ entry }: { entry: ExportHistoryEntry }) {
  if (entry.outcome !== 'completed') return null;
  return (
    <section>
      <h3>{words.losses}</h3>
      {entry.losses.length === 0 ? <p>{words.noLosses}</p> : null}
      <ul className={own.entries}>
        {entry.losses.map((loss, i) => (
          <li key={i} className={own.loss}>
            <b>
              {formatCount(loss.count)}
              {loss.unit === undefined ? null : (
                <small> {lossWords.unit[loss.unit](loss.count)}</small>
              )}
            </b>
            <span>
              {loss.sentence}
              {loss.column === undefined ? '' : words.ofColumn(loss.column)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
