// The plan: four steps, each closed one a sentence, and what is worth knowing before exporting.
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { useCheck, useInspection } from '../queries.ts';
import { dataAnswer, deliveryAnswer, formatAnswer, optionsAnswer } from './answers.ts';
import { DataStep } from './DataStep.tsx';
import { DeliveryStep } from './DeliveryStep.tsx';
import { FormatStep } from './FormatStep.tsx';
import { OptionsStep } from './OptionsStep.tsx';
import { QuickFormats } from './QuickFormats.tsx';
import { ForecastSays, RowFlowBar } from './RowFlowBar.tsx';
import { Step } from './Step.tsx';
import { useRowFlow } from './row-flow.ts';
import { WorthKnowing } from './WorthKnowing.tsx';
import { issuesOfStep } from './step-issues.ts';
import styles from './plan.module.css';
import { useDraft, useDraftActions } from '../session.tsx';

export function Plan({
  catalogue,
  issues,
}: {
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
}) {
  const draft = useDraft((state) => state.draft!);
  const canUndo = useDraft((state) => state.past.length > 0);
  const canRedo = useDraft((state) => state.future.length > 0);
  const { undo, redo } = useDraftActions();
  const inspection = useInspection();
  const flow = useRowFlow();
  const check = useCheck();
  // Half-typed values and old numbers are of one input.
  const { key } = draft.input;
  return (
    <>
      <div className={styles.head}>
        <h1 title={draft.config.name}>{draft.config.name}</h1>
        <Button look="icon" aria-label={studioMessages.undo} disabled={!canUndo} onClick={undo}>
          <Icon name="undo" />
        </Button>
        <Button look="icon" aria-label={studioMessages.redo} disabled={!canRedo} onClick={redo}>
          <Icon name="redo" />
        </Button>
      </div>
      <Step
        id="format"
        number={1}
        {...formatAnswer(draft, catalogue)}
        issues={issuesOfStep(issues, 'format')}
        quick={<QuickFormats catalogue={catalogue} />}
      >
        <FormatStep catalogue={catalogue} />
      </Step>
      <Step
        id="data"
        number={2}
        {...dataAnswer(draft, catalogue, inspection.data, flow, check.data?.columns.length || null)}
        issues={issuesOfStep(issues, 'data')}
      >
        <DataStep
          catalogue={catalogue}
          inspection={inspection.data}
          issues={issuesOfStep(issues, 'data')}
        />
      </Step>
      <Step
        id="options"
        number={3}
        {...optionsAnswer(draft, catalogue)}
        issues={issuesOfStep(issues, 'options')}
      >
        <OptionsStep key={key} catalogue={catalogue} issues={issues} />
      </Step>
      <Step
        id="delivery"
        number={4}
        {...deliveryAnswer(draft, catalogue, check.data)}
        issues={issuesOfStep(issues, 'delivery')}
      >
        <DeliveryStep
          key={key}
          catalogue={catalogue}
          check={check.data}
          issues={issuesOfStep(issues, 'delivery')}
        />
      </Step>
      <RowFlowBar key={key} />
      <WorthKnowing issues={issues} />
      <ForecastSays />
    </>
  );
}
