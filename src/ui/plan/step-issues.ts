// Issues of the plan by the step they belong to, those the page finds itself among them.
import type { ErrorData } from '../../contract/errors.ts';
import type { CheckIssue, CheckResult } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { issuesAt } from '../form/issues.ts';
import type { StepId } from '../page-state.ts';

/**
 * What the check found, and what else would stop the run: a filter that cannot be read, and an error that the preview met
 * in the data themselves.
 */
export function allIssues(
  draft: Draft,
  check: CheckResult | undefined,
  previewError: ErrorData | null,
): CheckIssue[] {
  const issues = [...(check?.issues ?? [])];
  const add = (path: string, { code, sentence, hint, step }: Found) => {
    if (!issues.some((issue) => issue.code === code))
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

type Found = Pick<CheckIssue, 'code' | 'sentence' | 'hint' | 'step'>;

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
