// The studio as a page's whole content: top bar, the drop target that covers the window, and the plan once something is open.
import {
  Suspense,
  lazy,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError } from '../contract/errors.ts';
import type { ExportStore } from '../contract/store.ts';
import type { EngineClient } from '../worker/client.ts';
import { CommandsContext, createCommands, useKeys, type Commands } from './commands.tsx';
import type { PlanTemplate } from './draft.ts';
import type { Input } from './input.ts';
import { Button } from './kit/Button.tsx';
import { messages } from './messages.en.ts';
import { nextRegion } from './regions.ts';
import { EmptyRunBar } from './run/EmptyRunBar.tsx';
import type { Session } from './session.tsx';
import { FirstScreen } from './source/FirstScreen.tsx';
import { NO_SAMPLES, openSample, type Sample } from './source/samples.ts';
import { usePaste } from './source/use-paste.ts';
import { useFileDrop } from './source/use-file-drop.ts';
import { useTheme } from './theme.ts';
import { TopBar, type View } from './TopBar.tsx';
import drop from './source/source.module.css';
import styles from './App.module.css';

const loadStudio = () => import('./Studio.tsx');
const Studio = lazy(async () => ({ default: (await loadStudio()).Studio }));
const RunsSlot = lazy(async () => ({ default: (await loadStudio()).RunsSlot }));
const StoredSlot = lazy(async () => ({ default: (await loadStudio()).StoredSlot }));
const StoredPage = lazy(async () => ({ default: (await loadStudio()).StoredPage }));
const CommandPalette = lazy(async () => ({
  default: (await import('./palette/CommandPalette.tsx')).CommandPalette,
}));
const StoredAddress = lazy(() => import('./source/StoredAddress.tsx'));
const KeyList = lazy(async () => ({ default: (await import('./palette/KeyList.tsx')).KeyList }));

export interface ExportStudioProps {
  client: EngineClient;
  /** Files that the first screen offers to try it on. None by default. */
  samples?: readonly Sample[];
  /**
   * Where templates and the history are kept; it stays the host's to close. Default: the browser's, one for all of an
   * origin. null: nothing is kept, neither these nor which delivery was chosen last. With another one, as with another
   * client, it begins anew.
   */
  store?: ExportStore | null;
}

/** A plan that was loaded before there was anything to export with it. */
interface Pending {
  name: string;
  config: ExportConfig;
  template: PlanTemplate | null;
}

export function App({ client, samples = NO_SAMPLES, store }: ExportStudioProps) {
  const root = useRef<HTMLDivElement>(null);
  const [theme, switchTheme] = useTheme(root);
  const [commands] = useState(createCommands);
  const [chosenView, setView] = useState<View>('studio');
  const view = store === null ? 'studio' : chosenView;
  const [floating, setFloating] = useState<'palette' | 'keys' | null>(null);
  const [pending, setPending] = useState<Pending | null>(null);
  /** A stored plan that says itself where its data is. */
  const [address, setAddress] = useState<Pending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { session, getSession } = useLateSession(client, store);
  const hasDraft = useHasDraft(session);

  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      setProblem(null);
    } catch (error) {
      const { message, hint } = asExportError(error);
      setProblem(`${message} ${hint}`.trim());
    }
  };
  const open = (inputs: readonly Input[]) =>
    attempt(async () => {
      const mine = await getSession();
      const { loadPlan, openInputs } = await loadStudio();
      if (!(await openInputs(mine, inputs))) return;
      if (pending !== null) loadPlan(mine, pending.config, pending.template);
      setPending(null);
      setView('studio');
    });
  const load = (config: ExportConfig, name: string, template: PlanTemplate | null = null) => {
    if (session !== null && 'origin' in config.sources[0]!.from) {
      setAddress({ name, config, template });
      return;
    }
    if (session !== null && hasDraft) {
      // The plan is what is shown then, not the export that was.
      session.runs.getState().dismiss();
      session.drafts.getState().loadConfig(config, template);
    } else setPending({ name, config, template });
    setView('studio');
  };
  const openFiles = (files: Iterable<File>) => void open([...files].map(inputOfFile));
  const chooseFile = () => input.current?.click();
  const chooseFolder = () =>
    attempt(async () => {
      const { pickedFolder } = await import('./source/dropped-folder.ts');
      const inputs = await pickedFolder();
      if (inputs !== null) await open(inputs);
    });
  const isOver = useFileDrop((files, entries) => {
    if (entries === null) openFiles(files);
    else
      void attempt(async () => {
        const { droppedInputs } = await import('./source/dropped-folder.ts');
        await open(await droppedInputs(entries));
      });
  });
  usePaste(root, openFiles);
  useKeys(commands, root);
  useOffers(commands, {
    open: chooseFile,
    openFolder: () => void chooseFolder(),
    theme: switchTheme,
    palette: () => setFloating('palette'),
    keys: () => setFloating('keys'),
    studio: () => setView('studio'),
    ...(store !== null && {
      templates: () => void attempt(async () => (await getSession(), setView('templates'))),
      history: () => void attempt(async () => (await getSession(), setView('history'))),
    }),
    nextRegion: () => nextRegion(root.current, 1),
    previousRegion: () => nextRegion(root.current, -1),
  });

  const top = (
    <TopBar
      view={view}
      views={store === null ? ['studio'] : ['studio', 'templates', 'history']}
      runs={
        session && (
          <Suspense fallback={null}>
            <RunsSlot session={session} onShow={() => setView('studio')} />
          </Suspense>
        )
      }
    />
  );
  const stored = session && (
    <Suspense fallback={null}>
      <StoredSlot session={session} onLoad={load} onView={setView} />
    </Suspense>
  );
  const close = () => setFloating(null);
  return (
    <CommandsContext value={commands}>
      <div ref={root} className="export-studio" data-theme={theme ?? undefined}>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          data-testid="file"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            // The same file may be chosen again.
            event.currentTarget.value = '';
            openFiles(files);
          }}
        />
        {view !== 'studio' && session ? (
          <Suspense fallback={<Frame top={top}>{null}</Frame>}>
            <StoredPage session={session} view={view} top={top} onLoad={load} onView={setView} />
          </Suspense>
        ) : session && hasDraft ? (
          <Suspense fallback={<Frame top={top}>{null}</Frame>}>
            <Studio
              session={session}
              top={top}
              onOpenFile={chooseFile}
              problem={problem}
              stored={stored}
            />
          </Suspense>
        ) : (
          <Frame top={top}>
            <FirstScreen
              client={client}
              isOver={isOver}
              problem={problem}
              pending={
                pending && (
                  <p className={drop.pending} role="status">
                    {messages.first.pending(pending.name)}
                    <Button look="link" onClick={() => setPending(null)}>
                      {messages.first.forget}
                    </Button>
                  </p>
                )
              }
              rail={stored}
              samples={samples}
              onOpenFile={chooseFile}
              onOpenFolder={() => void chooseFolder()}
              onOpen={(inputs) => void open(inputs)}
              onSample={(sample) => void attempt(async () => open([await openSample(sample)]))}
              onPaste={(files) => openFiles(files)}
              onProblem={setProblem}
            />
          </Frame>
        )}
        {isOver && hasDraft ? (
          <div className={drop.over} data-dropping>
            {messages.first.dropHere}
          </div>
        ) : null}
        {address === null || session === null ? null : (
          <Suspense fallback={null}>
            <StoredAddress
              session={session}
              plan={address}
              onOpened={() => {
                setPending(null);
                setProblem(null);
                setView('studio');
              }}
              onClose={() => setAddress(null)}
            />
          </Suspense>
        )}
        {floating === null ? null : (
          <Suspense fallback={null}>
            {floating === 'keys' ? (
              <KeyList onClose={close} />
            ) : (
              <CommandPalette
                client={client}
                session={session}
                samples={samples}
                onSample={(sample) => void attempt(async () => open([await openSample(sample)]))}
                onLoad={load}
                onClose={close}
              />
            )}
          </Suspense>
        )}
      </div>
    </CommandsContext>
  );
}

/** The session, made when it is first needed: its code is no part of what the first screen waits for. */
function useLateSession(
  client: EngineClient,
  store: ExportStore | null | undefined,
): {
  session: Session | null;
  getSession: () => Promise<Session>;
} {
  const [session, setSession] = useState<Session | null>(null);
  const started = useRef<Promise<Session> | null>(null);
  const getSession = useCallback(() => {
    if (started.current !== null) return started.current;
    const mine = loadStudio().then(async ({ createSession }) => {
      const made = createSession(client, store);
      await made.openStore();
      if (started.current === mine) setSession(made);
      return made;
    });
    mine.catch(() => {
      if (started.current === mine) started.current = null;
    });
    started.current = mine;
    return mine;
  }, [client, store]);
  useEffect(() => {
    // Fetched while nobody waits for it; should that fail, opening a file tries again and says so.
    getSession().catch(() => {});
    return () => {
      started.current?.then(
        (mine) => mine.close(),
        () => {},
      );
      started.current = null;
      setSession(null);
    };
  }, [getSession]);
  return { session, getSession };
}

function useHasDraft(session: Session | null): boolean {
  const subscribe = useCallback(
    (notify: () => void) => session?.drafts.subscribe(notify) ?? (() => {}),
    [session],
  );
  return useSyncExternalStore(
    subscribe,
    () => session !== null && session.drafts.getState().draft !== null,
  );
}

/** Offers what the page itself can do, always as it was last rendered. */
function useOffers(
  commands: Commands,
  offers: Partial<Record<Parameters<Commands['offer']>[0], () => void>>,
): void {
  const latest = useRef(offers);
  useEffect(() => {
    latest.current = offers;
  });
  const all = Object.keys(offers).join(' ');
  useEffect(() => {
    const ids = all.split(' ') as (keyof typeof offers)[];
    const ends = ids.map((id) => commands.offer(id, () => latest.current[id]?.()));
    return () => ends.forEach((end) => end());
  }, [commands, all]);
}

function inputOfFile(file: File): Input {
  return { name: file.name, sizeBytes: file.size, data: { bytes: file } };
}

function Frame({ top, children }: { top: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className={`${styles.app} ${styles.isFirst}`}>
      {top}
      {children}
      <EmptyRunBar />
    </div>
  );
}
