// The connection to IndexedDB: opened, upgraded, given up when a newer page needs it, and opened again when it was lost.
import { openDB, type IDBPDatabase } from 'idb';
import { ExportError } from '../contract/errors.ts';
import type { Identified, Records } from './records.ts';
import { DATABASE_VERSION, UPGRADES } from './upgrades.ts';
import { STORAGE_TEXTS } from './texts.ts';

export type StoreName = 'templates' | 'history' | 'settings';

export interface Database {
  records<R extends Identified>(name: StoreName): Records<R>;
  close(): void;
}

/** How long other tabs may take to give the database up. */
const BLOCKED_MS = 5_000;

export interface DatabaseParts {
  name: string;
  /** The browser threw the database away while it was open. */
  onCleared(): void;
}

/**
 * Opens the database, or rejects: `storage.newer` when a newer program made it (it is left as it is), `storage.blocked` when
 * another tab does not give it up, `storage.unavailable` when the browser has none for this page.
 */
export async function openDatabase(parts: DatabaseParts): Promise<Database> {
  let connection: Promise<IDBPDatabase> | undefined;
  let isClosed = false;
  const connect = (): Promise<IDBPDatabase> => {
    if (isClosed) throw new ExportError('storage.failed', { detail: STORAGE_TEXTS.closed });
    if (connection === undefined) {
      const opened = openOnce(parts, () => {
        if (connection === opened) connection = undefined;
      });
      opened.catch(() => {
        if (connection === opened) connection = undefined;
      });
      connection = opened;
    }
    return connection;
  };
  const withDatabase = async <T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> => {
    try {
      const used = connect();
      try {
        return await work(await used);
      } catch (thrown) {
        // Given up between being opened and being used.
        if (nameOf(thrown) !== 'InvalidStateError') throw thrown;
        // Another call may have opened it again already.
        if (connection === used) connection = undefined;
        return await work(await connect());
      }
    } catch (thrown) {
      throw storageError(thrown);
    }
  };
  await connect();
  return {
    records<R extends Identified>(name: StoreName): Records<R> {
      return {
        all: () => withDatabase((database) => database.getAll(name)),
        change: (work) =>
          withDatabase(async (database) => {
            const transaction = database.transaction(name, 'readwrite');
            const ended = transaction.done;
            ended.catch(() => {});
            try {
              const { put = [], remove = [], result } = work(await transaction.store.getAll());
              for (const id of remove) void ignore(transaction.store.delete(id));
              for (const record of put) void ignore(transaction.store.put(record));
              await ended;
              return result;
            } catch (thrown) {
              if (transaction.error === null && !isAborted(thrown)) abort(transaction);
              throw transaction.error ?? thrown;
            }
          }),
      };
    },
    close() {
      isClosed = true;
      void ignore((connection ?? Promise.resolve(null)).then((database) => database?.close()));
      connection = undefined;
    },
  };
}

/** The transaction says the same. */
function ignore(promise: Promise<unknown>): Promise<void> {
  return promise.then(
    () => {},
    () => {},
  );
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It had ended by itself.
  }
}

function isAborted(thrown: unknown): boolean {
  return nameOf(thrown) === 'AbortError';
}

function openOnce(
  { name, onCleared }: DatabaseParts,
  onGivenUp: () => void,
): Promise<IDBPDatabase> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLate = false;
    const open = async (): Promise<IDBPDatabase> =>
      openDB(name, DATABASE_VERSION, {
        upgrade(database, from, _to, transaction) {
          for (const step of UPGRADES.slice(from))
            step(database, transaction as Parameters<typeof step>[1]);
        },
        blocked() {
          timer ??= setTimeout(() => {
            isLate = true;
            reject(new ExportError('storage.blocked'));
          }, BLOCKED_MS);
        },
        blocking(_current, _blocked, event) {
          // The newer page goes on at once; what is asked here afterwards opens again, or hears that it is too old.
          onGivenUp();
          (event.target as IDBDatabase).close();
        },
        terminated() {
          onGivenUp();
          onCleared();
        },
      });
    // A browser that keeps nothing may throw rather than reject.
    open().then(
      (database) => {
        clearTimeout(timer);
        if (isLate) database.close();
        else resolve(database);
      },
      async (thrown: unknown) => {
        clearTimeout(timer);
        if (nameOf(thrown) !== 'VersionError') {
          reject(new ExportError('storage.unavailable', { detail: textOf(thrown) }));
          return;
        }
        const version = await storedVersion(name);
        reject(new ExportError('storage.newer', { version, known: DATABASE_VERSION }));
      },
    );
  });
}

async function storedVersion(name: string): Promise<number | string> {
  const list = await indexedDB.databases().catch(() => []);
  return list.find((each) => each.name === name)?.version ?? '?';
}

function storageError(thrown: unknown): ExportError {
  if (thrown instanceof ExportError) return thrown;
  if (nameOf(thrown) === 'QuotaExceededError')
    return new ExportError('storage.full', {}, { cause: thrown });
  return new ExportError('storage.failed', { detail: textOf(thrown) }, { cause: thrown });
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
