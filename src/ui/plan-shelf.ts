// The plans over all open inputs, the one that is shown and those that wait, and what they know of each other.
import type { SourceConfig } from '../contract/config.ts';
import type { Change, Draft, DraftState, Plan } from './draft.ts';
import type { OpenInput } from './input.ts';
import { type Candidate, withBindings, withReadings } from './other-data.ts';
import { sourceOf } from './plan-parts.ts';

/** All plans by their input's key, the one that is shown too. */
export function shelved({ draft, past, future, shelf }: DraftState): ReadonlyMap<number, Plan> {
  return draft === null ? shelf : new Map([...shelf, [draft.input.key, { draft, past, future }]]);
}

/** The plan of this key off the shelf. */
export function taken(
  shelf: ReadonlyMap<number, Plan>,
  key: number | null,
): Plan & Pick<DraftState, 'shelf'> {
  const plan = key === null ? undefined : shelf.get(key);
  const rest = new Map(shelf);
  if (key !== null) rest.delete(key);
  return { ...(plan ?? { draft: null, past: [], future: [] }), shelf: rest };
}

/** The open inputs of these plans, and how those read them. */
export function candidatesOf(plans: ReadonlyMap<number, Plan>): Candidate[] {
  return [...plans.values()].flatMap(({ draft }) =>
    draft === null ? [] : { input: draft.input, source: sourceOf(draft.config) },
  );
}

/** How this input is read by its own plan, or, closed meanwhile, by the one that is shown. */
export function readingOf(state: DraftState, { key }: OpenInput): SourceConfig | undefined {
  const own = shelved(state).get(key)?.draft;
  if (own) return sourceOf(own.config);
  return state.draft?.config.sources.find(({ id }) => state.draft!.others.get(id)?.key === key);
}

/** A plan whose other data are the other's own input, read as that reads it now. */
export function asReadBy<T extends Draft>(draft: T, { input, config }: Draft): T {
  const next = withReadings(draft, input.key, sourceOf(config));
  return next === draft.config ? draft : { ...draft, config: next };
}

export function followed(shelf: DraftState['shelf'], changed: Draft): DraftState['shelf'] {
  return new Map(
    [...shelf].map(([key, plan]) => [
      key,
      { ...plan, draft: plan.draft && asReadBy(plan.draft, changed) },
    ]),
  );
}

/** The plan, and all it was before, with other data that it missed and that are open now. */
export function withFound({ draft, past, future }: Plan, candidates: readonly Candidate[]): Plan {
  const found = (each: Draft): Draft => {
    const isComplete = each.config.sources.slice(1).every(({ id }) => each.others.has(id));
    return isComplete ? each : { ...each, ...withBindings(each.config, each.others, candidates) };
  };
  const foundIn = (changes: Change[]) =>
    changes.map((change) => ({ ...change, draft: found(change.draft) }));
  return { draft: draft && found(draft), past: foundIn(past), future: foundIn(future) };
}
