// What the peers of the page share: the job as it comes from the harness, and a file of the page's own to write to.

export interface ShapeQuestion {
  file: File;
  /** `filter`, `group`, `parquet`, …; see shape-jobs.mjs. */
  job: string;
  sql: string;
}

/** Writes the bytes to the page's storage, as the product does; gives their number. */
export async function store(bytes: Uint8Array): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('peer', { create: true });
  const output = await handle.createSyncAccessHandle();
  output.truncate(0);
  const written = output.write(bytes, { at: 0 });
  output.flush();
  output.close();
  return written;
}

/** Answers the first message with time and bytes. */
export function answer(run: (question: ShapeQuestion) => Promise<number>): void {
  onmessage = async ({ data }: MessageEvent<ShapeQuestion>) => {
    try {
      const startedAt = performance.now();
      const bytes = await run(data);
      postMessage({ milliseconds: performance.now() - startedAt, rows: null, bytes });
    } catch (thrown) {
      postMessage({ error: String(thrown) });
    }
  };
}
