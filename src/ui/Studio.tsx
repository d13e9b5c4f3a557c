// The studio: what you have, the plan, what it will look like, and the run bar; loaded once a file is there.
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useDraft } from './draft.ts';
import { Button } from './kit/Button.tsx';
import { Hidden } from './kit/fields.tsx';
import { messages } from './messages.en.ts';
import { usePage } from './page-state.ts';
import { Plan } from './plan/Plan.tsx';
import { allIssues } from './plan/step-issues.ts';
import { PreviewPane } from './preview/PreviewPane.tsx';
import { createQueryClient, useCatalogue, useCheck, usePreview } from './queries.ts';
import { ErrorPanel } from './run/ErrorPanel.tsx';
import { Receipt } from './run/Receipt.tsx';
import { RunBar } from './run/RunBar.tsx';
import { RunPanel } from './run/RunPanel.tsx';
import { useRun } from './run/run-state.ts';
import { SourceDrawer, SourceLine, SourceRail } from './source/SourceRail.tsx';
import { useMedia } from './use-media.ts';
import drop from './source/source.module.css';
import styles from './App.module.css';

export { openFile } from './open-file.ts';

interface StudioProps {
  top: ReactNode;
  onOpenFile: () => void;
  problem: string | null;
}

export function Studio(props: StudioProps) {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <Screen {...props} />
    </QueryClientProvider>
  );
}

function Screen({ top, onOpenFile, problem }: StudioProps) {
  const draft = useDraft((state) => state.draft!);
  const catalogue = useCatalogue().data;
  const check = useCheck().data;
  const previewError = usePreview().data?.error ?? null;
  const { run, dismiss } = useRun();
  const { pane, showPane } = usePage();
  const hasRail = useMedia('(min-width: 1181px)');
  const isNarrow = useMedia('(max-width: 720px)');
  const { isSourceOpen, toggleSource } = usePage();
  const showSource = () => {
    dismiss();
    toggleSource(true);
  };
  useUndoKeys();
  if (catalogue === undefined) return null;
  const issues = allIssues(draft, check, previewError);
  const source = { draft, catalogue, issues, onOpenFile };
  const isReceipt = run.kind === 'completed';
  const hasOwnHeading = run.kind !== 'failed' && !(isNarrow && pane === 'preview');
  return (
    <div className={`${styles.app} ${pane === 'preview' && !isReceipt ? styles.isPreview : ''}`}>
      {top}
      {hasRail ? (
        <SourceRail {...source} />
      ) : (
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
                fileName={draft.file.name}
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
      <RunBar draft={draft} catalogue={catalogue} issues={issues} />
    </div>
  );
}

/** Undo and redo with the usual keys, except in a field, which undoes its own typing. */
function useUndoKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isChange = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
      if (!isChange) return;
      const { target } = event;
      if (target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type))
        return;
      if (target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      const { undo, redo } = useDraft.getState();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
