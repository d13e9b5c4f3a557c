// What the export will look like: rows, bytes, schema and losses, as tabs; old content stays while new comes.
import {
  Fragment,
  Suspense,
  lazy,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { Catalogue } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { formatDuration } from '../format-number.ts';
import { previewWords } from './preview-words.en.ts';
import { type PreviewTab } from '../page-state.ts';
import { useCheck, useInspection, usePreview, useRehearsal } from '../queries.ts';
import { ErrorPanel } from '../run/ErrorPanel.tsx';
import type { Widths } from './grid-widths.ts';
import { lossCount, lossList } from './loss-list.ts';
import { Losses } from './Losses.tsx';
import { Rows } from './Rows.tsx';
import { SchemaView } from './SchemaView.tsx';
import { asExportError, type ErrorData } from '../../contract/errors.ts';
import { missingIssues } from '../plan/step-issues.ts';
import styles from './preview.module.css';
import { useDraft, useOwnId, usePage } from '../session.tsx';

const Output = lazy(() => import('./Output.tsx'));

const TABS: PreviewTab[] = ['rows', 'output', 'schema', 'losses'];
/** Old content keeps its full ink that long. */
const FADE_AFTER_MS = 300;

export function PreviewPane({ catalogue }: { catalogue: Catalogue }) {
  const words = previewWords;
  const tab = usePage((state) => state.tab);
  const preview = usePreview();
  const inspection = useInspection();
  const check = useCheck();
  const rehearsal = useRehearsal();
  const output = useDraft((state) => outputOf(state.draft!.config));
  const inputKey = useDraft((state) => state.draft!.input.key);
  // Columns keep their width over tabs and changes, but not over to another file.
  const widths = useMemo<Widths>(() => new Map([[`input ${inputKey}`, 0]]), [inputKey]);
  const format = catalogue.formats.find((each) => each.id === output.format.id);
  const isOld = useLate(
    preview.isPlaceholderData || inspection.isPlaceholderData || check.isPlaceholderData,
  );
  const { data } = preview;
  const thrown = preview.error ?? inspection.error;
  const error = useOwnWords(data?.error ?? (thrown ? asExportError(thrown).toJSON() : null));
  const issues = check.data?.issues;
  const losses = useMemo(
    () => lossList(issues ?? [], format ?? { losses: [] }, rehearsal),
    [issues, format, rehearsal],
  );
  const ownId = useOwnId('preview');
  return (
    <section className={styles.view} id={ownId} data-region="preview" aria-label={words.title}>
      <Tabs
        ownId={ownId}
        lossCount={lossCount(losses)}
        fact={data && !error ? words.updated(formatDuration(data.elapsedMs)) : ''}
      />
      <div
        className={`${styles.panel} ${isOld ? styles.isOld : ''}`}
        role="tabpanel"
        id={`${ownId}-panel-${tab}`}
        aria-labelledby={`${ownId}-tab-${tab}`}
        aria-busy={preview.isFetching}
      >
        {/* Where one input was scrolled to says nothing of another. */}
        <Fragment key={inputKey}>
          {tab === 'schema' && inspection.data ? (
            <SchemaView inspection={inspection.data} />
          ) : error ? (
            <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.problem}>
              <ErrorPanel error={error} />
            </div>
          ) : data === undefined ? (
            <p className={styles.blank}>{words.reading}</p>
          ) : tab === 'losses' ? (
            <Losses entries={losses} rehearsal={rehearsal} />
          ) : tab === 'output' ? (
            <Suspense>
              <Output
                preview={data}
                output={output}
                format={format}
                rehearsal={rehearsal}
                widths={widths}
              />
            </Suspense>
          ) : (
            <Rows
              preview={data}
              firstColumn={data.firstColumn}
              inspection={inspection.data}
              rehearsal={rehearsal}
              widths={widths}
            />
          )}
        </Fragment>
      </div>
    </section>
  );
}

/** What is missing is named as the plan names it. */
function useOwnWords(error: ErrorData | null): ErrorData | null {
  const draft = useDraft((state) => state.draft!);
  if (error === null) return null;
  const issue = missingIssues(draft).find(
    ({ code, step }) => code === error.code && step === error.step,
  );
  return issue === undefined ? error : { ...error, sentence: issue.sentence, hint: issue.hint };
}

function Tabs({
  ownId,
  fact,
  lossCount: losses,
}: {
  ownId: string;
  fact: string;
  lossCount: number;
}) {
  const { tab, showTab } = usePage();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.indexOf(tab);
    const to = new Map([
      ['ArrowRight', at + 1],
      ['ArrowLeft', at - 1],
      ['Home', 0],
      ['End', TABS.length - 1],
    ]).get(event.key);
    if (to === undefined) return;
    event.preventDefault();
    const next = TABS[(to + TABS.length) % TABS.length]!;
    showTab(next);
    list.current?.querySelector<HTMLElement>(`[id="${ownId}-tab-${next}"]`)?.focus();
  };
  const labelOf = (each: PreviewTab): ReactNode =>
    each === 'losses' && losses > 0 ? (
      <>
        {previewWords.tabs.losses} <span className={styles.count}>{losses}</span>
      </>
    ) : (
      previewWords.tabs[each]
    );
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={previewWords.title} ref={list} onKeyDown={onKeyDown}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${ownId}-tab-${each}`}
            aria-selected={each === tab}
            aria-controls={each === tab ? `${ownId}-panel-${each}` : undefined}
            tabIndex={each === tab ? 0 : -1}
            onClick={() => showTab(each)}
          >
            {labelOf(each)}
          </button>
        ))}
      </div>
      <span className={styles.fact}>{fact}</span>
    </div>
  );
}

/** True once `value` has been true for a while. */
function useLate(value: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!value) return setLate(false);
    const timer = setTimeout(() => setLate(true), FADE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return isLate;
}
