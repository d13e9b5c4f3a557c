// What is stored, in the rail: templates to load, and how the last exports ended.
import type { ExportConfig } from '../../contract/config.ts';
import type { ExportHistoryEntry, ExportStore } from '../../contract/store.ts';
import type { PlanTemplate } from '../draft.ts';
import { Icon } from '../kit/Icon.tsx';
import { messages } from '../messages.en.ts';
import { useHistory, useTemplates } from '../store-queries.ts';
import styles from './source.module.css';

/** How many of each the rail shows; the pages have all. */
const SHOWN = 5;

export function StoredRail({
  store,
  onLoad,
  onView,
}: {
  store: ExportStore;
  onLoad: (config: ExportConfig, name: string, template: PlanTemplate) => void;
  onView: (view: 'history') => void;
}) {
  const words = messages.source;
  const templates = useTemplates(store).data ?? [];
  const recent = useHistory(store, { limit: SHOWN }).data ?? [];
  const newest = templates
    .filter((template) => template.config !== null)
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
    .slice(0, SHOWN);
  return (
    <>
      <h2>{words.storedTemplates}</h2>
      {newest.length === 0 ? <p className={styles.empty}>{words.noTemplates}</p> : null}
      <ul>
        {newest.map(({ id, name, version, config, watermarks = [] }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.file}
              onClick={() => config && onLoad(config, name, { id, watermarks })}
            >
              <Icon name="template" />
              <span title={name}>{name}</span>
              <small>{words.version(version)}</small>
            </button>
          </li>
        ))}
      </ul>
      <h2>{words.recent}</h2>
      {recent.length === 0 ? <p className={styles.empty}>{words.noRecent}</p> : null}
      <ul>
        {recent.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              className={`${styles.file} ${isBad(entry) ? styles.isBad : ''}`}
              onClick={() => onView('history')}
            >
              <Icon name={isBad(entry) ? 'warning' : 'check'} />
              <span title={nameOf(entry)}>{nameOf(entry)}</span>
              <small>
                {entry.outcome === 'completed'
                  ? words.when(entry.startedAt)
                  : words.outcomes[entry.outcome]}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function nameOf({ files, name }: ExportHistoryEntry): string {
  return files[0]?.name ?? name;
}

function isBad({ outcome }: ExportHistoryEntry): boolean {
  return outcome === 'failed' || outcome === 'interrupted';
}
