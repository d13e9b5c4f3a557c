// The profile of a whole source, asked for by hand: under way, done or failed, and kept as long as the source is read the same way.
import { createStore, useStore, type StoreApi } from 'zustand';
import type { ErrorData } from '../../contract/errors.ts';
import type { Profile, ProfiledColumn } from '../../contract/profile.ts';
import type { Progress } from '../../contract/report.ts';
import type { Inspection } from '../../contract/verbs.ts';

/** How far looking at all values is. */
export interface Look {
  progress: Progress | null;
  profile: Profile | null;
  error: ErrorData | null;
  /** Ends the one under way; null when there is none. */
  abort: AbortController | null;
}

/** By what was found at first: other settings of the source make another of it. */
const looks = new WeakMap<Inspection, StoreApi<Look>>();

export function lookOf(inspection: Inspection): StoreApi<Look> {
  const known = looks.get(inspection);
  if (known !== undefined) return known;
  const store = createStore<Look>(() => ({
    progress: null,
    profile: null,
    error: null,
    abort: null,
  }));
  looks.set(inspection, store);
  return store;
}

export const useLook = (inspection: Inspection): Look => useStore(lookOf(inspection));

/** What the table shows: the first look, or all values where they were looked at. */
export function shownInspection(inspection: Inspection, profile: Profile | null): Inspection {
  if (profile === null) return inspection;
  return {
    ...inspection,
    sampledRows: profile.rows,
    isWhole: profile.isWhole,
    sample: profile.sample,
    columns: inspection.columns.map((column, i) => {
      const found: ProfiledColumn | undefined = profile.columns[i];
      if (found === undefined) return column;
      const { nullCount, emptyCount, distinct, histogram, top, longest, min, max } = found;
      return {
        ...column,
        isProfiled: true,
        nullCount,
        emptyCount,
        distinctCount: distinct.count,
        longest: longest?.characters ?? column.longest,
        shape:
          histogram !== null
            ? { ...histogram, from: min ?? '', to: max ?? '' }
            : {
                kind: 'values',
                values: top.map(({ value }) => value),
                counts: top.map(({ count }) => count),
                others: 0,
              },
      };
    }),
  };
}
