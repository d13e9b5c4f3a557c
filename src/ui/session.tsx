// What one studio or dialog holds: the engine's client, its plan, its page, its runs; several may stand on one page.
import { createContext, useContext } from 'react';
import { QueryClient } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { EngineClient } from '../worker/client.ts';
import { createDraftStore, type DraftState, type DraftStore } from './draft.ts';
import { createPageStore, type PageState, type PageStore } from './page-state.ts';
import { createQueryClient } from './query-client.ts';
import { createRunStore, type RunsState, type RunStore } from './run/run-state.ts';

export interface Session {
  client: EngineClient;
  drafts: DraftStore;
  page: PageStore;
  runs: RunStore;
  queries: QueryClient;
}

export function createSession(client: EngineClient): Session {
  const drafts = createDraftStore();
  return {
    client,
    drafts,
    page: createPageStore(),
    runs: createRunStore(drafts),
    queries: createQueryClient(),
  };
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session above this component');
  return session;
}

export function useEngine(): EngineClient {
  return useSession().client;
}

/** A part of the draft's state, followed. */
export function useDraft<T>(select: (state: DraftState) => T): T {
  return useStore(useSession().drafts, select);
}

/** Ways to change the draft; they never change themselves. */
export function useDraftActions(): DraftState {
  return useSession().drafts.getState();
}

export function usePage(): PageState;
export function usePage<T>(select: (state: PageState) => T): T;
export function usePage<T>(select?: (state: PageState) => T): T | PageState {
  return useStore(useSession().page, select ?? ((state): T | PageState => state));
}

export function useRun(): RunsState;
export function useRun<T>(select: (state: RunsState) => T): T;
export function useRun<T>(select?: (state: RunsState) => T): T | RunsState {
  return useStore(useSession().runs, select ?? ((state): T | RunsState => state));
}
