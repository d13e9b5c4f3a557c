// Which issues of a check belong to which place of the config.
import type { CheckIssue } from '../../contract/verbs.ts';

/** Indexes are left out: the draft has one source, one data set and one output. */
function plain(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '').replace(/\[\d+\]/g, '');
}

/** The sentence with its full stop, so that a hint can follow. */
export function sentenceOf(issue: { sentence: string }): string {
  return /[.!?:…]$/.test(issue.sentence) ? issue.sentence : `${issue.sentence}.`;
}

/** Issues at this path or below it. */
export function issuesAt(issues: readonly CheckIssue[], path: string): CheckIssue[] {
  const wanted = plain(path);
  return issues.filter((issue) => {
    const found = plain(issue.path);
    return found === wanted || found.startsWith(`${wanted}.`);
  });
}
