// What the page asks the engine, as queries keyed by the plan: newer questions replace older ones, old answers stay shown meanwhile.
import {
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';

import type { ExportConfig } from '../contract/config.ts';
import type { Progress, Report } from '../contract/report.ts';
import type { Catalogue, CheckResult, Inspection, Preview } from '../contract/verbs.ts';
import type { EngineClient } from '../worker/client.ts';
import { bindingsOf } from './draft-bindings.ts';
import type { Draft, DraftStore } from './draft.ts';
import type { Input } from './input.ts';
import { othersKey } from './other-data.ts';
import { isUnderWay, type RunsState } from './run/run-state.ts';
import { useDraft, useEngine, usePage, useRun, useSession } from './session.tsx';

/** Rows, columns and bytes of the output that the preview shows at most. */
const PREVIEW_LIMITS = { rows: 200, columns: 256, bytes: 8 * 1024 };
/** From the last keystroke to the question, once one change follows another. */
const SETTLE_MS = 80;
/** After this rest a change is asked at once. */
const REST_MS = 300;
/** From the last change of the plan to a rehearsal of it. */
const REHEARSE_AFTER_MS = 400;
/** Sources up to here are rehearsed without being asked: bytes as they lie, and rows of a host, which may have to be fetched. */
const MOST_REHEARSED_BYTES = 256 * 1024 * 1024;
const MOST_REHEARSED_ROWS = 20_000;

export function useCatalogue(): UseQueryResult<Catalogue> {
  const engine = useEngine();
  return useQuery({ queryKey: ['catalogue'], queryFn: () => engine.catalogue() });
}

export function useInspection(): UseQueryResult<Inspection> {
  const engine = useEngine();
  const draft = useSettled();
  const source = draft?.config.sources[0];
  return useQuery({
    queryKey: ['inspect', draft?.input.key, source, draft?.config.limits, boundKey(draft)],
    queryFn: () => engine.inspect(draft!.config, bindingsOf(draft!)),
    enabled: draft !== null,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft?.input.key ? previous : undefined,
  });
}

/** A preview, and the 0-based column of its rows' first cells. */
export type ShownPreview = Preview & { firstColumn: number };

export function usePreview(): UseQueryResult<ShownPreview> {
  const engine = useEngine();
  const draft = useSettled();
  const firstColumn = usePage((state) => state.firstColumn);
  return useQuery({
    queryKey: ['preview', draft?.input.key, draft?.config, firstColumn, boundKey(draft)],
    queryFn: async () => {
      const limits = { ...PREVIEW_LIMITS, firstColumn };
      return { ...(await engine.preview(draft!.config, bindingsOf(draft!), limits)), firstColumn };
    },
    enabled: draft !== null,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft?.input.key ? previous : undefined,
    structuralSharing: false,
  });
}

export function useCheck(): UseQueryResult<CheckResult> {
  const engine = useEngine();
  const draft = useSettled();
  return useQuery({
    ...checkOf(engine, draft),
    enabled: draft !== null,
    // Names and columns of another input would be taken for this one's.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft?.input.key ? previous : undefined,
  });
}

function checkOf(engine: EngineClient, draft: Draft | null) {
  return {
    queryKey: ['check', draft?.input.key, draft?.config, boundKey(draft)],
    queryFn: async (): Promise<CheckResult> => {
      // The engine answers one after the other, and what is looked at is the preview: it asks first.
      await Promise.resolve();
      return engine.check(draft!.config, bindingsOf(draft!));
    },
  };
}

/** A click opens pickers for some seconds; a name that takes longer is not waited for. */
const NAME_MS = 2_000;

/**
 * Asks for the name of the first file that the plan as it stands makes: what is shown may still be of the plan before. Gives
 * `shown` where it cannot be told soon.
 */
export function useFirstName(): (shown: string) => Promise<string> {
  const engine = useEngine();
  const queries = useQueryClient();
  const { drafts } = useSession();
  return async (shown) => {
    const asked = { ...checkOf(engine, drafts.getState().draft), staleTime: Infinity };
    const late = new Promise<string>((resolve) => setTimeout(resolve, NAME_MS, shown));
    const checked = queries.fetchQuery(asked).then(({ fileNames }) => fileNames[0] ?? shown);
    return Promise.race([checked.catch(() => shown), late]);
  };
}

/** Tells apart what answers depend on beside the plan and its own input. */
export function boundKey(draft: Draft | null): string {
  if (draft === null) return '';
  const { secretsAt, template, files = {} } = draft;
  return JSON.stringify([secretsAt, template?.watermarks, othersKey(draft), Object.keys(files)]);
}

/** The draft at once, unless changes follow each other as in typing: then as soon as they pause. */
export function useSettled(): Draft | null {
  return useStore(settledOf(useSession().drafts));
}

/** One for all who ask about a draft, so that what a change sets off is asked, and rendered, once. */
const settled = new WeakMap<DraftStore, StoreApi<Draft | null>>();

function settledOf(drafts: DraftStore): StoreApi<Draft | null> {
  const known = settled.get(drafts);
  if (known !== undefined) return known;
  const store = createStore<Draft | null>(() => drafts.getState().draft);
  let changedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  drafts.subscribe(({ draft }, before) => {
    if (draft === before.draft) return;
    clearTimeout(timer);
    const now = performance.now();
    const isAtRest = now - changedAt > REST_MS || draft?.input.key !== store.getState()?.input.key;
    changedAt = now;
    const settle = () => store.setState(draft, true);
    if (isAtRest) settle();
    else timer = setTimeout(settle, SETTLE_MS);
  });
  settled.set(drafts, store);
  return store;
}

export interface Rehearsal {
  /** What the last rehearsal of a plan over this input found; null before the first is done, or when it was broken off. */
  report: Report | null;
  /** How far the one under way is. */
  progress: Progress | null;
  /** Whether `report` is of the plan as it stands now. */
  isCurrent: boolean;
  isRunning: boolean;
  /** Whether it starts only when asked for. */
  isTooLarge: boolean;
  /** Whether it can be asked for: rows that are read once, and a machine at work, are the export's. */
  canStart: boolean;
  /** Starts it now, whatever the size. */
  start(): void;
}

/**
 * A full run without delivery, one for all who ask: exact rows, losses and sizes. Starts by itself a little after the last
 * change of the plan, and is broken off by any change and by an export.
 */
export function useRehearsal(): Rehearsal {
  const engine = useEngine();
  const queries = useQueryClient();
  const draft = useDraft((state) => state.draft);
  const rested = useRested(draft);
  const isBusy = useRun(isExporting);
  const config = useMemo(() => draft && measuredConfig(draft.config), [draft]);
  const restedConfig = useMemo(() => rested && measuredConfig(rested.config), [rested]);
  const bound = boundKey(rested);
  const key = useMemo(
    () => ['rehearse', rested?.input.key, restedConfig, bound] as const,
    [rested?.input.key, restedConfig, bound],
  );
  const progressKey = useMemo(() => ['rehearsing', ...key.slice(1)], [key]);
  const inputs = rested === null ? [] : [rested.input, ...rested.others.values()];
  const isTooLarge = rested !== null && !isRehearsedUnasked(inputs);
  const canStart = rested !== null && inputs.every(canRehearse) && !isBusy;

  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const report = await engine.rehearse(restedConfig!, bindingsOf(rested!), {
        signal,
        onProgress: (progress) => queries.setQueryData(progressKey, progress),
      });
      queries.setQueryData(progressKey, null);
      return report;
    },
    enabled: canStart && !isTooLarge,
    placeholderData: (previous, before) =>
      before?.queryKey[1] === rested?.input.key ? previous : undefined,
    structuralSharing: false,
  });
  const progress = useQuery<Progress | null>({
    queryKey: progressKey,
    queryFn: () => null,
    enabled: false,
  });
  const { refetch } = query;
  const isStale = rested !== null && !isSameJson(config, restedConfig);
  useEffect(() => {
    // At once, not when the change has rested: the preview of it wants the processor.
    if (isBusy || isStale) void queries.cancelQueries({ queryKey: ['rehearse'] });
  }, [isBusy, isStale, queries]);
  const isMissing =
    canStart &&
    !isTooLarge &&
    !isStale &&
    (query.isPending || query.isPlaceholderData) &&
    !query.isFetching;
  useEffect(() => {
    // A change that was taken back comes to the plan whose rehearsal it broke off.
    if (isMissing) void refetch({ cancelRefetch: false });
  }, [isMissing, refetch]);

  const [isWanted, setWanted] = useState(false);
  const start = useCallback(() => {
    if (!canStart) return;
    // A change that has not rested yet would break it off.
    if (isStale) setWanted(true);
    else void refetch({ cancelRefetch: false });
  }, [canStart, isStale, refetch]);
  useEffect(() => {
    if (!isWanted || isStale) return;
    setWanted(false);
    start();
  }, [isWanted, isStale, start]);
  const report = query.data ?? null;
  return {
    report: report?.outcome === 'cancelled' ? null : report,
    progress: query.isFetching ? (progress.data ?? null) : null,
    isCurrent: report !== null && !query.isPlaceholderData && isSameJson(config, restedConfig),
    isRunning: query.isFetching || isWanted,
    isTooLarge,
    canStart,
    start,
  };
}

/** The part of a plan that decides what comes out, not where it goes. */
export function measuredConfig(config: ExportConfig): ExportConfig {
  return {
    ...config,
    outputs: config.outputs.map((output) => ({
      ...output,
      delivery: { ...output.delivery, options: {} },
      ifExists: 'replace' as const,
      verify: { ...output.verify, readBack: false, values: undefined },
    })),
  };
}

/** Whether an export is asked for or under way, which has the machine for itself. */
export function isExporting({ run, runs }: RunsState): boolean {
  return run.kind === 'asking' || runs.some(isUnderWay);
}

/** Whether the question was answered, or failed: until then those behind it wait. One nobody asked yet is not. */
export function isSettled(queries: QueryClient, key: readonly unknown[]): boolean {
  const status = queries.getQueryState(key)?.status;
  return status !== undefined && status !== 'pending';
}

/** Rows that can be read only once are the run's. */
function canRehearse({ data }: Input): boolean {
  return !('rows' in data) || !data.rows.once;
}

function isRehearsedUnasked(inputs: readonly Input[]): boolean {
  let rows = 0;
  let bytes = 0;
  for (const { data, sizeBytes, name } of inputs)
    if ('rows' in data) rows += data.rows.rowCount ?? Infinity;
    // Packed text is about a tenth of itself.
    else bytes += (sizeBytes ?? Infinity) * (/\.gz(ip)?$/i.test(name) ? 10 : 1);
  return rows <= MOST_REHEARSED_ROWS && bytes <= MOST_REHEARSED_BYTES;
}

function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The draft once it has been left alone for a while. */
export function useRested(draft: Draft | null): Draft | null {
  const [rested, setRested] = useState<Draft | null>(null);
  const isOther = rested?.input.key !== draft?.input.key;
  useEffect(() => {
    const timer = setTimeout(() => setRested(draft), REHEARSE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return isOther ? null : rested;
}
