// The steps of a plan that make something of all rows together: of some of the rows they make something else.
import type { StepConfig } from '../../contract/config.ts';
import type { words } from './sampled-words.en.ts';

type Kind = keyof typeof words.kinds;

const KINDS: readonly Kind[] = ['aggregate', 'pivot', 'sort', 'top', 'distinct', 'sample'];

/** Each kind once. What takes row by row as it comes has its first rows right. */
export function sampledKinds(steps: readonly StepConfig[]): Kind[] {
  return KINDS.filter((kind) =>
    steps.some((step) => step.enabled && step.kind === kind && needsAll(step)),
  );
}

function needsAll({ kind, options }: StepConfig): boolean {
  if (kind === 'sample') return options['method'] === 'count';
  if (kind === 'distinct') return options['keep'] === 'last';
  return true;
}
