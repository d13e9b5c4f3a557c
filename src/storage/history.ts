// The rules of the stored history: newest first, the oldest go by number and age, nothing secret, nobody runs who is gone.
import { ExportError } from '../contract/errors.ts';
import {
  DEFAULT_RETENTION,
  type ExportHistoryEntry,
  type HistoryStore,
  type Retention,
} from '../contract/store.ts';
import { withoutCredentials } from '../contract/redact.ts';
import { isConfigError, publicConfig, publicError, type StoreEngine } from './public-config.ts';
import type { Records } from './records.ts';
import type { RunLocks } from './run-locks.ts';
import { configTexts, matches } from './search-text.ts';
import type { Setting } from './settings.ts';
import { STORAGE_TEXTS } from './texts.ts';

export interface HistoryParts {
  records: Records<ExportHistoryEntry>;
  settings: Records<Setting>;
  engine: StoreEngine;
  locks: RunLocks | null;
  onChange(change: 'history' | 'settings'): void;
}

const RANGES: Record<keyof Retention, number> = { maxEntries: 5_000, maxDays: 3_650 };
const DAY_MS = 86_400_000;

/** Ids of the entries that are over; those under way always stay. */
function overdue(
  entries: readonly ExportHistoryEntry[],
  { maxEntries, maxDays }: Retention,
): string[] {
  const since = new Date(Date.now() - maxDays * DAY_MS).toISOString();
  return newestFirst(entries.filter((each) => each.outcome !== 'running'))
    .filter((each, i) => i >= maxEntries || each.startedAt < since)
    .map((each) => each.id);
}

function newestFirst(entries: readonly ExportHistoryEntry[]): ExportHistoryEntry[] {
  return entries.toSorted((a, b) =>
    a.startedAt === b.startedAt ? 0 : a.startedAt < b.startedAt ? 1 : -1,
  );
}

function texts(entry: ExportHistoryEntry): string[] {
  return [
    entry.name,
    entry.id,
    entry.format,
    ...entry.sources,
    ...entry.files.flatMap((file) => [file.name, file.checksum?.value ?? '']),
    entry.error?.sentence ?? '',
    entry.error?.code ?? '',
    ...configTexts(entry.config),
  ];
}

/** Opens the history: what nobody runs any more becomes `interrupted`, and what is over is removed. */
export async function openHistoryStore(parts: HistoryParts): Promise<HistoryStore> {
  const { records, settings, engine, locks } = parts;

  const retention = async (): Promise<Retention> => {
    const stored = (await settings.all()).find((each) => each.id === 'retention');
    return stored === undefined
      ? DEFAULT_RETENTION
      : { maxEntries: stored.maxEntries, maxDays: stored.maxDays };
  };

  const cleaned = async (entry: ExportHistoryEntry): Promise<ExportHistoryEntry> => {
    let config: ExportHistoryEntry['config'] = null;
    try {
      if (entry.config !== null) config = await publicConfig(engine, entry.config);
    } catch (thrown) {
      // What is no config may hold anything.
      if (!isConfigError(thrown)) throw thrown;
    }
    return {
      ...entry,
      config,
      sources: entry.sources.map(withoutCredentials),
      error: publicError(entry.error),
    };
  };

  /** Writes entries and removes what is over by that. */
  const write = async (entries: readonly ExportHistoryEntry[]): Promise<void> => {
    const limits = await retention();
    await records.change((all) => {
      const ids = new Set(entries.map((each) => each.id));
      const after = [...all.filter((each) => !ids.has(each.id)), ...entries];
      const gone = new Set(overdue(after, limits));
      return {
        put: entries.filter((each) => !gone.has(each.id)),
        remove: [...gone],
        result: null,
      };
    });
    parts.onChange('history');
  };

  const settle = async (): Promise<void> => {
    // First what is stored, then who holds it: an export that starts in between is not among the first.
    const running = (await records.all()).filter((each) => each.outcome === 'running');
    const held = running.length > 0 ? await locks?.held() : undefined;
    const left = new Set(running.filter((each) => held?.has(each.id) !== true).map((e) => e.id));
    const limits = await retention();
    const changed = await records.change((all) => {
      const put = all
        .filter((each) => left.has(each.id) && each.outcome === 'running')
        .map((each) => ({ ...each, outcome: 'interrupted' as const }));
      const remove = overdue(all, limits);
      const isKept = (each: ExportHistoryEntry): boolean => !remove.includes(each.id);
      return { put: put.filter(isKept), remove, result: put.length + remove.length > 0 };
    });
    if (changed) parts.onChange('history');
  };
  await settle();

  return {
    async list({ search, outcomes, limit } = {}) {
      const found = newestFirst(await records.all()).filter(
        (each) =>
          (outcomes === undefined || outcomes.includes(each.outcome)) &&
          matches(search, texts(each)),
      );
      return limit === undefined ? found : found.slice(0, Math.max(0, limit));
    },
    get: async (id) => (await records.all()).find((each) => each.id === id) ?? null,
    async put(entry) {
      const isRunning = entry.outcome === 'running';
      if (isRunning) await locks?.hold(entry.id);
      try {
        await write([await cleaned(entry)]);
      } catch (thrown) {
        locks?.release(entry.id);
        throw thrown;
      }
      if (!isRunning) locks?.release(entry.id);
    },
    async remove(id) {
      const removed = await records.change((all) => {
        const entry = all.find((each) => each.id === id) ?? null;
        return { remove: entry === null ? [] : [id], result: entry };
      });
      if (removed !== null) parts.onChange('history');
      return removed;
    },
    async clear() {
      const removed = await records.change((all) => {
        const ended = newestFirst(all.filter((each) => each.outcome !== 'running'));
        return { remove: ended.map((each) => each.id), result: ended };
      });
      if (removed.length > 0) parts.onChange('history');
      return removed;
    },
    async restore(entries) {
      // An export that was removed while under way may have ended since, and says so itself.
      const there = new Set((await records.all()).map((each) => each.id));
      const gone = entries.filter((each) => !there.has(each.id));
      await write(await Promise.all(gone.map(cleaned)));
    },
    retention,
    async setRetention(wanted) {
      for (const [key, max] of Object.entries(RANGES) as [keyof Retention, number][])
        if (!Number.isSafeInteger(wanted[key]) || wanted[key] < 1 || wanted[key] > max)
          throw new ExportError('config.wrong-option', {
            path: `retention.${key}`,
            detail: STORAGE_TEXTS.outOfRange(max),
          });
      const { maxEntries, maxDays } = wanted;
      await settings.change(() => ({
        put: [{ id: 'retention', maxEntries, maxDays }],
        result: null,
      }));
      parts.onChange('settings');
      await write([]);
    },
  };
}
