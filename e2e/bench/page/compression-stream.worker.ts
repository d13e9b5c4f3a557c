// The peer: the browser's own gzip of the raw file, without any parsing, to a file of the page's own.
onmessage = async ({ data }: MessageEvent<{ file: File; name: string }>) => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(data.name, { create: true });
  const output = await handle.createSyncAccessHandle();
  output.truncate(0);
  let at = 0;
  const startedAt = performance.now();
  const reader = data.file.stream().pipeThrough(new CompressionStream('gzip')).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    at += output.write(part.value, { at });
  }
  output.flush();
  output.close();
  postMessage({ milliseconds: performance.now() - startedAt, rows: null, bytes: at });
};
