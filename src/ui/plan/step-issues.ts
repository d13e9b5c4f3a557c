// Issues of the plan by the step they belong to, those the page finds itself among them.
import type { ExportConfig } from '../../contract/config.ts';
import type { ErrorData } from '../../contract/errors.ts';
import type { CheckIssue, CheckResult } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { issuesAt } from '../form/issues.ts';
import { missingOf, takenBy } from '../other-data.ts';
import type { StepId } from '../page-state.ts';
import { otherDataWords } from './data-words.en.ts';

/**
 * What the check found, and what else would stop the run: a filter that cannot be read, and an error that the preview met
 * in the data themselves.
 */
export function allIssues(
  draft: Draft,
  check: CheckResult | undefined,
  previewError: ErrorData | null,
): CheckIssue[] {
  const missing = missingIssues(draft);
  const issues = (check?.issues ?? [])
    .map((issue) => placedAtStep(issue, draft.config))
    .filter(({ code, step }) => code !== MISSING || !missing.some((each) => each.step === step));
  issues.unshift(...missing);
  const add = (path: string, { code, sentence, hint, step }: Found) => {
    const isKnown = issues.some((issue) => issue.code === code);
    if (!isKnown && (code !== MISSING || missing.length === 0))
      issues.unshift({ severity: 'error', path, code, sentence, hint, ...(step && { step }) });
  };
  const path =
    previewError?.step === undefined
      ? PATHS.find(([start]) => previewError?.code.startsWith(start))?.[1]
      : STEPS_PATH;
  if (previewError && path !== undefined) add(path, previewError);
  if (draft.filterProblem) add(FILTER_PATH, { code: 'filter.syntax', ...draft.filterProblem });
  return issues;
}

/** What is wrong with other data is settled at the step that takes them. */
function placedAtStep(issue: CheckIssue, { sources, datasets }: ExportConfig): CheckIssue {
  const at = Number(/^sources\.(\d+)/.exec(issue.path)?.[1] ?? 0);
  if (at === 0) return issue;
  const id = sources[at]?.id ?? '';
  const step = issue.step ?? datasets[0]!.steps.find((each) => takenBy(each).includes(id))?.id;
  return { ...issue, path: STEPS_PATH, ...(step !== undefined && { step }) };
}

/** Steps whose other data are not open. */
export function missingIssues(draft: Draft): CheckIssue[] {
  const { steps } = draft.config.datasets[0]!;
  return steps.flatMap((step) => {
    const ids = step.enabled ? missingOf(step, draft) : [];
    if (ids.length === 0) return [];
    const { sentence, hint } = otherDataWords.missing(ids);
    return { severity: 'error', path: STEPS_PATH, code: MISSING, sentence, hint, step: step.id };
  });
}

type Found = Pick<CheckIssue, 'code' | 'sentence' | 'hint' | 'step'>;

const MISSING = 'config.binding-missing';
const STEPS_PATH = 'datasets.0.steps';
const FILTER_PATH = 'datasets.0.steps.filter';
/** Where an error of the data is settled, by the start of its code; others pass, so they stop nothing. */
const PATHS: [start: string, path: string][] = [
  ['read.', 'sources.0'],
  ['filter.', FILTER_PATH],
  ['step.', STEPS_PATH],
  ['encode.charset', 'outputs.0.charset'],
  ['encode.', 'outputs.0.format.options'],
];

/** The step, or the source, where an issue can be settled. */
export function stepOfIssue(issue: CheckIssue): StepId | 'source' {
  const isAt = (path: string) => issuesAt([issue], path).length > 0;
  if (isAt('sources')) return 'source';
  if (isAt('datasets')) return 'data';
  if (isAt('outputs.format.options')) return 'options';
  if (isAt('outputs.format')) return 'format';
  if (isAt('outputs')) return 'delivery';
  return 'data';
}

export function issuesOfStep(issues: readonly CheckIssue[], step: StepId): CheckIssue[] {
  return issues.filter((issue) => stepOfIssue(issue) === step);
}
