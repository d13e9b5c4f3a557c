// The studio as a dialog in a host's page: over what the host hands it, closed when the host says so.
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, ExportError } from '../contract/errors.ts';
import type { Report } from '../contract/report.ts';
import type { ExportStore } from '../contract/store.ts';
import type { EngineClient } from '../worker/client.ts';
import { CommandsContext, createCommands, useKeys } from './commands.tsx';
import type { DialogSource } from './dialog-source.ts';
import { Button } from './kit/Button.tsx';
import { Icon } from './kit/Icon.tsx';
import { useModal } from './kit/Modal.tsx';
import { messages } from './messages.en.ts';
import type { Session } from './session.tsx';
import type { Theme } from './theme.ts';
import styles from './ExportDialog.module.css';

const loadStudio = () => import('./Studio.tsx');
const Studio = /* @__PURE__ */ lazy(async () => ({ default: (await loadStudio()).Studio }));

export interface ExportDialogProps {
  client: EngineClient;
  /** At least one; the first is chosen. Read when the dialog opens. */
  sources: readonly DialogSource[];
  isOpen: boolean;
  /** Asked for by the person; the host then sets `isOpen` to false. */
  onClose(): void;
  /** Title of the dialog. Default `Export`. */
  title?: string;
  /** One line beside the title on what is exported, such as `what the table shows, all pages`. */
  says?: string;
  /** A plan to begin with, as templates hold it. */
  config?: ExportConfig;
  /** Default: as `data-theme` says on the dialog's surroundings, or else as the system has it. */
  theme?: Theme;
  /**
   * Where templates and the history are kept; it stays the host's to close. Read when the dialog opens. Default: the
   * browser's, one for all of an origin. null: nothing is kept, neither these nor which delivery was chosen last.
   */
  store?: ExportStore | null;
  /** Told of each export that ended, however it did. */
  onExport?(report: Report): void;
}

/** Mounts nothing while closed; opened anew it begins anew. */
export function ExportDialog(props: ExportDialogProps) {
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog(props: ExportDialogProps) {
  const { onClose, title, says, theme } = props;
  const words = messages.dialog;
  const [isLeaving, setLeaving] = useState(false);
  const [commands] = useState(createCommands);
  const { session, problem } = useHostSession(props);

  const leave = () => {
    if (session !== null && isAnyUnderWay(session)) setLeaving(true);
    else onClose();
  };
  const modal = useModal(leave);
  useHeldPage();
  useKeys(commands, modal.ref);

  const name = title ?? messages.runBar.export;
  const top = (
    <>
      <header className={styles.top} data-region="top">
        <h1>{name}</h1>
        {says === undefined ? null : <span className={styles.says}>{says}</span>}
        <Button look="icon" aria-label={words.close} onClick={leave}>
          <Icon name="close" />
        </Button>
      </header>
      {isLeaving ? (
        <div className={styles.leaving} role="alert">
          <p>{words.underWay}</p>
          <Button ref={focusNow} onClick={() => setLeaving(false)}>
            {words.stay}
          </Button>
          <Button onClick={onClose}>{words.cancelAndClose}</Button>
        </div>
      ) : null}
    </>
  );
  const waiting = (
    <>
      {top}
      <p className={problem === null ? styles.waiting : styles.problem} role="status">
        {problem ?? words.reading}
      </p>
    </>
  );
  return (
    <CommandsContext value={commands}>
      <dialog
        {...modal}
        className={`export-studio ${styles.dialog}`}
        aria-label={name}
        data-theme={theme}
      >
        {session ? (
          <Suspense fallback={waiting}>
            <Studio
              session={session}
              top={top}
              problem={problem}
              onOpenFile={null}
              onClose={leave}
            />
          </Suspense>
        ) : (
          waiting
        )}
      </dialog>
    </CommandsContext>
  );
}

/** The session over what the host handed in; null until its rows are known. */
function useHostSession({ client, sources, config, store, onExport }: ExportDialogProps): {
  session: Session | null;
  problem: string | null;
} {
  const [session, setSession] = useState<Session | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const told = useRef(onExport);
  useEffect(() => {
    told.current = onExport;
  });
  useEffect(() => {
    let mine: Session | undefined;
    let isGone = false;
    const open = async () => {
      const { bindSource, createSession, loadPlan, openInputs } = await loadStudio();
      if (isGone) return;
      const made = createSession(client, store);
      mine = made;
      made.opensFiles = false;
      if (sources.length === 0)
        throw new ExportError('config.invalid', {
          detail: messages.dialog.noSources,
          path: 'sources',
        });
      const [inputs] = await Promise.all([Promise.all(sources.map(bindSource)), made.openStore()]);
      await openInputs(made, inputs);
      if (isGone) return;
      if (config) loadPlan(made, config);
      made.runs.subscribe(({ runs }, before) => {
        for (const run of runs) {
          if (before.runs.some((each) => each.id === run.id && each.kind === run.kind)) continue;
          if ('report' in run && run.report !== null) told.current?.(run.report);
        }
      });
      setSession(made);
    };
    open().catch((thrown: unknown) => {
      if (isGone) return;
      const { message, hint } = asExportError(thrown);
      setProblem(`${message} ${hint}`);
    });
    return () => {
      isGone = true;
      mine?.close();
      setSession(null);
    };
    // Hosts make the list anew at each render: what counts is what it was when the dialog opened.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  return { session, problem };
}

function isAnyUnderWay(session: Session): boolean {
  const { runs } = session.runs.getState();
  return runs.some(({ kind }) => kind === 'running' || kind === 'waiting');
}

/** Dialogs that hold the page, and what its root had before the first did: in whatever order they close, it has it back. */
let held = 0;
let before = { overflow: '', scrollbarGutter: '' };

/** Holds the host's page where it is scrolled to while the dialog stands. */
function useHeldPage(): void {
  useEffect(() => {
    const { style, clientWidth } = document.documentElement;
    if (held++ === 0) {
      before = { overflow: style.overflow, scrollbarGutter: style.scrollbarGutter };
      // The page does not move sideways when its scroll bar goes.
      if (window.innerWidth > clientWidth) style.scrollbarGutter = 'stable';
      style.overflow = 'hidden';
    }
    return () => {
      if (--held === 0) Object.assign(style, before);
    };
  }, []);
}

function focusNow(element: HTMLElement | null): void {
  element?.focus();
}
