// The steps of the plan in their order, each a sentence with the rows before and after it; switched, moved, edited and removed here.
import { Suspense, lazy, useEffect, useState } from 'react';
import type { StepConfig } from '../../../contract/config.ts';
import type { LedgerLine } from '../../../contract/report.ts';
import type { Catalogue, CheckIssue } from '../../../contract/verbs.ts';
import { RANGE_STEP, stepOf } from '../../plan-parts.ts';
import { sentenceOf } from '../../form/issues.ts';
import form from '../../form/form.module.css';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { CheckBox, Hidden } from '../../kit/fields.tsx';
import { formatCount } from '../../format-number.ts';
import { useInspection, usePreview, useRehearsal } from '../../queries.ts';
import { focusLater } from '../../regions.ts';
import { useDraft, useDraftActions, useOwnId, usePage } from '../../session.tsx';
import { CountAll } from '../CountAll.tsx';
import { ColumnMover, useMoves, type Moves } from '../ColumnMover.tsx';
import { StepPart } from '../Step.tsx';
import { useArriving } from './arriving.ts';
import { recipeWords as words } from './messages.en.ts';
import { stepSentence } from './sentences.ts';
import styles from './recipe.module.css';

const StepEditor = lazy(() => import('./StepEditor.tsx'));
const AddStep = lazy(() => import('./AddStep.tsx'));

/** Steps that have a part of the Data step for themselves. */
const PARTS = [RANGE_STEP, 'filter', 'limit', 'select'] as const;
const SYNTAX = 'expression.syntax';

export type PartId = (typeof PARTS)[number];

export function Recipe({
  transforms,
  issues,
}: {
  transforms: Catalogue['transforms'];
  issues: readonly CheckIssue[];
}) {
  const config = useDraft((state) => state.draft!.config);
  const { addStep, moveStep } = useDraftActions();
  const { steps } = config.datasets[0]!;
  const { recipeStep: openId, openRecipeStep: setOpenId } = usePage();
  const [isAdding, setAdding] = useState(false);
  const ownId = useOwnId('recipe');
  const counts = useStepCounts();
  const moves = useMoves((from, to) => moveStep(steps[from]!.id, to), steps.length);
  const off = steps.filter((step) => !step.enabled).length;
  const partOf = (step: StepConfig) => PARTS.find((part) => stepOf(config, part) === step);
  useEffect(() => {
    // Wherever it was opened from.
    if (openId !== null) focusLater(`#${CSS.escape(`${ownId}-${openId}`)}`);
  }, [openId, ownId]);
  const add = (kind: string) => {
    setAdding(false);
    const part = PARTS.find((each) => each === kind);
    if (part !== undefined && stepOf(config, part) === undefined) {
      focusPart(ownId, part);
      return;
    }
    const id = addStep(kind);
    setOpenId(id);
  };
  return (
    <StepPart
      title={words.title}
      says={steps.length === 0 ? words.none : words.steps(steps.length, off)}
      action={
        <Button
          look="link"
          id={`${ownId}-add`}
          aria-expanded={isAdding}
          onClick={() => setAdding(!isAdding)}
        >
          {words.add}
        </Button>
      }
    >
      {isAdding ? (
        <Suspense fallback={null}>
          <AddStep
            cards={transforms}
            onAdd={add}
            onClose={() => {
              setAdding(false);
              focusLater(`#${CSS.escape(`${ownId}-add`)}`);
            }}
          />
        </Suspense>
      ) : null}
      {steps.length === 0 ? null : (
        <ol className={styles.list} aria-label={words.title}>
          {steps.map((step, index) => (
            <StepRow
              key={step.id}
              ownId={`${ownId}-${step.id}`}
              step={step}
              index={index}
              count={steps.length}
              card={transforms.find(({ id }) => id === step.kind)}
              line={step.enabled ? counts.lines.get(step.id) : undefined}
              isExact={counts.isExact}
              sampled={counts.sampled}
              issues={issues.filter((issue) => issue.step === step.id)}
              moves={moves}
              isOpen={openId === step.id}
              onOpen={() => {
                const part = partOf(step);
                if (part === undefined) setOpenId(openId === step.id ? null : step.id);
                else focusPart(ownId, part);
              }}
              isPart={partOf(step) !== undefined}
              onRemoved={() => focusLater(`#${CSS.escape(`${ownId}-add`)}`)}
            />
          ))}
        </ol>
      )}
      <div aria-live="polite">
        <Hidden>{moves.said}</Hidden>
      </div>
    </StepPart>
  );
}

/** The part of the Data step where a step is edited: its first control. */
function focusPart(ownId: string, part: PartId): void {
  const box = document.getElementById(`${ownId}-part-${part}`);
  const stop =
    box?.querySelector<HTMLElement>('input:not(:disabled), select, textarea, [data-add]') ??
    box?.querySelector<HTMLElement>('button:not(:disabled)');
  (stop ?? box)?.focus();
  box?.scrollIntoView({ block: 'center' });
}

type RowsProps = Pick<RowProps, 'step' | 'line' | 'isExact' | 'sampled'>;

interface RowProps {
  ownId: string;
  step: StepConfig;
  index: number;
  count: number;
  card: Catalogue['transforms'][number] | undefined;
  line: LedgerLine | undefined;
  isExact: boolean;
  /** Rows of the source that the counts are of, where those are not all. */
  sampled: number | null;
  issues: readonly CheckIssue[];
  moves: Moves;
  isOpen: boolean;
  onOpen: () => void;
  /** Whether it is edited in a part of its own. */
  isPart: boolean;
  onRemoved: () => void;
}

/** Whether an issue is about the step as a whole, not about one of its options: `datasets.0.steps.2`. */
const isOfStep = ({ path }: CheckIssue): boolean => path.split('.').length <= 4;

function StepRow(props: RowProps) {
  const { ownId, step, index, count, card, issues, moves, isOpen, isPart, onOpen } = props;
  const { switchStep, removeStep } = useDraftActions();
  const sentence = stepSentence(step, card);
  // An open editor shows what its own fields hold wrong.
  const problems = issues.filter(
    (issue) => !isOpen || (isOfStep(issue) && !(step.kind === 'derive' && issue.code === SYNTAX)),
  );
  return (
    <li
      data-column-index={index}
      className={[
        styles.step,
        step.enabled ? '' : styles.isOff,
        isOpen ? styles.isOpen : '',
        moves.lifted === index ? styles.isLifted : '',
        moves.target === index && moves.lifted !== index ? styles.isTarget : '',
      ].join(' ')}
    >
      <div className={styles.head}>
        <ColumnMover.Grip moves={moves} index={index} name={sentence} />
        <CheckBox
          aria-label={words.on(sentence)}
          checked={step.enabled}
          onChange={(event) => switchStep(step.id, event.currentTarget.checked)}
        />
        <button
          type="button"
          id={ownId}
          className={styles.says}
          {...(!isPart && { 'aria-expanded': isOpen, 'aria-controls': `${ownId}-editor` })}
          aria-describedby={`${ownId}-rows`}
          title={sentence}
          onClick={onOpen}
        >
          <span className={styles.sentence}>{sentence}</span>
        </button>
        <span className={styles.tools}>
          <ColumnMover.Buttons moves={moves} index={index} count={count} name={sentence} />
          <Button
            look="icon"
            aria-label={words.remove(sentence)}
            onClick={() => {
              removeStep(step.id);
              props.onRemoved();
            }}
          >
            <Icon name="close" />
          </Button>
        </span>
        <span id={`${ownId}-rows`} className={styles.rows}>
          <Rows {...props} />
        </span>
      </div>
      {problems.length === 0 ? null : (
        <div className={styles.problems} aria-live="polite">
          {problems.map((issue) => (
            <p className={form.error} key={issue.code + issue.sentence}>
              <Icon name="warning" />
              <span>
                {sentenceOf(issue)} {issue.hint}
              </span>
            </p>
          ))}
        </div>
      )}
      <div id={`${ownId}-editor`} hidden={!isOpen || isPart}>
        {isOpen && !isPart ? <Editor {...props} /> : null}
      </div>
    </li>
  );
}

function Rows({ step, line, isExact, sampled }: RowsProps) {
  if (!step.enabled) return words.off;
  if (line === undefined) return null;
  const { rejected, beside = 0 } = line;
  const own = formatCount(line.in - beside);
  const before = beside > 0 ? words.rowsBeside(own, formatCount(beside)) : own;
  return (
    <>
      {words.rowsInOut(before, formatCount(line.out))}
      {rejected > 0 ? <b>, {words.rejected(rejected)}</b> : null}
      {isExact || sampled === null ? null : (
        <>
          , {words.inSample(formatCount(sampled))} <CountAll />
        </>
      )}
    </>
  );
}

function Editor({
  step,
  card,
  index,
  issues,
}: Pick<RowProps, 'step' | 'card' | 'index' | 'issues'>) {
  const { setStep } = useDraftActions();
  const columns = useArriving(index);
  if (card === undefined) return null;
  return (
    <div className={`${styles.editor} ${form.stacked}`}>
      <Suspense fallback={<p className={styles.loading}>{words.loading}</p>}>
        <StepEditor
          step={step}
          card={card}
          place={index}
          columns={columns}
          issues={issues.filter((issue) => !isOfStep(issue))}
          onChange={(options) => setStep(step.id, options)}
        />
      </Suspense>
    </div>
  );
}

/** What each step did with the rows: of all of them once they were counted, before that of the first. */
function useStepCounts(): {
  lines: ReadonlyMap<string, LedgerLine>;
  isExact: boolean;
  sampled: number | null;
} {
  const { report, isCurrent } = useRehearsal();
  const { data, isPlaceholderData } = usePreview();
  const inspection = useInspection().data;
  const isExact = isCurrent && report?.outcome === 'completed';
  const lines = isExact ? report.ledger : isPlaceholderData ? [] : data?.steps;
  const isAll =
    data?.isSampled !== true ||
    (inspection?.isWhole === true && data.rowsRead >= inspection.sampledRows);
  return {
    lines: new Map(lines?.map((line) => [line.id, line])),
    isExact,
    sampled: isAll ? null : data.rowsRead,
  };
}
