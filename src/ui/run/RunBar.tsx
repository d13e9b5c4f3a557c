// The bar at the bottom: what Export will do, and Export. It stands in the same place on every screen.
import type { Catalogue, CheckIssue, Inspection } from '../../contract/verbs.ts';
import { useCommand } from '../commands.tsx';
import { stepOf, type Draft } from '../draft.ts';
import { formatDuration, formatSize } from '../format-number.ts';
import { keyOf, keyShortcut } from '../keys.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import type { PageState, StepId } from '../page-state.ts';
import { deliveryAnswer, formatAnswer, optionsAnswer } from '../plan/answers.ts';
import { sentenceOf } from '../form/issues.ts';
import { roughly } from '../plan/rounded.ts';
import { stepOfIssue } from '../plan/step-issues.ts';
import { useCheck, useInspection } from '../queries.ts';
import { Bar } from './Bar.tsx';
import kit from '../kit/controls.module.css';
import styles from './run.module.css';
import type { ExpectedRows } from './time-left.ts';
import { useEngine, usePage, useRun, useSession } from '../session.tsx';

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
  const engine = useEngine();
  const check = useCheck();
  const inspection = useInspection().data;
  const page = usePage();
  const { id: sessionId } = useSession();
  const { run, start, cancel, dismiss } = useRun();
  const error = issues.find((issue) => issue.severity === 'error');
  const isReady = run.kind === 'idle' || run.kind === 'cancelled';

  const onExport = () => {
    if (error) showProblem(page, stepOfIssue(error), sessionId);
    else {
      const name = check.data?.fileNames[0] ?? '';
      void start(engine, catalogue, name, expectedRows(draft, inspection));
    }
  };
  useCommand('export', onExport, isReady);

  if (run.kind === 'running' || run.kind === 'waiting') {
    const isCancelling = run.kind === 'running' && run.isCancelling;
    const title = run.kind === 'running' ? words.running(run.name) : words.waiting(run.name);
    return (
      <Bar title={title} says={words.keepOpen}>
        <Button isBig className={styles.second} onClick={() => cancel()} disabled={isCancelling}>
          {isCancelling ? messages.run.cancelling : messages.run.cancel}
        </Button>
        <Button isBig onClick={dismiss}>
          {words.backToPlan}
        </Button>
      </Bar>
    );
  }
  if (run.kind === 'completed') {
    const { report } = run;
    const names = report.files.map((file) => file.name).join(', ');
    return (
      <Bar
        title={words.done(
          formatDuration(report.durationMs),
          report.files.length > 0 && report.files.every((file) => file.verified),
        )}
        says={`${names}, ${formatSize(report.deliveredBytes)}`}
      >
        <Button look="primary" isBig onClick={dismiss}>
          {words.backToPlan}
        </Button>
      </Bar>
    );
  }
  if (run.kind === 'failed')
    return (
      <Bar isBad title={words.failed} says={run.error.sentence}>
        <Button isBig onClick={dismiss}>
          {words.backToPlan}
        </Button>
      </Bar>
    );
  const delivery = deliveryAnswer(draft, catalogue, check.data);
  const { answer: formatName } = formatAnswer(draft, catalogue);
  const columns = check.data?.columns.length;
  const says = [
    columns === undefined ? '' : messages.data.columns(columns),
    formatName,
    optionsAnswer(draft, catalogue).answer,
  ];
  if (error)
    return (
      <Bar isBad title={sentenceOf(error)} says={error.hint}>
        <Button isBig onClick={onExport}>
          {words.showProblem}
        </Button>
      </Bar>
    );
  return (
    <Bar
      title={run.kind === 'cancelled' ? words.cancelled : delivery.answer}
      says={says.filter(Boolean).join(', ')}
    >
      {onClose ? (
        <Button isBig onClick={onClose}>
          {messages.dialog.cancel}
        </Button>
      ) : null}
      <Button
        look="primary"
        isBig
        onClick={onExport}
        disabled={run.kind === 'asking' || check.data === undefined}
        aria-keyshortcuts={keyShortcut('export')}
      >
        {words.export} <kbd className={kit.key}>{keyOf('export')}</kbd>
      </Button>
    </Bar>
  );
}

/** Rows that will be read, unless a limit ends the reading before. */
function expectedRows(draft: Draft, inspection: Inspection | undefined): ExpectedRows | null {
  if (inspection === undefined || stepOf(draft.config, 'limit')) return null;
  const { isWhole, sampledRows, estimatedRows } = inspection;
  if (isWhole) return { rows: sampledRows, isExact: true };
  return estimatedRows === null ? null : { rows: roughly(estimatedRows), isExact: false };
}

function showProblem(page: PageState, step: StepId | 'source', sessionId: string): void {
  if (step === 'source') {
    page.showPane('plan');
    page.toggleSource(true);
    document.getElementById(`${sessionId}-source-options`)?.focus();
  } else {
    page.openStep(step);
    document.getElementById(`${sessionId}-step-${step}`)?.focus();
  }
}
