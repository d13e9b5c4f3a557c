// The run bar over a plan: what Export will do in a sentence, what it will take, and Export.
import type { Catalogue, CheckIssue, Inspection } from '../../contract/verbs.ts';
import { useCommand } from '../commands.tsx';
import type { Draft } from '../draft.ts';
import { outputOf, stepOf } from '../plan-parts.ts';
import { sentenceOf } from '../form/issues.ts';
import { keyOf, keyShortcut } from '../keys.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { dataWords } from '../plan/data-words.en.ts';
import { deliveryWords } from '../plan/delivery-words.en.ts';
import type { PageState, StepId } from '../page-state.ts';
import {
  deliveryAnswer,
  formatAnswer,
  optionsAnswer,
  packed,
  whereAnswer,
} from '../plan/answers.ts';
import { Forecast, useForecast } from '../plan/Forecast.tsx';
import { countText, roughly } from '../plan/rounded.ts';
import { hasOthers } from '../other-data.ts';
import { useRowFlow } from '../plan/row-flow.ts';
import { stepOfIssue } from '../plan/step-issues.ts';
import { useCheck, useFirstName, useInspection } from '../queries.ts';
import { useEngine, useOwnId, usePage, useRun, useSession } from '../session.tsx';
import { Bar } from './Bar.tsx';
import type { ExpectedRows } from './time-left.ts';
import kit from '../kit/controls.module.css';

export function PlanBar({
  draft,
  catalogue,
  issues,
  isCancelled,
  left,
  onClose,
}: {
  draft: Draft;
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
  /** The export before was cancelled, which the bar says. */
  isCancelled: boolean;
  /** What it has left elsewhere. */
  left: string | undefined;
  /** In a dialog: closes it. */
  onClose: (() => void) | undefined;
}) {
  const words = messages.runBar;
  const engine = useEngine();
  const check = useCheck().data;
  const firstName = useFirstName();
  const inspection = useInspection().data;
  const flow = useRowFlow();
  const { foreseen } = useForecast();
  const page = usePage();
  const { id: sessionId } = useSession();
  const exportId = useOwnId('export');
  const { run, start } = useRun();
  const isAsking = run.kind === 'asking';
  const error = issues.find((issue) => issue.severity === 'error');

  const onExport = () => {
    if (error) showProblem(page, stepOfIssue(error), sessionId);
    else {
      const name = firstName(check?.fileNames[0] ?? '');
      void start(engine, catalogue, name, expectedRows(draft, inspection), foreseen);
    }
  };
  useCommand('export', onExport, !isAsking && (error !== undefined || check !== undefined));

  if (error)
    return (
      <Bar isBad title={sentenceOf(error)} says={error.hint}>
        <Button id={exportId} isBig onClick={onExport}>
          {words.showProblem}
        </Button>
      </Bar>
    );
  const name = check?.fileNames[0];
  const isSplit = outputOf(draft.config).split !== null && !outputOf(draft.config).archive;
  const title =
    flow && name !== undefined
      ? words.rowsTo(
          countText(flow.rowsOut, flow.isExact),
          flow.rowsOut,
          isSplit ? deliveryWords.parts(name) : name,
        )
      : deliveryAnswer(draft, catalogue, check).answer;
  const columns = check?.columns.length;
  const says = [
    columns === undefined ? '' : dataWords.columns(columns),
    formatAnswer(draft, catalogue).answer,
    optionsAnswer(draft, catalogue).answer,
    packed(draft),
    whereAnswer(draft, catalogue),
  ];
  return (
    <Bar
      title={isCancelled ? (left ? words.stopped : words.cancelled) : title}
      says={left ?? says.filter(Boolean).join(', ')}
      figures={<Forecast />}
    >
      {onClose ? (
        <Button isBig onClick={onClose}>
          {messages.dialog.cancel}
        </Button>
      ) : null}
      <Button
        id={exportId}
        look="primary"
        isBig
        onClick={onExport}
        disabled={isAsking || check === undefined}
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
  // It is about the plan's own source.
  if (hasOthers(draft.config)) return null;
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
