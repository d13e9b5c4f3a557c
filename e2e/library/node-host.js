// A host program in Node on the built library: streams, status, cancel, errors; prints what it saw as JSON.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bindRows,
  createConfig,
  createExportService,
  createStream,
  ExportError,
  spawnEngine,
} from 'export-studio';

const engine = await spawnEngine();
const service = createExportService(engine);
const folder = await mkdtemp(join(tmpdir(), 'node-host-'));

const record = (id) => ({
  id,
  name: `n${id % 7}`,
  big: BigInt(id) * 10n ** 15n,
  odd: id % 2 === 1,
});
const list = (count) => Array.from({ length: count }, (_, id) => record(id));
const config = (format, delivery = { id: 'stream', options: {} }) =>
  createConfig({
    name: 'orders',
    source: { kind: 'rows', from: { binding: 'orders' } },
    format: { id: format, options: {} },
    delivery,
  });
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function drain(stream) {
  const hash = createHash('sha256');
  for await (const bytes of stream) hash.update(bytes);
  return hash.digest('hex');
}

function endless() {
  const state = { given: 0, isClosed: false };
  const rows = (async function* () {
    try {
      for (;;) yield record(state.given++ % 1000);
    } finally {
      state.isClosed = true;
    }
  })();
  return { state, rows };
}

async function becomes(isSo) {
  for (let tries = 0; !(await isSo()) && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return isSo();
}

const seen = {};

const toPath = await service.exportData(
  config('ndjson', { id: 'path', options: { path: join(folder, 'a.ndjson') } }),
  { rows: { orders: await bindRows(list(2500)) } },
);
seen.toPath = [toPath.outcome, sha256(await readFile(join(folder, 'a.ndjson')))];
seen.toStream = await drain(
  service.streamExport(config('ndjson'), { rows: { orders: await bindRows(list(2500)) } }),
);
seen.throughPair = await drain(
  ReadableStream.from(list(2500)).pipeThrough(createStream(service, { id: 'ndjson', options: {} })),
);

{
  const { state, rows } = endless();
  const reader = service
    .streamExport(config('csv'), { rows: { orders: await bindRows(rows) }, jobId: 'reader' })
    .getReader();
  await reader.read();
  const during = (await service.getExportStatus('reader')).state;
  await reader.cancel();
  const after = (await service.getExportStatus('reader')).state;
  seen.cancelledReader = [during, after, await becomes(() => state.isClosed)];
}
{
  const { state, rows } = endless();
  const path = join(folder, 'endless.csv');
  const ended = service.exportData(config('csv', { id: 'path', options: { path } }), {
    rows: { orders: await bindRows(rows) },
    jobId: 'cancel',
  });
  await becomes(async () => ((await service.getExportStatus('cancel')).progress?.rowsOut ?? 0) > 0);
  const wasCancelled = await service.cancelExport('cancel');
  seen.cancelExport = [wasCancelled, (await ended).outcome, await becomes(() => state.isClosed)];
}
{
  const breaking = async function* () {
    for (let id = 0; id < 100_000; id++) yield record(id % 1000);
    throw new Error('the database went away');
  };
  const bytes = service.streamExport(config('csv'), {
    rows: { orders: await bindRows(breaking()) },
  });
  seen.failure = await drain(bytes).then(
    () => null,
    (error) => [error instanceof ExportError, error.code, error.parameters.row],
  );
}
seen.left = await readdir(folder);
await rm(folder, { recursive: true });
await engine.close();
console.log(JSON.stringify(seen));
