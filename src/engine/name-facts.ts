// What the names of a plan's files have in common.
import type { Bindings } from '../contract/bindings.ts';
import type { Plan } from './graph.ts';
import { outputName, sourceStem, type NameFacts } from './naming.ts';
import type { PlannedSplit } from './row-groups.ts';

/** The facts of a plan whose files are named now; `split` as its output is planned. */
export function nameFacts(
  { config, sources }: Pick<Plan, 'config' | 'sources'>,
  split: PlannedSplit | null,
  { jobId = 'job', clock }: Pick<Bindings, 'jobId' | 'clock'>,
): NameFacts {
  const sourceName = sources[0]!.planned.input.name;
  return {
    name: outputName(config, sourceName),
    source: sourceStem(sourceName),
    jobId,
    startedAtMs: clock?.() ?? Date.now(),
    columns: split?.columns.map(({ label }) => label) ?? [],
  };
}
