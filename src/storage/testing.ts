// For tests of the stores: databases made by hand, as other versions left them, and what lies in one. Never part of the product.

export interface Fixture {
  version: number;
  stores: Record<string, { keyPath: string; records: unknown[] }>;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('failed')));
  });
}

/** Makes the database that a version left behind. */
export async function plantDatabase(name: string, { version, stores }: Fixture): Promise<void> {
  const opening = indexedDB.open(name, version);
  opening.addEventListener('upgradeneeded', () => {
    for (const [store, { keyPath, records }] of Object.entries(stores)) {
      const made = opening.result.createObjectStore(store, { keyPath });
      for (const record of records) made.put(record);
    }
  });
  (await done(opening)).close();
}

/** Opens a database at a version as another page would. */
export function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return done(indexedDB.open(name, version));
}

/** Everything that lies in a database, by store. */
export async function readRaw(name: string): Promise<Record<string, unknown[]>> {
  const database = await openRaw(name);
  const entries: [string, unknown[]][] = [];
  for (const store of database.objectStoreNames)
    entries.push([store, await done(database.transaction(store).objectStore(store).getAll())]);
  database.close();
  return Object.fromEntries(entries);
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > 5_000) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
