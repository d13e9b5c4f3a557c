// The studio: what you have, the plan, what it will look like, and the run bar; loaded once a file is there.
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { ExportConfig } from '../contract/config.ts';
import type { ExportHistoryEntry } from '../contract/store.ts';
import { useCommand } from './commands.tsx';
import { Hidden } from './kit/fields.tsx';
import { messages } from './messages.en.ts';
import { studioMessages } from './studio-messages.en.ts';
import { loadPlan, openInputs } from './open-inputs.ts';
import { Plan } from './plan/Plan.tsx';
import { allIssues } from './plan/step-issues.ts';
import type { PlanTemplate } from './draft.ts';
import type { PreviewTab, StepId } from './page-state.ts';
import { PreviewPane } from './preview/PreviewPane.tsx';
import { useCatalogue, useCheck, usePreview } from './queries.ts';
import { FailedRun } from './run/FailedRun.tsx';
import { RunBar } from './run/RunBar.tsx';
import { RunsButton } from './run/RunsButton.tsx';
import { RunPanel } from './run/RunPanel.tsx';
import { focusLater } from './regions.ts';
import { SourceDrawer, SourceLine, SourceRail } from './source/SourceRail.tsx';
import { StoredRail } from './source/StoredRail.tsx';
import { useMedia } from './use-media.ts';
import drop from './source/source.module.css';
import styles from './App.module.css';
import {
  SessionContext,
  useDraft,
  useDraftActions,
  useOwnId,
  usePage,
  useRun,
  useSession,
  type Session,
} from './session.tsx';

export { loadPlan, openInputs };
export { bindSource } from './dialog-source.ts';
export { createSession } from './session.tsx';

const TemplatesPage = lazy(async () => ({
  default: (await import('./templates/TemplatesPage.tsx')).TemplatesPage,
}));
const HistoryPage = lazy(async () => ({
  default: (await import('./history/HistoryPage.tsx')).HistoryPage,
}));
const loadReceipt = () => import('./run/Receipt.tsx');
const Receipt = lazy(async () => ({ default: (await loadReceipt()).Receipt }));
const AskExists = lazy(() => import('./run/AskExists.tsx'));
const SaveDialog = lazy(async () => ({
  default: (await import('./palette/SaveDialog.tsx')).SaveDialog,
}));

interface ScreenProps {
  /** What stands above it all: the page's bar, the dialog's title. */
  top: ReactNode;
  problem: string | null;
  /** null where the host says what can be exported. */
  onOpenFile: (() => void) | null;
  /** In a dialog: closes it. */
  onClose?: () => void;
  /** What is stored, at the foot of the rail. */
  stored?: ReactNode;
}

/** The four steps, the preview and the run bar over a session. */
export function Studio({ session, ...props }: ScreenProps & { session: Session }) {
  return (
    <SessionScope session={session}>
      <Screen {...props} />
    </SessionScope>
  );
}

/** Everything below it belongs to the session. */
export function SessionScope({ session, children }: { session: Session; children: ReactNode }) {
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={session.queries}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

/** The exports under way, in the top bar. */
export function RunsSlot({ session, onShow }: { session: Session; onShow: () => void }) {
  return (
    <SessionScope session={session}>
      <RunsButton onShow={onShow} />
    </SessionScope>
  );
}

/** Templates and recent exports for the rail; nothing where nothing is kept. */
export function StoredSlot({
  session,
  ...props
}: { session: Session } & Omit<Parameters<typeof StoredRail>[0], 'store'>) {
  if (session.store === null) return null;
  return (
    <SessionScope session={session}>
      <StoredRail store={session.store} {...props} />
    </SessionScope>
  );
}

/** The page of templates or of the history, under the top bar. */
export function StoredPage({
  session,
  view,
  top,
  onLoad,
  onView,
}: {
  session: Session;
  view: 'templates' | 'history';
  top: ReactNode;
  onLoad: (config: ExportConfig, name: string, template?: PlanTemplate) => void;
  onView: (view: 'templates') => void;
}) {
  const { store, storeError } = session;
  const save = async ({ name, config }: ExportHistoryEntry) => {
    if (config === null) return;
    await store?.templates.save({ name, config });
    onView('templates');
  };
  return (
    <SessionScope session={session}>
      <div className={`${styles.app} ${styles.isStored}`}>
        {top}
        <div className={styles.page} data-region="page">
          {store === null ? (
            <main>
              <div className={styles.notKept} role="alert">
                <h1>{messages.top.notKept}</h1>
                <p>{storeError?.sentence}</p>
                <p>{storeError?.hint}</p>
              </div>
            </main>
          ) : (
            <Suspense fallback={null}>
              {view === 'templates' ? (
                <TemplatesPage
                  store={store}
                  onLoad={({ config, name, id, watermarks = [] }) =>
                    onLoad(config, name, { id, watermarks })
                  }
                />
              ) : (
                <HistoryPage
                  store={store}
                  onRunAgain={({ config, name }) => config && onLoad(config, name)}
                  onSaveTemplate={save}
                />
              )}
            </Suspense>
          )}
        </div>
      </div>
    </SessionScope>
  );
}

function Screen({ top, onOpenFile, problem, onClose, stored }: ScreenProps) {
  const isDialog = onClose !== undefined;
  const draft = useDraft((state) => state.draft!);
  const catalogue = useCatalogue().data;
  const check = useCheck().data;
  const previewError = usePreview().data?.error ?? null;
  const session = useSession();
  const { run, startAgain, questions } = useRun();
  const [question] = questions;
  const { pane, showPane } = usePage();
  const hasRail = useMedia('(min-width: 1181px)') && !isDialog;
  const isNarrow = useMedia('(max-width: 720px)');
  const { isSourceOpen, toggleSource } = usePage();
  const openWritten = (file: File) =>
    void openInputs(session, [{ name: file.name, sizeBytes: file.size, data: { bytes: file } }]);
  const isRunning = run.kind === 'running';
  useEffect(() => {
    // There when it is needed, be the page's server gone by then.
    if (isRunning) loadReceipt().catch(() => {});
  }, [isRunning]);
  useStudioCommands();
  const [isSaving, setSaving] = useState(false);
  const { store } = useSession();
  useCommand('saveTemplate', () => setSaving(true), store !== null);
  if (catalogue === undefined) return null;
  const issues = allIssues(draft, check, previewError);
  const source = { draft, catalogue, issues };
  const isReceipt = run.kind === 'completed';
  const hasOwnHeading = run.kind !== 'failed' && !(isNarrow && pane === 'preview');
  return (
    <div
      className={[
        styles.app,
        pane === 'preview' && !isReceipt ? styles.isPreview : '',
        isDialog ? styles.isDialog : '',
      ].join(' ')}
    >
      {top}
      {hasRail ? (
        <SourceRail {...source} stored={stored} onOpenFile={onOpenFile!} />
      ) : onOpenFile === null ? null : (
        <SourceLine
          draft={draft}
          isOpen={isSourceOpen}
          onToggle={() => toggleSource(!isSourceOpen)}
          onOpenFile={onOpenFile}
        />
      )}
      {isNarrow && !isReceipt ? (
        <nav className={styles.panes} aria-label={studioMessages.panes.title}>
          {(['plan', 'preview'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={pane === each}
              onClick={() => showPane(each)}
            >
              {studioMessages.panes[each]}
            </button>
          ))}
        </nav>
      ) : null}
      {isReceipt ? (
        <Suspense fallback={<main className={styles.main} />}>
          <Receipt
            key={run.id}
            run={run}
            catalogue={catalogue}
            onAgain={() => void startAgain(session.client, catalogue, run.id)}
            onOpenFile={onOpenFile === null ? undefined : openWritten}
          />
        </Suspense>
      ) : (
        <main className={styles.main}>
          {hasOwnHeading ? null : (
            <h1>
              <Hidden>{draft.config.name}</Hidden>
            </h1>
          )}
          <section className={styles.plan} data-region="plan" aria-label={studioMessages.plan}>
            {isSourceOpen && !hasRail ? (
              <SourceDrawer catalogue={catalogue} issues={issues} />
            ) : null}
            {problem === null ? null : (
              <p className={drop.problem} role="alert">
                {problem}
              </p>
            )}
            {run.kind === 'running' || run.kind === 'waiting' ? (
              <RunPanel key={run.id} run={run} />
            ) : run.kind === 'failed' ? (
              <FailedRun key={run.id} run={run} catalogue={catalogue} />
            ) : (
              <Plan catalogue={catalogue} issues={issues} />
            )}
          </section>
          <PreviewPane catalogue={catalogue} />
        </main>
      )}
      {question ? (
        <Suspense fallback={null}>
          <AskExists key={`${question.runId} ${question.name}`} question={question} />
        </Suspense>
      ) : null}
      {isSaving && store ? (
        <Suspense fallback={null}>
          <SaveDialog store={store} draft={draft} onClose={() => setSaving(false)} />
        </Suspense>
      ) : null}
      <RunBar draft={draft} catalogue={catalogue} issues={issues} {...(onClose && { onClose })} />
    </div>
  );
}

/** Undo, the steps, the preview's tabs and the filter, as commands. */
function useStudioCommands(): void {
  const { undo, redo } = useDraftActions();
  const { openStep, showTab, showPane } = usePage();
  const ownId = useOwnId('');
  const open = (step: StepId) => () => {
    openStep(step);
    focusLater(`#${ownId}step-${step}`);
  };
  const show = (tab: PreviewTab) => () => {
    showPane('preview');
    showTab(tab);
    focusLater(`#${ownId}preview-tab-${tab}`);
  };
  useCommand('undo', undo);
  useCommand('redo', redo);
  useCommand('format', open('format'));
  useCommand('data', open('data'));
  useCommand('options', open('options'));
  useCommand('delivery', open('delivery'));
  useCommand('filter', () => {
    openStep('data');
    focusLater(`#${ownId}filter`, `#${ownId}step-data`);
  });
  useCommand('rows', show('rows'));
  useCommand('output', show('output'));
  useCommand('schema', show('schema'));
  useCommand('losses', show('losses'));
}
