// The peer: papaparse reads a file and writes it again, chunk by chunk, in a worker, to a file of the page's own.
import Papa from 'papaparse';

onmessage = async ({ data }: MessageEvent<{ file: File; name: string }>) => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(data.name, { create: true });
  const output = await handle.createSyncAccessHandle();
  output.truncate(0);
  const encoder = new TextEncoder();
  let rows = 0;
  let at = 0;
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(data.file, {
      chunkSize: 1 << 22,
      chunk({ data: records }) {
        // The last line break of a file is no record.
        if (records.at(-1)?.length === 1 && records.at(-1)?.[0] === '') records.pop();
        rows += records.length;
        const bytes = encoder.encode(`${Papa.unparse(records, { newline: '\n' })}\n`);
        at += output.write(bytes, { at });
      },
      complete: () => resolve(),
      error: reject,
    });
  });
  output.flush();
  output.close();
  postMessage({ milliseconds: performance.now() - startedAt, rows: rows - 1, bytes: at });
};
