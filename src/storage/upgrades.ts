// The database's versions: step number n makes version n out of version n - 1, and is never changed once released.
import type { IDBPDatabase, IDBPTransaction } from 'idb';

type Upgrade = (
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void;

export const UPGRADES: readonly Upgrade[] = [
  // 1: templates.
  (database) => {
    database.createObjectStore('templates', { keyPath: 'id' });
  },
  // 2: history, and what is set about it.
  (database) => {
    database.createObjectStore('history', { keyPath: 'id' });
    database.createObjectStore('settings', { keyPath: 'id' });
  },
];

export const DATABASE_VERSION = UPGRADES.length;
