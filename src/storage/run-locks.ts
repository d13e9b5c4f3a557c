// Says which exports are still under way: each holds a Web Lock named by its job while its page lives.

export interface RunLocks {
  /** Held from when this is fulfilled until `release`, or until the page goes. */
  hold(jobId: string): Promise<void>;
  release(jobId: string): void;
  /** Ids of the exports that some page still holds. */
  held(): Promise<Set<string>>;
}

const PREFIX = 'export-studio-run:';

/** null where there are no Web Locks (a page that is not secure): then no page can tell of another's exports. */
export function createRunLocks(): RunLocks | null {
  if (!('locks' in navigator)) return null;
  const { locks } = navigator;
  const releases = new Map<string, () => void>();
  return {
    hold: (jobId) =>
      new Promise((resolve, reject) => {
        locks
          .request(PREFIX + jobId, { ifAvailable: true }, (lock) => {
            resolve();
            if (lock === null) return undefined;
            return new Promise<void>((release) => releases.set(jobId, release));
          })
          .catch(reject);
      }),
    release(jobId) {
      releases.get(jobId)?.();
      releases.delete(jobId);
    },
    async held() {
      const { held = [] } = await locks.query();
      const names = held.map((lock) => lock.name ?? '').filter((name) => name.startsWith(PREFIX));
      return new Set(names.map((name) => name.slice(PREFIX.length)));
    },
  };
}
