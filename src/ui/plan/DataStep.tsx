// Step 2: which data set, which stretch of time, which rows and which columns.
import { Fragment, Suspense, lazy, useState, type ReactNode } from 'react';
import type { Catalogue, CheckIssue, Inspection } from '../../contract/verbs.ts';
import { RANGE_STEP, activeStepOf, placeOfStep, stepOf } from '../plan-parts.ts';
import { issuesAt, sentenceOf } from '../form/issues.ts';
import { Field } from '../form/Field.tsx';
import { Button } from '../kit/Button.tsx';
import { formatShare } from '../format-number.ts';
import { dataWords } from './data-words.en.ts';
import { filterWords } from './filter-words.en.ts';
import { useRehearsal } from '../queries.ts';
import { CountAll } from './CountAll.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { DataSets } from './DataSets.tsx';
import { FilterBuilder } from './FilterBuilder.tsx';
import { FilterText } from './FilterText.tsx';
import { Recipe, type PartId } from './recipe/Recipe.tsx';
import { recipeWords } from './recipe/messages.en.ts';
import { useArriving, useInspectionAt } from './recipe/arriving.ts';
import { countText } from './rounded.ts';
import { useRowFlow } from './row-flow.ts';
import { StepPart } from './Step.tsx';
import { TimeRange } from './TimeRange.tsx';
import filter from './filter.module.css';
import styles from './plan.module.css';
import { useDraft, useDraftActions, useOwnId } from '../session.tsx';

const QuickFilters = lazy(() => import('./QuickFilters.tsx'));
const NewRows = lazy(() => import('./NewRows.tsx'));

export function DataStep({
  catalogue,
  inspection,
  issues,
}: {
  catalogue: Catalogue;
  inspection: Inspection | undefined;
  issues: readonly CheckIssue[];
}) {
  const words = dataWords;
  const config = useDraft((state) => state.draft!.config);
  // Those of one step stand in its line, and what is wrong with the filter's text beneath it.
  const stepIssues = issuesAt(issues, 'datasets').filter(
    (issue) => issue.step === undefined && issue.code !== 'filter.syntax',
  );
  const filtered = useArriving(placeOfStep(config, 'filter'));
  const quick = useInspectionAt(placeOfStep(config, 'filter'));
  const [isQuick, setQuick] = useState(false);
  const timed = useArriving(placeOfStep(config, RANGE_STEP));
  const chosen = useInspectionAt(placeOfStep(config, 'select'));
  const inputKey = useDraft((state) => state.draft!.input.key);
  return (
    <>
      <DataSets />
      {/* What is half typed belongs to its data set. */}
      <Fragment key={inputKey}>
        <Recipe transforms={catalogue.transforms} issues={issues} />
        <Part id={RANGE_STEP}>
          <TimeRange columns={timed} />
        </Part>
        <Part id="filter">
          <StepPart
            title={words.rows}
            action={
              <Button look="link" aria-expanded={isQuick} onClick={() => setQuick(!isQuick)}>
                {recipeWords.quick.title}
              </Button>
            }
          >
            {isQuick && quick ? (
              <Suspense fallback={null}>
                <QuickFilters inspection={quick} />
              </Suspense>
            ) : null}
            {inspection ? <FilterBuilder columns={filtered} /> : null}
            <Passes />
            <FilterText columns={filtered} />
            {stepIssues.map((issue) => (
              <p key={issue.code + issue.sentence} className={styles.bad}>
                {sentenceOf(issue)} {issue.hint}
              </p>
            ))}
          </StepPart>
        </Part>
        <Part id="limit">
          <Cut />
        </Part>
        {inspection ? (
          <Suspense fallback={null}>
            <NewRows inspection={inspection} />
          </Suspense>
        ) : null}
        <Part id="select">{chosen ? <ColumnTable inspection={chosen} /> : null}</Part>
      </Fragment>
    </>
  );
}

/** Where a step of the list is edited. */
function Part({ id, children }: { id: PartId; children: ReactNode }) {
  const ownId = useOwnId(`recipe-part-${id}`);
  return (
    <div id={ownId} tabIndex={-1} className={styles.partBox}>
      {children}
    </div>
  );
}

/** How many rows the filter lets through. */
function Passes() {
  const words = filterWords;
  const step = useDraft((state) => activeStepOf(state.draft!.config, 'filter'));
  const cut = useDraft((state) => activeStepOf(state.draft!.config, 'limit'));
  const { report, isCurrent } = useRehearsal();
  const flow = useRowFlow();
  if (!step) return null;
  const line = isCurrent ? report?.ledger.find(({ id }) => id === step.id) : undefined;
  const passing = line
    ? { out: line.out, all: line.in, isExact: true }
    : flow && !cut
      ? { out: flow.rowsIn - flow.filtered - flow.rejected, all: flow.rowsIn, isExact: false }
      : null;
  return (
    <p className={filter.total} aria-live="polite">
      {passing ? (
        <>
          {words.passes} <b>{countText(passing.out, passing.isExact)}</b>{' '}
          {words.passesRows(formatShare(passing.all === 0 ? 0 : passing.out / passing.all))}
        </>
      ) : null}{' '}
      <CountAll />
    </p>
  );
}

/** Rows skipped at the start, and how many at most. */
function Cut() {
  const words = dataWords;
  const cut = useDraft((state) => stepOf(state.draft!.config, 'limit')?.options);
  const { setLimit } = useDraftActions();
  const limit = (cut?.limit as number | null | undefined) ?? null;
  const offset = Number(cut?.offset ?? 0);
  return (
    <StepPart title={words.cutTitle} says={words.limited(limit, offset) || words.noCut}>
      <Field
        field={{ ...words.offset, id: 'offset', kind: 'integer', default: 0, min: 0 }}
        value={offset}
        reason={undefined}
        issues={[]}
        back={offset === 0 ? undefined : '0'}
        onBack={() => setLimit(limit, 0)}
        onChange={(value) => setLimit(limit, Number(value))}
      />
      <Field
        field={{
          ...words.limit,
          id: 'limit',
          kind: 'integer',
          default: null,
          min: 0,
          nullable: true,
        }}
        value={limit}
        reason={undefined}
        issues={[]}
        back={limit === null ? undefined : words.noLimit}
        onBack={() => setLimit(null, offset)}
        onChange={(value) => setLimit(value as number | null, offset)}
      />
    </StepPart>
  );
}
