// What the page asks the engine, as queries keyed by the plan: newer questions replace older ones, old answers stay shown meanwhile.
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Catalogue, CheckResult, Inspection, Preview } from '../contract/verbs.ts';
import { bindingsOf, type Draft } from './draft.ts';
import { useDraft, useEngine } from './session.tsx';

/** Rows and bytes of the output that the preview shows at most. */
const PREVIEW_LIMITS = { rows: 200, bytes: 16 * 1024 };
/** From the last keystroke to the question, once one change follows another. */
const SETTLE_MS = 80;
/** After this rest a change is asked at once. */
const REST_MS = 300;

export function useCatalogue(): UseQueryResult<Catalogue> {
  const engine = useEngine();
  return useQuery({ queryKey: ['catalogue'], queryFn: () => engine.catalogue() });
}

export function useInspection(): UseQueryResult<Inspection> {
  const engine = useEngine();
  const draft = useSettled(useDraft((state) => state.draft));
  const source = draft?.config.sources[0];
  return useQuery({
    queryKey: ['inspect', draft?.input.key, source, draft?.config.limits],
    queryFn: () => engine.inspect(draft!.config, bindingsOf(draft!)),
    enabled: draft !== null,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft?.input.key ? previous : undefined,
  });
}

export function usePreview(): UseQueryResult<Preview> {
  const engine = useEngine();
  const draft = useSettled(useDraft((state) => state.draft));
  return useQuery({
    queryKey: ['preview', draft?.input.key, draft?.config],
    queryFn: () => engine.preview(draft!.config, bindingsOf(draft!), PREVIEW_LIMITS),
    enabled: draft !== null,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft?.input.key ? previous : undefined,
    structuralSharing: false,
  });
}

export function useCheck(): UseQueryResult<CheckResult> {
  const engine = useEngine();
  const draft = useSettled(useDraft((state) => state.draft));
  return useQuery({
    queryKey: ['check', draft?.input.key, draft?.config, draft?.folder?.name],
    queryFn: () => engine.check(draft!.config, bindingsOf(draft!)),
    enabled: draft !== null,
    placeholderData: keepPreviousData,
  });
}

/** The draft at once, unless changes follow each other as in typing: then as soon as they pause. */
function useSettled(draft: Draft | null): Draft | null {
  const [settled, setSettled] = useState(draft);
  const changedAt = useRef(0);
  const isOther = settled?.input.key !== draft?.input.key;
  if (isOther) setSettled(draft);
  useEffect(() => {
    const now = performance.now();
    const wait = now - changedAt.current > REST_MS ? 0 : SETTLE_MS;
    changedAt.current = now;
    const timer = setTimeout(() => setSettled(draft), wait);
    return () => clearTimeout(timer);
  }, [draft]);
  return isOther ? draft : settled;
}
