// What one studio or dialog holds: the engine's client, its plan, its page, its runs; several may stand on one page.
import { createContext, useContext } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { useStore } from 'zustand';
import { asExportError, type ErrorData } from '../contract/errors.ts';
import type { ExportStore } from '../contract/store.ts';
import type { EngineClient } from '../worker/client.ts';
import { createDraftStore } from './draft-store.ts';
import type { DraftState, DraftStore } from './draft.ts';
import { createPageStore, type PageState, type PageStore } from './page-state.ts';
import { createQueryClient } from './query-client.ts';
import { createRunStore, type RunsState, type RunStore } from './run/run-state.ts';

export interface Session {
  /** Begins the ids of its elements, so that two on one page never share one. */
  id: string;
  client: EngineClient;
  drafts: DraftStore;
  page: PageStore;
  runs: RunStore;
  queries: QueryClient;
  /** Whether a person may open files of their own; else the host says what there is. */
  opensFiles: boolean;
  /** Templates and history; null until they are open, and where nothing can be kept. */
  store: ExportStore | null;
  /** Why it is not open. */
  storeError: ErrorData | null;
  /** Opens the store; settles in any case, soon. */
  openStore(): Promise<void>;
  /** Lets go of what it holds; an export under way is cancelled. */
  close(): void;
}

let lastId = 0;

/** A store that an older tab blocks is not waited for longer than this. */
const STORE_LIMIT_MS = 1_000;

/** `given`: the host's own store, or null to keep nothing; without it the browser's is opened. */
export function createSession(client: EngineClient, given?: ExportStore | null): Session {
  const drafts = createDraftStore(given !== null);
  const page = createPageStore();
  drafts.subscribe(({ draft }, before) => {
    if (draft?.input.key !== before.draft?.input.key) page.getState().lookAnew();
  });
  let opening: Promise<void> | undefined;
  let isClosed = false;
  const open = async () => {
    const { openStore } = await import('../storage/open-store.ts');
    const store = await openStore(client);
    if (isClosed) store.close();
    else session.store = store;
  };
  const session: Session = {
    id: `export-studio-${++lastId}`,
    client,
    drafts,
    page,
    runs: createRunStore(
      drafts,
      () => session.store?.history ?? null,
      () => session.store?.templates ?? null,
    ),
    queries: createQueryClient(),
    opensFiles: true,
    store: given ?? null,
    storeError: null,
    openStore() {
      if (given !== undefined) return Promise.resolve();
      // Without it everything works but what is kept.
      opening ??= open().catch((error: unknown) => {
        session.storeError = asExportError(error).toJSON();
      });
      const late = new Promise<void>((resolve) => setTimeout(resolve, STORE_LIMIT_MS));
      return Promise.race([opening, late]);
    },
    close() {
      isClosed = true;
      const { runs, queries, store } = session;
      queries.clear();
      // What is cancelled has yet to be noted as such.
      void runs
        .getState()
        .close()
        .then(() => {
          if (given === undefined) store?.close();
          session.store = null;
        });
    },
  };
  return session;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session above this component');
  return session;
}

/** The id on this page of an element that this session has once. */
export function useOwnId(name: string): string {
  return `${useSession().id}-${name}`;
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
