// Opens templates and history together: in IndexedDB, or for this visit in memory where the browser keeps nothing.
import { ExportError } from '../contract/errors.ts';
import type { ExportHistoryEntry, ExportStore, StoredTemplate } from '../contract/store.ts';
import { createChanges } from './changes.ts';
import { openDatabase, type Database } from './database.ts';
import { openHistoryStore } from './history.ts';
import type { StoreEngine } from './public-config.ts';
import { createMemoryRecords } from './records.ts';
import { createRunLocks } from './run-locks.ts';
import { askPersistence, readPersistence, type Setting } from './settings.ts';
import { createTemplateStore } from './templates.ts';
import { STORAGE_TEXTS } from './texts.ts';

export interface StoreOptions {
  /** Name of the database; stores of one name are one store, in all tabs. Default `export-studio`. */
  name?: string;
}

/**
 * Opens what is kept between visits. The engine is asked to read stored configs and to say which options are secret.
 * Rejects with `storage.newer` when a newer version stored something here, which is left untouched, and with
 * `storage.blocked` when a tab of an older version does not let go.
 */
export async function openStore(
  engine: StoreEngine,
  { name = 'export-studio' }: StoreOptions = {},
): Promise<ExportStore> {
  let database: Database | null = null;
  let reason: ExportError | null = null;
  try {
    if (!('indexedDB' in globalThis))
      throw new ExportError('storage.unavailable', { detail: STORAGE_TEXTS.noDatabase });
    database = await openDatabase({ name, onCleared: () => changes.tell('cleared') });
  } catch (thrown) {
    if (!(thrown instanceof ExportError) || thrown.code !== 'storage.unavailable') throw thrown;
    reason = thrown;
  }
  const changes = createChanges(database === null ? null : `${name}-store`);
  const settings = database?.records<Setting>('settings') ?? createMemoryRecords<Setting>();
  const history = await openHistoryStore({
    records:
      database?.records<ExportHistoryEntry>('history') ?? createMemoryRecords<ExportHistoryEntry>(),
    settings,
    engine,
    locks: database === null ? null : createRunLocks(),
    onChange: changes.tell,
  });
  const templates = createTemplateStore({
    records:
      database?.records<StoredTemplate>('templates') ?? createMemoryRecords<StoredTemplate>(),
    engine,
    onChange: () => changes.tell('templates'),
    onSaved() {
      if (database === null) return;
      // Nobody waits for it: some browsers ask the person.
      void askPersistence(settings).then(
        (wasAsked) => wasAsked && changes.tell('settings'),
        () => {},
      );
    },
  });
  return {
    templates,
    history,
    isPersistent: database !== null,
    reason: reason?.toJSON() ?? null,
    persistence: () => readPersistence(settings),
    onChange: changes.listen,
    close() {
      changes.close();
      database?.close();
    },
  };
}
