// The export while it runs: share done, rows, bytes, rate, time left, and the way to stop it.
import { useEffect, useRef, useState } from 'react';
import type { RunState } from './run-state.ts';
import { formatCount, formatDuration, formatShare, formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Hidden } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import styles from './run.module.css';
import { useRun } from '../session.tsx';

export function RunPanel({ run }: { run: RunState & { kind: 'running' } }) {
  const words = messages.run;
  const cancel = useRun((state) => state.cancel);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { progress, name } = run;
  const share = progress?.bytesTotal
    ? Math.min(1, progress.bytesIn / progress.bytesTotal)
    : undefined;
  return (
    <div className={styles.running}>
      <div className={styles.runHead}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {name}
          </h1>
          <p>{run.isCancelling ? words.cancelling : words.phase(progress?.phase ?? 'reading')}</p>
        </div>
        <span className={styles.percent}>{share === undefined ? '' : percent(share)}</span>
      </div>
      <progress
        className={styles.progress}
        aria-label={words.progress}
        max={1}
        {...(share === undefined ? {} : { value: share })}
      />
      <dl className={styles.facts}>
        <div>
          <dt>{words.rowsRead}</dt>
          <dd>{formatCount(progress?.rowsIn ?? 0)}</dd>
        </div>
        <div>
          <dt>{words.rowsWritten}</dt>
          <dd>{formatCount(progress?.rowsOut ?? 0)}</dd>
        </div>
        <div>
          <dt>
            {progress?.bytesTotal ? words.readOf(formatSize(progress.bytesTotal)) : words.read}
          </dt>
          <dd>{formatSize(progress?.bytesIn ?? 0)}</dd>
        </div>
        <div>
          <dt>{words.written}</dt>
          <dd>{formatSize(progress?.bytesOut ?? 0)}</dd>
        </div>
        <div>
          <dt>{words.rowsASecond}</dt>
          <dd>{progress ? formatCount(Math.round(progress.rowsPerSecond)) : '–'}</dd>
        </div>
        <div>
          <dt>{words.readASecond}</dt>
          <dd>{progress ? formatSize(progress.bytesPerSecond) : '–'}</dd>
        </div>
        <div>
          <dt>{words.elapsed}</dt>
          <dd>{formatDuration(progress?.elapsedMs ?? 0)}</dd>
        </div>
        <div>
          <dt>{words.left}</dt>
          <dd>{progress?.etaMs == null ? '–' : formatDuration(progress.etaMs)}</dd>
        </div>
      </dl>
      <div className={styles.row}>
        <Button onClick={cancel} disabled={run.isCancelling}>
          <Icon name="stop" />
          {words.cancel}
        </Button>
        <span className={`${styles.push} ${styles.help}`}>{words.cancelLeaves}</span>
      </div>
      <Quarter share={share ?? 0} />
    </div>
  );
}

function percent(share: number): string {
  return share === 0 ? '0\u00a0%' : formatShare(share);
}

/** Tells a screen reader of 25, 50 and 75 %, and not ten times a second. */
function Quarter({ share }: { share: number }) {
  const quarter = Math.floor(share * 4);
  const [start] = useState(quarter);
  return (
    <div aria-live="polite">
      <Hidden>
        {quarter > start && quarter < 4 ? messages.run.percentDone(quarter * 25) : ''}
      </Hidden>
    </div>
  );
}
