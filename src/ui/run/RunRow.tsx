// One export in a list of them: its name, how it stands in a line, and what can be done about it.
import { countOf, formatDuration, formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Icon, type IconName } from '../kit/Icon.tsx';
import { messages } from '../messages.en.ts';
import { runWords, runsWords } from './run-words.en.ts';
import { useRun } from '../session.tsx';
import { percent } from './percent.ts';
import type { ExportRun } from './run-state.ts';
import { shareOf } from './time-left.ts';
import styles from './run.module.css';

const ICONS: Record<ExportRun['kind'], IconName | null> = {
  waiting: null,
  running: null,
  completed: 'check',
  cancelled: 'stop',
  failed: 'warning',
};

export function RunRow({ run, onShown }: { run: ExportRun; onShown?: () => void }) {
  const words = runsWords;
  const { show, cancel, forget } = useRun();
  const isUnderWay = run.kind === 'running' || run.kind === 'waiting';
  const share = run.kind === 'running' ? shareOf(run.progress, run.expected) : undefined;
  const icon = ICONS[run.kind];
  return (
    <li className={`${styles.runRow} ${run.kind === 'failed' ? styles.isFailed : ''}`}>
      <div className={styles.runName}>
        {icon === null ? null : <Icon name={icon} />}
        <b title={run.name}>{run.name}</b>
        <span className={styles.push}>{share === undefined ? '' : percent(share)}</span>
      </div>
      {run.kind === 'running' ? (
        <progress
          className={styles.progress}
          aria-label={words.progressOf(run.name)}
          max={1}
          {...(share === undefined ? {} : { value: share })}
        />
      ) : null}
      <div className={styles.runLine}>
        <span className={styles.help}>{stateOf(run)}</span>
        <span className={styles.push} />
        <Button
          look="link"
          aria-label={run.kind === 'completed' ? words.receiptOf(run.name) : words.showOf(run.name)}
          onClick={() => {
            show(run.id);
            onShown?.();
          }}
        >
          {run.kind === 'completed' ? words.receipt : words.show}
        </Button>
        {isUnderWay ? (
          <Button
            look="link"
            aria-label={words.cancelOf(run.name)}
            disabled={run.kind === 'running' && run.isCancelling}
            onClick={() => cancel(run.id)}
          >
            {runWords.cancel}
          </Button>
        ) : (
          <Button
            look="link"
            aria-label={words.forgetOf(run.name)}
            onClick={(event) => {
              const row = event.currentTarget.closest('li');
              const near = row?.nextElementSibling ?? row?.previousElementSibling;
              near?.querySelector('button')?.focus();
              forget(run.id);
            }}
          >
            {words.forget}
          </Button>
        )}
      </div>
    </li>
  );
}

function stateOf(run: ExportRun): string {
  const words = runsWords;
  switch (run.kind) {
    case 'waiting':
      return words.waiting;
    case 'running': {
      if (run.isCancelling) return runWords.cancelling;
      const { progress } = run;
      if (progress === null) return words.starting;
      const rows = countOf(progress.rowsIn, messages.row, messages.rows);
      return words.running(rows, progress.etaMs === null ? null : formatDuration(progress.etaMs));
    }
    case 'completed': {
      const { report } = run;
      return words.completed(
        countOf(report.audit.rowsOut, messages.row, messages.rows),
        formatSize(report.deliveredBytes),
        formatDuration(report.durationMs),
      );
    }
    case 'cancelled':
      return run.report?.left ?? words.cancelled;
    case 'failed':
      return run.error.sentence;
  }
}
