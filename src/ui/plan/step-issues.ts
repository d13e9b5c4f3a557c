// Issues of the plan by the step they belong to, those the page finds itself among them.
import type { CheckIssue, CheckResult } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { issuesAt } from '../form/issues.ts';
import type { StepId } from '../page-state.ts';

/** What the check found, and first of all a filter that cannot be read. */
export function allIssues(draft: Draft, check: CheckResult | undefined): CheckIssue[] {
  const issues = check?.issues ?? [];
  const { filterProblem } = draft;
  if (filterProblem === null) return issues;
  const { sentence, hint } = filterProblem;
  return [
    { severity: 'error', path: FILTER_PATH, code: 'filter.syntax', sentence, hint },
    ...issues,
  ];
}

const FILTER_PATH = 'datasets.0.steps.filter';

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
