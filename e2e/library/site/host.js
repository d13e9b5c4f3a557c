// A host's page as plain files: the built library beside it, its worker in another folder, no bundler.
import {
  bindRows,
  createClient,
  createConfig,
  createExportService,
  createStream,
  ExportError,
  openStore,
} from './export-studio.js';

const client = createClient({ workerUrl: 'workers/export-studio.worker.js' });
const service = createExportService(client);

const config = (format, delivery = 'stream', options = {}) =>
  createConfig({
    name: 'orders',
    source: { kind: 'rows', from: { binding: 'orders' } },
    format: { id: format, options },
    delivery: { id: delivery, options: {} },
  });

const record = (id) => ({
  id,
  name: `n${id % 7}`,
  big: BigInt(id) * 10n ** 15n,
  odd: id % 2 === 1,
});
const list = (count) => Array.from({ length: count }, (_, id) => record(id));

async function hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The three shapes of a host's rows; all give the same records. */
const shapes = {
  array: list,
  pages: (count) => ({
    pageRows: 700,
    fetchPage: async ({ cursor = 0, limit }) => {
      const rows = list(count).slice(cursor, cursor + limit);
      const next = cursor + rows.length;
      return { rows, next: next < count ? next : null };
    },
  }),
  generator: (count) =>
    (async function* () {
      for (let id = 0; id < count; id++) yield record(id);
    })(),
};

/** Exports through a handle of the origin's own file system; the hash of what lies there. */
async function toHandle(shape, format, count) {
  const root = await navigator.storage.getDirectory();
  const target = await root.getFileHandle('library.out', { create: true });
  const orders = await bindRows(shapes[shape](count));
  const result = await service.exportData(
    { ...config(format, 'file') },
    { rows: { orders }, targets: { output: target } },
  );
  const hash = await hex(await (await target.getFile()).arrayBuffer());
  await root.removeEntry('library.out');
  return { outcome: result.outcome, error: result.error, rowsOut: result.audit.rowsOut, hash };
}

/** The same through a stream. */
async function toStream(shape, format, count) {
  const orders = await bindRows(shapes[shape](count));
  const stream = service.streamExport(config(format), { rows: { orders } });
  return hex(await new Response(stream).arrayBuffer());
}

/** Records piped through a pair of streams. */
async function throughPair(format, count) {
  const records = new ReadableStream({
    start(controller) {
      for (let id = 0; id < count; id++) controller.enqueue(record(id));
      controller.close();
    },
  });
  const bytes = records.pipeThrough(createStream(service, { id: format, options: {} }));
  return hex(await new Response(bytes).arrayBuffer());
}

/** Waits up to two seconds: rows are let go of once the batch under way is full. */
async function becomes(isSo) {
  for (let tries = 0; !(await isSo()) && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return isSo();
}

/** Endless records that tell whether they were let go. */
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

async function cancelledReader() {
  const { state, rows } = endless();
  const jobId = crypto.randomUUID();
  const bindings = { rows: { orders: await bindRows(rows) }, jobId };
  const reader = service.streamExport(config('csv'), bindings).getReader();
  const first = await reader.read();
  await reader.read();
  const before = await service.getExportStatus(jobId);
  const running = { state: before.state, isUnfinished: before.result === null };
  const startedAt = performance.now();
  await reader.cancel('enough');
  const lateMs = performance.now() - startedAt;
  const after = await service.getExportStatus(jobId);
  return {
    firstSize: first.value.length,
    running,
    lateMs,
    isClosed: await becomes(() => state.isClosed),
    state: after.state,
    outcome: after.result.outcome,
  };
}

/** Records of a pair whose reader goes away: the producer must learn of it. */
async function cancelledPair(readFirst) {
  let stopped = null;
  let id = 0;
  const records = new ReadableStream({
    pull: (controller) => controller.enqueue(record(id++ % 1000)),
    cancel: (reason) => {
      stopped = String(reason);
    },
  });
  const reader = records
    .pipeThrough(createStream(service, { id: 'ndjson', options: {} }))
    .getReader();
  if (readFirst) await reader.read();
  await reader.cancel('enough');
  await becomes(() => stopped !== null);
  return stopped;
}

async function failure(rows, read) {
  try {
    await read(rows);
    return 'nothing was thrown';
  } catch (thrown) {
    return {
      isExportError: thrown instanceof ExportError,
      code: thrown.code,
      row: thrown.parameters?.row,
      hasHint: typeof thrown.hint === 'string' && thrown.hint.length > 0,
    };
  }
}

async function failures() {
  const breaking = async function* () {
    for (let id = 0; id < 100_000; id++) yield record(id % 1000);
    throw new Error('the database went away');
  };
  const changing = async function* () {
    for (let id = 0; id < 5_000; id++) yield record(id);
    yield { ...record(0), name: { first: 'no', last: 'text' }, id: 'not a number' };
  };
  const throughReader = async (rows) => {
    const stream = service.streamExport(config('csv'), { rows: { orders: await bindRows(rows) } });
    const reader = stream.getReader();
    for (;;) if ((await reader.read()).done) return;
  };
  const throughStreams = async (rows) => {
    const records = new ReadableStream({
      async pull(controller) {
        const next = await rows.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    });
    const reader = records
      .pipeThrough(createStream(service, { id: 'csv', options: {} }))
      .getReader();
    for (;;) if ((await reader.read()).done) return;
  };
  return {
    breaking: await failure(breaking(), throughReader),
    changing: await failure(changing(), throughReader),
    piped: await failure(changing(), throughStreams),
    brokenPipe: await failure(breaking(), throughStreams),
  };
}

async function statusAndCancel() {
  const { state, rows } = endless();
  const jobId = crypto.randomUUID();
  const root = await navigator.storage.getDirectory();
  const target = await root.getFileHandle('status.out', { create: true });
  let isInProgress = () => {};
  const inProgress = new Promise((resolve) => {
    isInProgress = resolve;
  });
  const ended = service.exportData(
    config('csv', 'file'),
    { rows: { orders: await bindRows(rows) }, targets: { output: target }, jobId },
    { onProgress: (progress) => progress.rowsOut > 0 && isInProgress() },
  );
  await Promise.race([inProgress, ended]);
  const { state: during, progress } = await service.getExportStatus(jobId);
  const startedAt = performance.now();
  const wasCancelled = await service.cancelExport(jobId);
  const lateMs = performance.now() - startedAt;
  const result = await ended;
  const left = [];
  for await (const name of root.keys()) left.push(name);
  return {
    during,
    rowsOut: progress.rowsOut,
    wasCancelled,
    lateMs,
    after: (await service.getExportStatus(jobId)).state,
    outcome: result.outcome,
    isClosed: await becomes(() => state.isClosed),
    left,
    unknown: [await service.getExportStatus('nobody'), await service.cancelExport('nobody')],
    again: await service.cancelExport(jobId),
  };
}

/** Keeps a template, exports with it, and leaves one export under way. */
async function keepAndLeave() {
  const kept = createExportService(client, await openStore(client));
  const template = await kept.saveTemplate({ name: 'Weekly', config: config('ndjson', 'file') });
  const root = await navigator.storage.getDirectory();
  const target = await root.getFileHandle('kept.out', { create: true });
  const result = await kept.exportWithTemplate(
    template.id,
    { rows: { orders: await bindRows(list(50)) }, targets: { output: target }, jobId: 'ended' },
    { outputs: [{ id: 'output', format: { id: 'csv' } }] },
  );
  const { rows } = endless();
  const reader = kept
    .streamExport(config('csv'), { rows: { orders: await bindRows(rows) }, jobId: 'left' })
    .getReader();
  await reader.read();
  await becomes(async () => (await kept.getExportHistory()).length === 2);
  const history = await kept.getExportHistory();
  const text = await (await target.getFile()).text();
  return {
    id: template.id,
    outcome: result.outcome,
    head: text.slice(0, text.indexOf(',')),
    outcomes: Object.fromEntries(history.map((entry) => [entry.id, entry.outcome])),
  };
}

/** Opens a store that the browser clears meanwhile: what was heard, and whether it goes on. */
async function openToBeCleared() {
  const store = await openStore(client);
  const heard = [];
  store.onChange((change) => heard.push(change));
  await store.templates.save({ name: 'Weekly', config: config('ndjson', 'file') });
  globalThis.afterClearing = async () => {
    await becomes(() => heard.includes('cleared'));
    const left = await store.templates.list();
    await store.templates.save({ name: 'Again', config: config('ndjson', 'file') });
    const names = (await store.templates.list()).map((template) => template.name);
    return { wasHeard: heard.includes('cleared'), left, names };
  };
}

/** What an earlier visit left. */
async function whatIsKept() {
  const kept = createExportService(client, await openStore(client));
  const history = await kept.getExportHistory();
  return {
    templates: (await kept.listTemplates()).map(({ id, name, error }) => ({ id, name, error })),
    history: Object.fromEntries(
      history.map(({ id, outcome, rowsOut, format }) => [id, { outcome, rowsOut, format }]),
    ),
    status: (await kept.getExportStatus('left')).state,
  };
}

/** Exports 1,000,000 records of a host, and watches how long the page's thread was held at a time. */
async function longTasks(count) {
  const rows = list(count);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const tasks = [];
  const observer = new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) tasks.push(Math.round(entry.duration));
  });
  observer.observe({ type: 'longtask' });
  const startedAt = performance.now();
  const orders = await bindRows(rows);
  const bindMs = performance.now() - startedAt;
  const bindTasks = tasks.length;
  const root = await navigator.storage.getDirectory();
  const target = await root.getFileHandle('million.out', { create: true });
  const result = await service.exportData(config('csv', 'file'), {
    rows: { orders },
    targets: { output: target },
  });
  const ms = performance.now() - startedAt;
  await new Promise((resolve) => setTimeout(resolve, 200));
  tasks.push(...observer.takeRecords().map((entry) => Math.round(entry.duration)));
  observer.disconnect();
  await root.removeEntry('million.out');
  const { outcome, audit } = result;
  return { outcome, rowsOut: audit.rowsOut, ms, bindMs, bindTasks, tasks };
}

Object.assign(globalThis, {
  host: {
    toHandle,
    toStream,
    throughPair,
    cancelledReader,
    cancelledPair,
    failures,
    statusAndCancel,
    keepAndLeave,
    whatIsKept,
    openToBeCleared,
    afterClearing: () => globalThis.afterClearing(),
    longTasks,
    close: () => client.close(),
  },
});
document.title = 'ready';
