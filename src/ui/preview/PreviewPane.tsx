// What the export will look like: rows, bytes and schema, as tabs; old content stays while new comes.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Catalogue } from '../../contract/verbs.ts';
import { outputOf } from '../draft.ts';
import { countOf, formatDuration } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import { type PreviewTab } from '../page-state.ts';
import { useInspection, usePreview } from '../queries.ts';
import { ErrorPanel } from '../run/ErrorPanel.tsx';
import { Output } from './Output.tsx';
import { Rows } from './Rows.tsx';
import { SchemaView } from './SchemaView.tsx';
import { asExportError } from '../../contract/errors.ts';
import styles from './preview.module.css';
import { useDraft, usePage } from '../session.tsx';

const TABS: PreviewTab[] = ['rows', 'output', 'schema'];
/** Old content keeps its full ink that long. */
const FADE_AFTER_MS = 300;

export function PreviewPane({ catalogue }: { catalogue: Catalogue }) {
  const words = messages.preview;
  const tab = usePage((state) => state.tab);
  const preview = usePreview();
  const inspection = useInspection();
  const output = useDraft((state) => outputOf(state.draft!.config));
  const format = catalogue.formats.find((each) => each.id === output.format.id);
  const isOld = useLate(preview.isPlaceholderData || inspection.isPlaceholderData);
  const { data } = preview;
  const thrown = preview.error ?? inspection.error;
  const error = data?.error ?? (thrown ? asExportError(thrown).toJSON() : null);
  return (
    <section className={styles.view} id="preview" aria-label={words.title}>
      <Tabs fact={data && !error ? words.updated(formatDuration(data.elapsedMs)) : ''} />
      <div
        className={`${styles.panel} ${isOld ? styles.isOld : ''}`}
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        aria-busy={preview.isFetching}
      >
        {tab === 'schema' && inspection.data ? (
          <SchemaView inspection={inspection.data} />
        ) : error ? (
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.problem}>
            <ErrorPanel error={error} />
          </div>
        ) : data === undefined ? (
          <p className={styles.blank}>{words.reading}</p>
        ) : tab === 'output' ? (
          <Output preview={data} charset={format?.isText ? output.charset.id : 'utf-8'} />
        ) : (
          <>
            <Rows preview={data} />
            <div className={styles.foot}>
              <span>{words.firstRows(data.rows.length)}</span>
              <span>{words.fromRead(countOf(data.rowsRead, messages.row, messages.rows))}</span>
            </div>
          </>
        )}
      </div>
    </section>
  );
}

function Tabs({ fact }: { fact: string }) {
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
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={messages.preview.title} ref={list} onKeyDown={onKeyDown}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={each === tab}
            aria-controls={each === tab ? `panel-${each}` : undefined}
            tabIndex={each === tab ? 0 : -1}
            onClick={() => showTab(each)}
          >
            {messages.preview.tabs[each]}
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
