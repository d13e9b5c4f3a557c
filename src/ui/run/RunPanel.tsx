// An export while it runs or waits: share done, rows, bytes, rate, time left, its stages, and the way to stop it.
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { formatCount, formatDuration, formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { BreakableName } from '../kit/BreakableName.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Hidden } from '../kit/fields.tsx';
import { runWords, runsWords } from './run-words.en.ts';
import { useRun } from '../session.tsx';
import { useMemory } from './memory.ts';
import { percent } from './percent.ts';
import { RunRow } from './RunRow.tsx';
import { MOST_AT_ONCE, type ExportRun, type RunningRun } from './run-state.ts';
import { Stages } from './Stages.tsx';
import { shareOf, spreadOf } from './time-left.ts';
import styles from './run.module.css';

const SendingNote = lazy(() => import('./SendingNote.tsx'));

export function RunPanel({ run }: { run: ExportRun & { kind: 'running' | 'waiting' } }) {
  const words = runWords;
  const { runs, cancel } = useRun();
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isWaiting = run.kind === 'waiting';
  const sending = isWaiting ? undefined : run.progress?.sending;
  const share = isWaiting ? undefined : shareOf(run.progress, run.expected);
  const others = runs.filter((each) => each.id !== run.id).toReversed();
  return (
    <>
      <section className={styles.running} aria-label={words.title}>
        <div className={styles.runHead}>
          <div>
            <h1 ref={heading} tabIndex={-1}>
              <BreakableName>{run.name}</BreakableName>
            </h1>
            <p>
              {isWaiting
                ? words.waitsBecause(MOST_AT_ONCE)
                : run.isCancelling
                  ? words.cancelling
                  : words.phase(
                      run.progress?.phase ?? 'reading',
                      run.progress?.readAgain?.what === 'values',
                    )}
            </p>
          </div>
          <span className={styles.percent}>{share === undefined ? '' : percent(share)}</span>
        </div>
        <progress
          className={styles.progress}
          aria-label={sending ? words.progressSent : words.progress}
          max={1}
          {...(isWaiting ? { value: 0 } : share === undefined ? {} : { value: share })}
        />
        {run.kind === 'running' ? <Figures run={run} /> : null}
        <div className={styles.row}>
          <Button onClick={() => cancel()} disabled={run.kind === 'running' && run.isCancelling}>
            <Icon name="stop" />
            {words.cancel}
          </Button>
          {sending ? null : (
            <span className={`${styles.push} ${styles.help}`}>{words.cancelLeaves}</span>
          )}
        </div>
        {sending ? (
          <Suspense>
            <SendingNote sending={sending} />
          </Suspense>
        ) : null}
        <Quarter share={share ?? 0} />
      </section>
      {others.length === 0 ? null : (
        <section aria-labelledby={titleId}>
          <h2 id={titleId} className={styles.othersTitle}>
            {runsWords.others}
          </h2>
          <ul className={styles.rows}>
            {others.map((each) => (
              <RunRow key={each.id} run={each} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Figures({ run }: { run: RunningRun }) {
  const words = runWords;
  const { progress, expected } = run;
  const memory = useMemory();
  const spread = spreadOf(run.foretold);
  const facts: [value: string, word: string][] = [
    [
      formatCount(progress?.rowsIn ?? 0),
      expected === null
        ? words.rowsRead
        : words.rowsReadOf(formatCount(expected.rows), expected.isExact),
    ],
    [formatSize(progress?.bytesOut ?? 0), words.written],
    [progress ? formatCount(Math.round(progress.rowsPerSecond)) : '–', words.rowsASecond],
    [
      progress?.etaMs == null ? '–' : formatDuration(progress.etaMs),
      spread === null ? words.left : words.leftGiveOrTake(formatDuration(spread)),
    ],
  ];
  const more: [value: string, word: string][] = [
    [progress ? formatSize(progress.bytesPerSecond) : '–', words.readASecond],
    [formatDuration(progress?.elapsedMs ?? 0), words.elapsed],
  ];
  if (memory !== null) more.push([formatSize(memory), words.memory]);
  return (
    <>
      <dl className={styles.facts}>
        {[...facts, ...more].map(([value, word], i) => (
          <div key={i}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Stages run={run} />
    </>
  );
}

/** Tells a screen reader of 25, 50 and 75 %, and not ten times a second. */
function Quarter({ share }: { share: number }) {
  const quarter = Math.floor(share * 4);
  const [start] = useState(quarter);
  return (
    <div aria-live="polite">
      <Hidden>{quarter > start && quarter < 4 ? runWords.percentDone(quarter * 25) : ''}</Hidden>
    </div>
  );
}
