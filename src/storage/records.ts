// Where records lie: one small interface over IndexedDB, memory or files, so that the rules of the stores stand once.

export interface Identified {
  id: string;
}

/** What a change does; removals come first. */
export interface Change<R, T> {
  put?: readonly R[];
  remove?: readonly string[];
  result: T;
}

/** One kind of record, by id. A `change` reads and writes in one transaction; its `work` must not wait for anything. */
export interface Records<R extends Identified> {
  all(): Promise<R[]>;
  change<T>(work: (records: readonly R[]) => Change<R, T>): Promise<T>;
}

/** Records that last until the page goes. Like stored ones they are copies: what is changed outside stays outside. */
export function createMemoryRecords<R extends Identified>(): Records<R> {
  const held = new Map<string, R>();
  const copies = (): R[] => [...held.values()].map((record) => structuredClone(record));
  return {
    all: async () => copies(),
    async change(work) {
      const { put = [], remove = [], result } = work(copies());
      for (const id of remove) held.delete(id);
      for (const record of put) held.set(record.id, structuredClone(record));
      return result;
    },
  };
}
