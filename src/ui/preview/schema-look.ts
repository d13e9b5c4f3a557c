// What looking at all values of a source found, asked for by hand: its profile and its duplicate rows, kept as long as the source is read the same way.
import { createStore, useStore, type StoreApi } from 'zustand';
import type { ColumnEdit } from '../../contract/config.ts';
import type { ErrorData } from '../../contract/errors.ts';
import type { Profile, ProfiledColumn } from '../../contract/profile.ts';
import type { Progress } from '../../contract/report.ts';
import type { InspectedColumn, Inspection } from '../../contract/verbs.ts';
import { editOf, ownRefOf } from '../column-edits.ts';
import type { Draft } from '../draft.ts';
import type { OpenInput } from '../input.ts';
import { sourceOf } from '../plan-parts.ts';
import { isSameValue } from '../form/show-value.ts';
import { useDraft } from '../session.tsx';

/** One way of looking at all values: how far it is, and what it found. */
export interface Look<T> {
  progress: Progress | null;
  found: T | null;
  error: ErrorData | null;
  /** Ends the one under way; null when there is none. */
  abort: AbortController | null;
}

/** Rows that are like one before them, of so many. */
export interface Duplicates {
  count: number;
  rows: number;
  elapsedMs: number;
}

/** A profile, and what was settled about columns when it was made. */
export interface WholeProfile {
  profile: Profile;
  edits: readonly ColumnEdit[];
}

export interface Looks {
  profile: StoreApi<Look<WholeProfile>>;
  duplicates: StoreApi<Look<Duplicates>>;
}

/** By input, with how it was read: read in another way it is looked at anew. */
const looks = new WeakMap<OpenInput, { readAs: string; columns: string; looks: Looks }>();

const look = <T>(): StoreApi<Look<T>> =>
  createStore<Look<T>>(() => ({ progress: null, found: null, error: null, abort: null }));

export function looksOf({ input, config }: Draft): Looks {
  const { columns: edits = [], ...source } = sourceOf(config);
  const readAs = JSON.stringify(source);
  const columns = JSON.stringify(edits);
  const known = looks.get(input);
  if (known?.readAs === readAs) {
    // Another type may leave rows out, or make of two values one.
    if (known.columns !== columns)
      looks.set(input, { readAs, columns, looks: { ...known.looks, duplicates: look() } });
    return looks.get(input)!.looks;
  }
  const made: Looks = { profile: look(), duplicates: look() };
  looks.set(input, { readAs, columns, looks: made });
  return made;
}

export const useProfileLook = (): Look<WholeProfile> =>
  useStore(useDraft((state) => looksOf(state.draft!).profile));

export const useDuplicatesLook = (): Look<Duplicates> =>
  useStore(useDraft((state) => looksOf(state.draft!).duplicates));

/** What the profile says of each column that is read now as it was then; undefined for others. */
export function foundColumns(
  columns: readonly InspectedColumn[],
  edits: readonly ColumnEdit[] | undefined,
  found: WholeProfile | null,
): (ProfiledColumn | undefined)[] {
  return columns.map((column, i) => {
    if (found === null) return undefined;
    const ref = ownRefOf(column);
    const isSame = isSameValue(readingOf(edits, ref), readingOf(found.edits, ref));
    return isSame ? found.profile.columns[i] : undefined;
  });
}

/** What was settled of how values are read: not what becomes of those that do not fit, nor the name. */
function readingOf(edits: readonly ColumnEdit[] | undefined, ref: ColumnEdit['column']) {
  const { name: _n, onMisfit: _m, ...reading } = editOf(edits, ref);
  return reading;
}

/** What the table shows: the first look, or all values where they were looked at. */
export function shownInspection(
  inspection: Inspection,
  profile: Profile | null,
  found: readonly (ProfiledColumn | undefined)[],
): Inspection {
  if (profile === null) return inspection;
  return {
    ...inspection,
    columns: inspection.columns.map((column, i) => shownColumn(column, found[i])),
  };
}

function shownColumn(column: InspectedColumn, found: ProfiledColumn | undefined): InspectedColumn {
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
}
