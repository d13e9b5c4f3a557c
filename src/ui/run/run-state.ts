// The exports of a studio: those under way, waiting or ended, which of them is shown, and how to start and cancel them.
import { createStore, type StoreApi } from 'zustand';
import { asExportError, type ErrorData } from '../../contract/errors.ts';
import { forecastError } from '../../contract/forecast.ts';
import type { Foreseen } from '../../contract/foreseen.ts';
import { endedEntry, startedEntry } from '../../contract/history-entry.ts';
import type { DeliveryHandover } from '../../contract/delivery-plugin.ts';
import type { Progress, Report } from '../../contract/report.ts';
import type { ExportHistoryEntry, HistoryStore, TemplateStore } from '../../contract/store.ts';
import type { Catalogue, ExistsAnswer, RunOptions } from '../../contract/verbs.ts';
import type { EngineClient } from '../../worker/client.ts';
import { bindingsOf } from '../draft-bindings.ts';
import type { Draft, DraftStore } from '../draft.ts';
import { outputOf } from '../plan-parts.ts';
import { guardLeaving } from './leaving.ts';
import { foretell, type ExpectedRows } from './time-left.ts';
import { pickTarget } from './targets.ts';
import { watermarksOf } from './watermarks.ts';

/** How many exports work at once; the others wait in the order they were started. */
export const MOST_AT_ONCE = 3;
/** Ended exports that are kept to be looked at. */
const MOST_ENDED = 20;

/** What an export knows of itself from its start on. */
interface RunFacts {
  /** Job id. */
  id: string;
  /** Name of the file, or of the first of several. */
  name: string;
  /** The plan as it was when it was started, with what it reads. */
  draft: Draft;
  /** The picked file or folder, where there is one. */
  target: unknown;
  /** Rows of the source as far as they were known. */
  expected: ExpectedRows | null;
  /** What was foreseen of it when it was started. */
  foreseen: Foreseen | null;
  /** Milliseconds since 1970: when it was asked for, later when it began. */
  startedAt: number;
}

export type ExportRun = RunFacts &
  (
    | { kind: 'waiting' }
    | {
        kind: 'running';
        progress: Progress | null;
        isCancelling: boolean;
        /** What the whole would take, in ms, as last foretold. */
        foretold: readonly number[];
      }
    | {
        kind: 'completed';
        report: Report;
        handover: DeliveryHandover | null;
        /** Files that only the page had are somewhere else too. */
        isTaken?: boolean;
      }
    | { kind: 'cancelled'; report: Report | null }
    | { kind: 'failed'; error: ErrorData; report: Report | null }
  );

export type RunningRun = Extract<ExportRun, { kind: 'running' }>;
export type CompletedRun = Extract<ExportRun, { kind: 'completed' }>;

/** What the plan's place shows: the plan, or an export. */
export type RunState = { kind: 'idle' } | { kind: 'asking' } | ExportRun;

/** A file is there already, and an export waits for what is to become of it. */
export interface ExistsQuestion {
  runId: string;
  name: string;
  offers: readonly ExistsAnswer[];
  answer(choice: ExistsAnswer, isForAll: boolean): void;
}

export interface RunsState {
  /** In the order they came. */
  questions: readonly ExistsQuestion[];
  /** In the order they were started. */
  runs: readonly ExportRun[];
  run: RunState;
  /** Must be called in a click: pickers and permission prompts open only then, or very soon after, when the name is known. */
  start(
    client: EngineClient,
    catalogue: Catalogue,
    fileName: string | Promise<string>,
    expected?: ExpectedRows | null,
    foreseen?: Foreseen | null,
  ): Promise<void>;
  /** The same export once more, asking anew where it goes. Must be called in a click too. */
  startAgain(client: EngineClient, catalogue: Catalogue, id: string): Promise<void>;
  /** The one that is shown, or the one with this id. */
  cancel(id?: string): void;
  cancelAll(): void;
  /** Cancels all and starts none any more; settles once they have ended and are noted in the history. */
  close(): Promise<void>;
  show(id: string): void;
  /** Back to the plan; what is under way goes on. */
  dismiss(): void;
  /** The files of an export were shared or saved. */
  taken(id: string): void;
  /** Takes an ended export off the list. */
  forget(id: string): void;
}

export type RunStore = StoreApi<RunsState>;

export function isUnderWay(run: ExportRun): boolean {
  return run.kind === 'running' || run.kind === 'waiting';
}

/** Whether its files would be lost with the page. */
function isOnlyHere(run: ExportRun): boolean {
  return run.kind === 'completed' && run.handover?.kind === 'share' && !run.isTaken;
}

interface Asked {
  client: EngineClient;
  abort: AbortController;
  /** Exports that write to the same file, which have to end first. */
  after: readonly string[];
}

/** Exports over the plans of one draft store. `history` is asked each time, as it may open later or not at all. */
export function createRunStore(
  drafts: DraftStore,
  history: () => HistoryStore | null | Promise<HistoryStore | null> = () => null,
  templates: () => TemplateStore | null = () => null,
): RunStore {
  const asked = new Map<string, Asked>();

  const store = createStore<RunsState>()((set, get) => {
    const find = (id: string): ExportRun | undefined => get().runs.find((run) => run.id === id);

    /** Puts an export in the place of itself, and shows it if it is the one that is shown. */
    const put = (next: ExportRun): void =>
      set(({ runs, run }) => ({
        runs: withoutOldest(runs.map((each) => (each.id === next.id ? next : each))),
        run: 'id' in run && run.id === next.id ? next : run,
      }));

    /** Entries in the order they are made. An export is worth more than its entry: what cannot be kept breaks nothing. */
    let kept: Promise<unknown> = Promise.resolve();
    const remember = (entry: () => ExportHistoryEntry): void => {
      kept = kept.then(async () => (await history())?.put(entry())).catch(() => {});
    };

    /** Notes how far the plan's template was read; should that fail, the next run reads the same rows once more. */
    const moveWatermarks = async (
      { draft, startedAt }: RunFacts,
      report: Report,
    ): Promise<void> => {
      const { config, template } = draft;
      const store = templates();
      if (!template || store === null) return;
      const to = watermarksOf(config, report, startedAt);
      if (to.length === 0) return;
      try {
        const watermarks = await store.moveWatermarks(template.id, to, template.watermarks);
        drafts.getState().moveWatermarks({ id: template.id, watermarks });
      } catch {
        // The template may be gone by now.
      }
    };

    const askingAbout = (runId: string, signal: AbortSignal): RunOptions['onExists'] => {
      let forAll: ExistsAnswer | null = null;
      return (name, offers) =>
        new Promise((resolve) => {
          if (forAll !== null) return resolve(forAll);
          const settle = (choice: ExistsAnswer): void => {
            set(({ questions }) => ({ questions: questions.filter((each) => each !== question) }));
            resolve(choice);
          };
          const question: ExistsQuestion = {
            runId,
            name,
            offers,
            answer(choice, isForAll) {
              if (isForAll) forAll = choice;
              settle(choice);
            },
          };
          set(({ questions }) => ({ questions: [...questions, question] }));
          signal.addEventListener('abort', () => settle('stop'), { once: true });
        });
    };

    const endings = new Set<Promise<void>>();
    let isClosed = false;
    const perform = async (facts: RunFacts, { client, abort }: Asked): Promise<ExportRun> => {
      const { id, draft, target } = facts;
      const { config } = draft;
      const bindings = {
        ...bindingsOf(draft),
        targets: target === undefined ? {} : { [outputOf(config).id]: target },
        clock: () => facts.startedAt,
        jobId: id,
      };
      remember(() => startedEntry(id, config, bindings, facts.startedAt));
      const { report: made, handover } = await client.run(config, bindings, {
        signal: abort.signal,
        ...(outputOf(config).ifExists === 'ask' && { onExists: askingAbout(id, abort.signal) }),
        onProgress: (progress) => {
          const now = find(id);
          if (now?.kind === 'running')
            put({ ...now, progress, foretold: foretell(now.foretold, progress) });
        },
      });
      const forecast = facts.foreseen && forecastError(facts.foreseen, made);
      const report = forecast ? { ...made, forecast } : made;
      remember(() => endedEntry(report));
      if (report.outcome === 'completed') {
        await moveWatermarks(facts, report);
        return { ...facts, kind: 'completed', report, handover };
      }
      if (report.outcome === 'cancelled') return { ...facts, kind: 'cancelled', report };
      const error = report.error ?? asExportError(new Error('the run failed')).toJSON();
      return { ...facts, kind: 'failed', error, report };
    };

    /** Lets those begin whose turn it is. */
    const pump = (): void => {
      for (const run of get().runs) {
        const isFull = get().runs.filter((each) => each.kind === 'running').length >= MOST_AT_ONCE;
        if (isFull) return;
        const how = asked.get(run.id);
        if (run.kind !== 'waiting' || how === undefined) continue;
        if (how.after.some((id) => asked.has(id))) continue;
        const facts = { ...factsOf(run), startedAt: wholeSecond(Date.now()) };
        put({ ...facts, kind: 'running', progress: null, isCancelling: false, foretold: [] });
        const ending = perform(facts, how)
          .catch((thrown: unknown): ExportRun => {
            const error = asExportError(thrown).toJSON();
            return { ...facts, kind: 'failed', error, report: null };
          })
          .then((ended) => {
            asked.delete(ended.id);
            put(ended);
            pump();
            endings.delete(ending);
          });
        endings.add(ending);
      }
    };

    const ask = async (
      client: EngineClient,
      catalogue: Catalogue,
      draft: Draft,
      fileName: string | Promise<string>,
      expected: ExpectedRows | null,
      foreseen: Foreseen | null,
    ): Promise<void> => {
      if (get().run.kind === 'asking') return;
      const before = get().run;
      const facts: RunFacts = {
        id: crypto.randomUUID(),
        name: '',
        draft,
        target: undefined,
        expected,
        foreseen,
        startedAt: Date.now(),
      };
      try {
        const { delivery } = outputOf(draft.config);
        const card = catalogue.deliveries.find((each) => each.id === delivery.id);
        set({ run: { kind: 'asking' } });
        facts.name = await fileName;
        if (card) {
          const picked = await pickTarget(card, draft.config, facts.name, draft.folder);
          if (picked === undefined) {
            set({ run: before.kind === 'cancelled' ? { kind: 'idle' } : before });
            return;
          }
          facts.target = picked.target;
          if (picked.folder && picked.folder !== draft.folder) {
            facts.draft = { ...draft, folder: picked.folder };
            const shown = drafts.getState();
            if (shown.draft?.input.key === draft.input.key) shown.setFolder(picked.folder);
          }
        }
        const { target } = facts;
        if (target instanceof FileSystemFileHandle) facts.name = target.name;
        const after = await writingTo(target, get().runs.filter(isUnderWay));
        // The place was asked for by a plan that is gone.
        if (isClosed) return;
        asked.set(facts.id, { client, abort: new AbortController(), after });
        const run: ExportRun = { ...facts, kind: 'waiting' };
        set(({ runs }) => ({ runs: [...runs, run], run }));
        pump();
      } catch (thrown) {
        const error = asExportError(thrown).toJSON();
        const run: ExportRun = { ...facts, kind: 'failed', error, report: null };
        set(({ runs }) => ({ runs: [...runs, run], run }));
      }
    };

    const stop = (run: ExportRun): void => {
      const how = asked.get(run.id);
      if (run.kind === 'running') put({ ...run, isCancelling: true });
      if (run.kind === 'waiting') {
        asked.delete(run.id);
        put({ ...factsOf(run), kind: 'cancelled', report: null });
      }
      how?.abort.abort();
    };

    return {
      questions: [],
      runs: [],
      run: { kind: 'idle' },
      async start(client, catalogue, fileName, expected = null, foreseen = null) {
        const { draft } = drafts.getState();
        if (draft !== null) await ask(client, catalogue, draft, fileName, expected, foreseen);
      },
      async startAgain(client, catalogue, id) {
        const run = find(id);
        if (run === undefined || isUnderWay(run)) return;
        const { draft, name, expected, foreseen } = run;
        await ask(client, catalogue, draft, name, expected, foreseen);
      },
      cancel(id) {
        const { run } = get();
        const chosen = id === undefined ? run : find(id);
        if (chosen !== undefined && 'id' in chosen) stop(chosen);
      },
      cancelAll: () => get().runs.filter(isUnderWay).forEach(stop),
      async close() {
        isClosed = true;
        get().cancelAll();
        while (endings.size > 0) await Promise.all(endings);
        await kept;
      },
      show(id) {
        const run = find(id);
        if (run !== undefined && get().run.kind !== 'asking') set({ run });
      },
      dismiss: () => set(({ run }) => (run.kind === 'asking' ? {} : { run: { kind: 'idle' } })),
      taken(id) {
        const run = find(id);
        if (run?.kind === 'completed') put({ ...run, isTaken: true });
      },
      forget(id) {
        const run = find(id);
        if (run === undefined || isUnderWay(run)) return;
        set((state) => ({
          runs: state.runs.filter((each) => each.id !== id),
          run: 'id' in state.run && state.run.id === id ? { kind: 'idle' } : state.run,
        }));
      },
    };
  });
  store.subscribe(({ runs }) =>
    guardLeaving(
      store,
      runs.some((run) => isUnderWay(run) || isOnlyHere(run)),
    ),
  );
  return store;
}

function factsOf(run: ExportRun): RunFacts {
  const { id, name, draft, target, expected, foreseen, startedAt } = run;
  return { id, name, draft, target, expected, foreseen, startedAt };
}

/** The clock of a run, which stands in ZIP entries and file names: the command line can be told whole seconds only. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** Ids of exports that write to the same picked file. */
async function writingTo(target: unknown, runs: readonly ExportRun[]): Promise<string[]> {
  if (!(target instanceof FileSystemFileHandle)) return [];
  const isSame = await Promise.all(
    runs.map(
      async (run) =>
        run.target instanceof FileSystemFileHandle && (await target.isSameEntry(run.target)),
    ),
  );
  return runs.filter((_, i) => isSame[i]).map((run) => run.id);
}

/** Without the oldest ended ones once there are too many. */
function withoutOldest(runs: readonly ExportRun[]): readonly ExportRun[] {
  let over = runs.filter((run) => !isUnderWay(run)).length - MOST_ENDED;
  return over <= 0 ? runs : runs.filter((run) => isUnderWay(run) || isOnlyHere(run) || over-- <= 0);
}
