// The exports of this visit from anywhere on the page: `1 running, 63 %`, and a list of them all with what can be done.
import { useId, useRef } from 'react';
import { Button } from '../kit/Button.tsx';
import { Hidden } from '../kit/fields.tsx';
import { runsWords } from './run-words.en.ts';
import { useRun } from '../session.tsx';
import { percent } from './percent.ts';
import { RunRow } from './RunRow.tsx';
import { isUnderWay, type ExportRun } from './run-state.ts';
import { shareOf } from './time-left.ts';
import styles from './run.module.css';

/** Nothing before the first export. `onShow`: an export was chosen to be shown in the plan's place. */
export function RunsButton({ onShow }: { onShow: () => void }) {
  const words = runsWords;
  const { runs, run: shown, cancelAll } = useRun();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  if (runs.length === 0) return null;
  const running = runs.filter((run) => run.kind === 'running');
  const waiting = runs.filter((run) => run.kind === 'waiting').length;
  const share = shareOfAll(running);
  const label =
    running.length > 0
      ? words.underWay(running.length, waiting, share === undefined ? '' : percent(share))
      : words.all(runs.length);
  const last = runs.findLast((run) => !isUnderWay(run));
  const isElsewhere = last !== undefined && !('id' in shown && shown.id === last.id);
  return (
    <>
      <button type="button" className={styles.runsButton} popoverTarget={id} aria-label={label}>
        {running.length > 0 ? (
          <meter className={styles.meter} value={share ?? 0} aria-hidden="true" />
        ) : null}
        <span className={styles.runsLong}>{label}</span>
        <span className={styles.runsShort} aria-hidden="true">
          {running.length > 0 && share !== undefined ? percent(share) : runs.length}
        </span>
      </button>
      <span aria-live="polite">
        <Hidden>{isElsewhere ? words.ended(last.name, last.kind) : ''}</Hidden>
      </span>
      <div
        id={id}
        ref={panel}
        role="group"
        popover="auto"
        className={styles.runsPanel}
        aria-label={words.title}
      >
        <div className={styles.runsHead}>
          <h2>{words.title}</h2>
          {running.length + waiting > 1 ? (
            <Button look="link" className={styles.push} onClick={cancelAll}>
              {words.cancelAll}
            </Button>
          ) : null}
        </div>
        <ul className={styles.rows}>
          {runs.toReversed().map((run) => (
            <RunRow
              key={run.id}
              run={run}
              onShown={() => {
                panel.current?.hidePopover();
                onShow();
              }}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

/** Of all that is running, by bytes read; undefined while it is unknown of one of them. */
function shareOfAll(running: readonly ExportRun[]): number | undefined {
  let read = 0;
  let total = 0;
  for (const run of running) {
    if (run.kind !== 'running') continue;
    const share = shareOf(run.progress, run.expected);
    if (share === undefined) return undefined;
    const weight = run.progress?.bytesTotal ?? 1;
    read += share * weight;
    total += weight;
  }
  return total === 0 ? undefined : read / total;
}
