// The bar at the bottom, in the same place on every screen: the plan and Export, or the export that is shown.
import { useEffect, useRef } from 'react';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { formatDuration, formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { runWords } from './run-words.en.ts';
import { useOwnId, useRun } from '../session.tsx';
import { Bar } from './Bar.tsx';
import { PlanBar } from './PlanBar.tsx';
import styles from './run.module.css';

export function RunBar({
  draft,
  catalogue,
  issues,
  onClose,
}: {
  draft: Draft;
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
  /** In a dialog: closes it. */
  onClose?: () => void;
}) {
  const words = messages.runBar;
  const { run, cancel, dismiss } = useRun();
  const exportId = useOwnId('export');
  const isPlan = run.kind === 'idle' || run.kind === 'asking' || run.kind === 'cancelled';
  const wasPlan = useRef(isPlan);
  useEffect(() => {
    // The button that led back to the plan is gone with what it led from.
    if (isPlan && !wasPlan.current && document.activeElement === document.body)
      document.getElementById(exportId)?.focus();
    wasPlan.current = isPlan;
  }, [isPlan, exportId]);
  switch (run.kind) {
    case 'running':
    case 'waiting': {
      const isCancelling = run.kind === 'running' && run.isCancelling;
      const title = run.kind === 'running' ? words.running(run.name) : words.waiting(run.name);
      return (
        <Bar title={title} says={words.keepOpen}>
          <Button isBig className={styles.second} onClick={() => cancel()} disabled={isCancelling}>
            {isCancelling ? runWords.cancelling : runWords.cancel}
          </Button>
          <Button isBig onClick={dismiss}>
            {words.backToPlan}
          </Button>
        </Bar>
      );
    }
    case 'completed': {
      const { files, durationMs, deliveredBytes } = run.report;
      const isVerified = files.length > 0 && files.every((file) => file.verified);
      const names =
        files.length > MOST_NAMED
          ? words.filesFrom(files.length, files[0]!.name)
          : files.map((file) => file.name).join(', ');
      return (
        <Bar
          title={words.done(formatDuration(durationMs), isVerified)}
          says={`${names}, ${formatSize(deliveredBytes)}`}
        >
          <Button look="primary" isBig onClick={dismiss}>
            {words.backToPlan}
          </Button>
        </Bar>
      );
    }
    case 'failed':
      return (
        <Bar isBad title={words.failed} says={run.error.sentence}>
          <Button isBig onClick={dismiss}>
            {words.backToPlan}
          </Button>
        </Bar>
      );
    default:
      return (
        <PlanBar
          draft={draft}
          catalogue={catalogue}
          issues={issues}
          isCancelled={run.kind === 'cancelled'}
          left={run.kind === 'cancelled' ? run.report?.left : undefined}
          onClose={onClose}
        />
      );
  }
}

/** Files the bar names; of more it says how many there are. */
const MOST_NAMED = 3;
