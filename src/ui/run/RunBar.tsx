// The bar at the bottom: what Export will do, and Export. It stands in the same place on every screen.
import { useEffect } from 'react';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { formatDuration, formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import type { PageState, StepId } from '../page-state.ts';
import { deliveryAnswer, formatAnswer, optionsAnswer } from '../plan/answers.ts';
import { sentenceOf } from '../form/issues.ts';
import { stepOfIssue } from '../plan/step-issues.ts';
import { useCheck } from '../queries.ts';
import { Bar } from './Bar.tsx';
import kit from '../kit/controls.module.css';
import { useEngine, usePage, useRun } from '../session.tsx';

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
  const page = usePage();
  const { run, start, cancel, dismiss } = useRun();
  const error = issues.find((issue) => issue.severity === 'error');
  const isReady = run.kind === 'idle' || run.kind === 'cancelled';

  const onExport = () => {
    if (error) showProblem(page, stepOfIssue(error));
    else void start(engine, catalogue, check.data?.fileNames[0] ?? '');
  };
  useEffect(() => {
    if (!isReady) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onExport();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });

  if (run.kind === 'running')
    return (
      <Bar title={words.running(run.name)} says={words.keepOpen}>
        <Button isBig onClick={cancel} disabled={run.isCancelling}>
          {run.isCancelling ? messages.run.cancelling : messages.run.cancel}
        </Button>
      </Bar>
    );
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
        aria-keyshortcuts="Control+Enter"
      >
        {words.export} <kbd className={kit.key}>{words.exportKey}</kbd>
      </Button>
    </Bar>
  );
}

function showProblem(page: PageState, step: StepId | 'source'): void {
  if (step === 'source') {
    page.showPane('plan');
    page.toggleSource(true);
    document.getElementById('source-options')?.focus();
  } else {
    page.openStep(step);
    document.getElementById(`step-${step}`)?.focus();
  }
}
