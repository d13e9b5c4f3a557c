// The page of history: every export with its outcome, found again, looked into, run again, forgotten and brought back.
import { useState } from 'react';
import type { ExportHistoryEntry, ExportStore, HistoryOutcome } from '../../contract/store.ts';
import { countOf, formatCount, formatSize } from '../format-number.ts';
import { formatWhen } from '../format-when.ts';
import { Button } from '../kit/Button.tsx';
import { ListDetail } from '../kit/ListDetail.tsx';
import { SearchField } from '../kit/SearchField.tsx';
import { Segments } from '../kit/Segments.tsx';
import { UndoBar } from '../kit/UndoBar.tsx';
import styles from '../kit/list-detail.module.css';
import { saveText } from '../run/receipt-text.ts';
import { useHistory, useStoreChange, useTemplates, useWasCleared } from '../store-queries.ts';
import { HistoryDetail } from './HistoryDetail.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import { historyWords as words } from './messages.en.ts';
import { RetentionBar } from './RetentionBar.tsx';

type Which = 'all' | HistoryOutcome;

const OUTCOMES: readonly HistoryOutcome[] = [
  'running',
  'completed',
  'failed',
  'cancelled',
  'interrupted',
];

export function HistoryPage({
  store,
  onRunAgain,
  onSaveTemplate,
}: {
  store: ExportStore;
  /** The person wants this export again. Only for entries with a config. */
  onRunAgain: (entry: ExportHistoryEntry) => void;
  /** The person wants this export's config as a template. Only for entries with a config. */
  onSaveTemplate: (entry: ExportHistoryEntry) => Promise<void>;
}) {
  const [search, setSearch] = useState('');
  const [which, setWhich] = useState<Which>('all');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [removed, setRemoved] = useState<readonly ExportHistoryEntry[]>([]);
  const all = useHistory(store);
  const found = useHistory(store, { search: search.trim() });
  const templates = useTemplates(store);
  const matching = found.data ?? [];
  const list = which === 'all' ? matching : matching.filter((each) => each.outcome === which);
  const chosen = list.find((each) => each.id === chosenId);

  const forget = useStoreChange(async (entry: ExportHistoryEntry) => {
    const gone = await store.history.remove(entry.id);
    setRemoved(gone ? [gone] : []);
    setChosenId(null);
  });
  const forgetAll = useStoreChange(async () => {
    setRemoved(await store.history.clear());
    setChosenId(null);
  });
  const restore = useStoreChange(async (entries: readonly ExportHistoryEntry[]) => {
    await store.history.restore(entries);
    setRemoved([]);
  });
  const saveTemplate = useStoreChange(onSaveTemplate);
  const error =
    found.error ?? forget.error ?? forgetAll.error ?? restore.error ?? saveTemplate.error;
  const names = new Map(templates.data?.map((each) => [each.id, each.name]));
  const known = all.data ?? [];

  const wasCleared = useWasCleared(store);
  return (
    <ListDetail
      label={words.title}
      isWideList
      isOpen={chosen !== undefined}
      list={
        <>
          <div className={styles.head}>
            <h1>{words.title}</h1>
            {known.length > 0 ? <p>{summaryOf(known)}</p> : null}
          </div>
          {wasCleared ? (
            <p className={`${styles.note} ${styles.bad}`} role="alert">
              {words.cleared}
            </p>
          ) : null}
          {error ? (
            <div className={styles.note} role="alert">
              <p className={styles.bad}>{error.message}</p>
              <p className={styles.help}>{error.hint}</p>
            </div>
          ) : null}
          {known.length > 0 ? (
            <div className={styles.find}>
              <SearchField
                label={words.find}
                placeholder={words.findBy}
                value={search}
                onChange={setSearch}
              />
              <Segments
                aria-label={words.which}
                value={which}
                onChange={setWhich}
                segments={segmentsOf(known, matching)}
              />
            </div>
          ) : null}
          {list.length > 0 ? (
            <HistoryTable
              // A new search begins at its first page.
              key={`${which} ${search}`}
              list={list}
              templateNames={names}
              chosen={chosen}
              onChoose={setChosenId}
            />
          ) : found.isSuccess && !found.isPlaceholderData ? (
            <Empty
              isEmpty={known.length === 0}
              onShowAll={() => {
                setSearch('');
                setWhich('all');
              }}
            />
          ) : null}
        </>
      }
      detail={
        chosen ? (
          <HistoryDetail
            key={chosen.id}
            entry={chosen}
            templateName={templateOf(chosen, names)}
            onBack={() => setChosenId(null)}
            onRunAgain={() => onRunAgain(chosen)}
            onSaveTemplate={() => saveTemplate.mutate(chosen)}
            onSaveJson={() => saveText(`${chosen.id}.json`, `${JSON.stringify(chosen, null, 2)}\n`)}
            onForget={() => forget.mutate(chosen)}
          />
        ) : null
      }
      bar={
        <>
          {removed.length > 0 ? (
            <UndoBar
              said={
                removed.length === 1
                  ? words.forgotten(removed[0]!.name)
                  : words.forgottenAll(countOf(removed.length, ...words.exports))
              }
              undo={words.bringBack}
              onUndo={() => restore.mutate(removed)}
              close={words.close}
              onClose={() => setRemoved([])}
            />
          ) : null}
          <RetentionBar
            store={store}
            isEmpty={!known.some((each) => each.outcome !== 'running')}
            onForgetAll={() => forgetAll.mutate(undefined)}
          />
        </>
      }
    />
  );
}

/** The template's name; – when it is gone or there was none. */
function templateOf(entry: ExportHistoryEntry, names: ReadonlyMap<string, string>): string {
  if (entry.templateId === null) return words.noTemplate;
  return names.get(entry.templateId) ?? words.goneTemplate;
}

function summaryOf(entries: readonly ExportHistoryEntry[]): string {
  const bytes = entries.reduce((sum, each) => sum + (each.bytes ?? 0), 0);
  return words.summary(
    countOf(entries.length, ...words.exports),
    formatWhen(entries.at(-1)!.startedAt),
    formatSize(bytes),
  );
}

/** Only the outcomes that occur, with how many of those found have each. */
function segmentsOf(known: readonly ExportHistoryEntry[], matching: readonly ExportHistoryEntry[]) {
  const occurring = OUTCOMES.filter((outcome) => known.some((each) => each.outcome === outcome));
  return [
    { value: 'all' as Which, label: words.all },
    ...occurring.map((outcome) => ({
      value: outcome as Which,
      label: `${words.outcomes[outcome]} ${formatCount(
        matching.filter((each) => each.outcome === outcome).length,
      )}`,
    })),
  ];
}

function Empty({ isEmpty, onShowAll }: { isEmpty: boolean; onShowAll: () => void }) {
  if (!isEmpty)
    return (
      <div className={styles.empty}>
        <p>{words.noneFound}</p>
        <div className={styles.actions}>
          <Button onClick={onShowAll}>{words.showAll}</Button>
        </div>
      </div>
    );
  return (
    <div className={styles.empty}>
      <h2>{words.empty}</h2>
      <p>{words.emptySays}</p>
    </div>
  );
}
