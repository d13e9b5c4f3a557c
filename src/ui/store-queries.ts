// What the pages ask the stores of templates and history; every change, of other tabs too, asks anew.
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { asExportError, type ExportError } from '../contract/errors.ts';
import type {
  ExportHistoryEntry,
  ExportStore,
  HistoryFilter,
  ListedTemplate,
  Persistence,
  Retention,
  StoreChange,
} from '../contract/store.ts';

const KEYS = {
  templates: ['store', 'templates'],
  history: ['store', 'history'],
  settings: ['store', 'settings'],
} as const;

function forget(queries: QueryClient, change: StoreChange): void {
  void queries.invalidateQueries({ queryKey: change === 'cleared' ? ['store'] : KEYS[change] });
}

/** Keeps the answers in step with the store as long as the component stands. */
function useStoreChanges(store: ExportStore): void {
  const queries = useQueryClient();
  useEffect(() => {
    // Something may have changed since the answers that are still there.
    forget(queries, 'cleared');
    return store.onChange((change) => forget(queries, change));
  }, [queries, store]);
}

export function useTemplates(
  store: ExportStore,
  search = '',
): UseQueryResult<ListedTemplate[], ExportError> {
  useStoreChanges(store);
  return useQuery({
    queryKey: [...KEYS.templates, search],
    queryFn: () => store.templates.list({ search }),
    placeholderData: keepPreviousData,
  });
}

export function useHistory(
  store: ExportStore,
  filter: HistoryFilter = {},
): UseQueryResult<ExportHistoryEntry[], ExportError> {
  useStoreChanges(store);
  return useQuery({
    queryKey: [...KEYS.history, filter],
    queryFn: () => store.history.list(filter),
    placeholderData: keepPreviousData,
  });
}

export function useRetention(store: ExportStore): UseQueryResult<Retention, ExportError> {
  return useQuery({
    queryKey: [...KEYS.settings, 'retention'],
    queryFn: () => store.history.retention(),
  });
}

export function usePersistence(store: ExportStore): UseQueryResult<Persistence, ExportError> {
  return useQuery({
    queryKey: [...KEYS.settings, 'persistence'],
    queryFn: () => store.persistence(),
  });
}

/** Whether the browser threw the stored things away while the component stood. */
export function useWasCleared(store: ExportStore): boolean {
  const [wasCleared, setWasCleared] = useState(false);
  useEffect(
    () =>
      store.onChange((change) => {
        if (change === 'cleared') setWasCleared(true);
      }),
    [store],
  );
  return wasCleared;
}

/** One change of a store; the answers follow by the store's own word. Its error is always an ExportError. */
export function useStoreChange<Given, Result>(
  change: (given: Given) => Promise<Result>,
): UseMutationResult<Result, ExportError, Given> {
  return useMutation({
    networkMode: 'always',
    mutationFn: async (given: Given) => {
      try {
        return await change(given);
      } catch (thrown) {
        throw asExportError(thrown);
      }
    },
  });
}
