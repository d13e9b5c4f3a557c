// The studio: what you have, the plan, what it will look like, and the run bar; loaded once a file is there.
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { Button } from './kit/Button.tsx';
import { Hidden } from './kit/fields.tsx';
import { messages } from './messages.en.ts';
import { Plan } from './plan/Plan.tsx';
import { allIssues } from './plan/step-issues.ts';
import { PreviewPane } from './preview/PreviewPane.tsx';
import { useCatalogue, useCheck, usePreview } from './queries.ts';
import { ErrorPanel } from './run/ErrorPanel.tsx';
import { Receipt } from './run/Receipt.tsx';
import { RunBar } from './run/RunBar.tsx';
import { RunPanel } from './run/RunPanel.tsx';
import { SourceDrawer, SourceLine, SourceRail } from './source/SourceRail.tsx';
import { useMedia } from './use-media.ts';
import drop from './source/source.module.css';
import styles from './App.module.css';
import {
  SessionContext,
  useDraft,
  useDraftActions,
  usePage,
  useRun,
  type Session,
} from './session.tsx';

export { openInputs } from './open-inputs.ts';
export { createSession } from './session.tsx';

interface ScreenProps {
  /** What stands above it all: the page's bar, the dialog's title. */
  top: ReactNode;
  problem: string | null;
  /** null where the host says what can be exported. */
  onOpenFile: (() => void) | null;
  /** In a dialog: closes it. */
  onClose?: () => void;
}

/** The four steps, the preview and the run bar over a session. */
export function Studio({ session, ...props }: ScreenProps & { session: Session }) {
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={session.queries}>
        <Screen {...props} />
      </QueryClientProvider>
    </SessionContext>
  );
}

function Screen({ top, onOpenFile, problem, onClose }: ScreenProps) {
  const isDialog = onClose !== undefined;
  const draft = useDraft((state) => state.draft!);
  const catalogue = useCatalogue().data;
  const check = useCheck().data;
  const previewError = usePreview().data?.error ?? null;
  const { run, dismiss } = useRun();
  const { pane, showPane } = usePage();
  const hasRail = useMedia('(min-width: 1181px)') && !isDialog;
  const isNarrow = useMedia('(max-width: 720px)');
  const { isSourceOpen, toggleSource } = usePage();
  const showSource = () => {
    dismiss();
    toggleSource(true);
  };
  useUndoKeys();
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
        <SourceRail {...source} onOpenFile={onOpenFile!} />
      ) : onOpenFile === null ? null : (
        <SourceLine
          draft={draft}
          isOpen={isSourceOpen}
          onToggle={() => toggleSource(!isSourceOpen)}
          onOpenFile={onOpenFile}
        />
      )}
      {isNarrow && !isReceipt ? (
        <nav className={styles.panes} aria-label={messages.panes.title}>
          {(['plan', 'preview'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={pane === each}
              onClick={() => showPane(each)}
            >
              {messages.panes[each]}
            </button>
          ))}
        </nav>
      ) : null}
      {isReceipt ? (
        <Receipt report={run.report} />
      ) : (
        <main className={styles.main}>
          {hasOwnHeading ? null : (
            <h1>
              <Hidden>{draft.config.name}</Hidden>
            </h1>
          )}
          <section className={styles.plan} aria-label={messages.plan}>
            {isSourceOpen && !hasRail ? (
              <SourceDrawer catalogue={catalogue} issues={issues} />
            ) : null}
            {problem === null ? null : (
              <p className={drop.problem} role="alert">
                {problem}
              </p>
            )}
            {run.kind === 'running' ? (
              <RunPanel run={run} />
            ) : run.kind === 'failed' ? (
              <ErrorPanel
                error={run.error}
                fileName={draft.input.name}
                actions={
                  <>
                    <Button onClick={dismiss}>{messages.runBar.backToPlan}</Button>
                    {run.error.code.startsWith('read.') ? (
                      <Button onClick={showSource}>{messages.source.changeRead}</Button>
                    ) : null}
                  </>
                }
              />
            ) : (
              <Plan catalogue={catalogue} issues={issues} />
            )}
          </section>
          <PreviewPane catalogue={catalogue} />
        </main>
      )}
      <RunBar draft={draft} catalogue={catalogue} issues={issues} {...(onClose && { onClose })} />
    </div>
  );
}

/** Undo and redo with the usual keys, except in a field, which undoes its own typing. */
function useUndoKeys(): void {
  const { undo, redo } = useDraftActions();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isChange = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
      if (!isChange) return;
      const { target } = event;
      if (target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type))
        return;
      if (target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [undo, redo]);
}
