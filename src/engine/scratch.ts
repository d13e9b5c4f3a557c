// Room for what steps must hold: in memory here, in files where a door brings them.
import type { Scratch, ScratchFile } from '../contract/plugins.ts';

/** Scratch files that are pieces in memory: for tests, and for jobs too small to need more. */
export function memoryScratch(memoryBytes: number): Scratch {
  return {
    memoryBytes,
    async create(): Promise<ScratchFile> {
      let bytes = new Uint8Array(1024);
      let used = 0;
      return {
        get sizeBytes() {
          return used;
        },
        async write(more) {
          if (used + more.length > bytes.length) {
            const grown = new Uint8Array(Math.max(bytes.length * 2, used + more.length));
            grown.set(bytes.subarray(0, used));
            bytes = grown;
          }
          bytes.set(more, used);
          used += more.length;
        },
        read: async (from, to) => bytes.slice(from, Math.min(to, used)),
        readNow: (from, to) => bytes.slice(from, Math.min(to, used)),
        async close() {
          bytes = new Uint8Array(0);
          used = 0;
        },
      };
    },
  };
}
