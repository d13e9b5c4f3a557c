// The export under way or just ended: how it stands, how to start and to cancel it.
import { createStore, type StoreApi } from 'zustand';
import type { ErrorData } from '../../contract/errors.ts';
import { asExportError } from '../../contract/errors.ts';
import type { Progress, Report } from '../../contract/report.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import type { EngineClient } from '../../worker/client.ts';
import { bindingsOf, outputOf, type Draft, type DraftStore } from '../draft.ts';
import { pickTarget } from './targets.ts';

export type RunState =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'running'; name: string; progress: Progress | null; isCancelling: boolean }
  | { kind: 'completed'; report: Report }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: ErrorData; report: Report | null };

export interface RunsState {
  run: RunState;
  /** Must be called in a click: pickers and permission prompts open only then. */
  start(client: EngineClient, catalogue: Catalogue, fileName: string): Promise<void>;
  cancel(): void;
  /** Back to the plan. */
  dismiss(): void;
}

export type RunStore = StoreApi<RunsState>;

/** Runs over the plans of one draft store. */
export function createRunStore(drafts: DraftStore): RunStore {
  return createStore<RunsState>()((set, get) => {
    let abort = new AbortController();

    const isUnderWay = () => ['asking', 'running'].includes(get().run.kind);

    const perform = async (
      client: EngineClient,
      catalogue: Catalogue,
      fileName: string,
      draft: Draft,
    ): Promise<RunState> => {
      const output = outputOf(draft.config);
      const card = catalogue.deliveries.find((each) => each.id === output.delivery.id);
      let target: unknown;
      if (card) {
        set({ run: { kind: 'asking' } });
        const picked = await pickTarget(card, draft.config, fileName, draft.folder);
        if (picked === undefined) return { kind: 'idle' };
        target = picked.target;
        if (picked.folder && picked.folder !== draft.folder)
          drafts.getState().setFolder(picked.folder);
      }
      abort = new AbortController();
      const name = target instanceof FileSystemFileHandle ? target.name : fileName;
      set({ run: { kind: 'running', name, progress: null, isCancelling: false } });
      const bindings = bindingsOf(draft);
      const { report } = await client.run(
        draft.config,
        {
          ...bindings,
          targets: target === undefined ? {} : { [output.id]: target },
          jobId: crypto.randomUUID(),
        },
        {
          signal: abort.signal,
          onProgress: (progress) =>
            set(({ run }) => (run.kind === 'running' ? { run: { ...run, progress } } : {})),
        },
      );
      if (report.outcome === 'completed') return { kind: 'completed', report };
      if (report.outcome === 'cancelled') return { kind: 'cancelled' };
      const error = report.error ?? asExportError(new Error('the run failed')).toJSON();
      return { kind: 'failed', error, report };
    };

    return {
      run: { kind: 'idle' },
      async start(client, catalogue, fileName) {
        const { draft } = drafts.getState();
        if (draft === null || isUnderWay()) return;
        try {
          set({ run: await perform(client, catalogue, fileName, draft) });
        } catch (error) {
          set({ run: { kind: 'failed', error: asExportError(error).toJSON(), report: null } });
        }
      },
      cancel() {
        set(({ run }) => (run.kind === 'running' ? { run: { ...run, isCancelling: true } } : {}));
        abort.abort();
      },
      dismiss: () => set(() => (isUnderWay() ? {} : { run: { kind: 'idle' } })),
    };
  });
}
