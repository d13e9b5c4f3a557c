// The shared suite over the deliveries of the page, in a worker and on real private storage.
import { expect, it } from 'vitest';
import { ExportError, type ErrorData } from '../contract/errors.ts';
import type {
  DeliveryCard,
  DeliveryHandover,
  DeliveryWriter,
  FileWriter,
} from '../contract/delivery-plugin.ts';
import type { WorkerCall } from './delivery-worker.suite.ts';
import {
  codeOf,
  describeDelivery,
  sampleBytes,
  streamCase,
  type DeliveryCase,
  type DeliveryPlace,
} from './delivery.suite.ts';
import { deliveries } from './registry.browser.ts';

interface Answer {
  number: number;
  result?: unknown;
  error?: ErrorData;
}

/** A worker for one delivery after the other, asked call by call. */
class DeliveryThread {
  readonly #worker = new Worker(new URL('./delivery-worker.suite.ts', import.meta.url), {
    type: 'module',
  });
  readonly #ready: Promise<void>;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  constructor() {
    this.#ready = new Promise((resolve) => {
      this.#worker.addEventListener('message', (event: MessageEvent<Answer | 'ready'>) => {
        if (event.data === 'ready') return resolve();
        this.#waiting.get(event.data.number)?.(event.data);
      });
    });
  }

  async ask<T>(asked: WorkerCall): Promise<T> {
    await this.#ready;
    const number = ++this.#last;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(number, resolve);
      this.#worker.postMessage({ number, asked });
    });
    if (answer.error) throw ExportError.from(answer.error);
    return answer.result as T;
  }

  end(): void {
    this.#worker.terminate();
  }
}

/** The card, opened in the thread of the place. */
function inThread(card: DeliveryCard): DeliveryCard {
  return {
    ...card,
    load: () =>
      Promise.resolve({
        async open({ signal: _, network: __, ...context }) {
          const { thread, target } = context.target as { thread: DeliveryThread; target: unknown };
          await thread.ask({ call: 'open', id: card.id, context: { ...context, target } });
          let stored: Uint8Array | null = null;
          const writer: DeliveryWriter = {
            async openFile(name, fate) {
              const opened = await thread.ask<{ file: number; name: string; path: string }>({
                call: 'openFile',
                name,
                ...(fate && { fate }),
              });
              const { file } = opened;
              const made: FileWriter = {
                ...opened,
                write: (bytes) => thread.ask({ call: 'write', file, bytes }),
                async close() {
                  await thread.ask({ call: 'close', file });
                  // Asked now, as the interface has no promise for whether it can be read.
                  stored = await thread.ask({ call: 'readBack', name: opened.name });
                },
                async rename(named, ifExists) {
                  const call = { call: 'rename', file, name: named } as const;
                  made.name = await thread.ask<string>({ ...call, ...(ifExists && { ifExists }) });
                },
                drop: () => thread.ask({ call: 'drop', file }),
              };
              return made;
            },
            async readOld(name) {
              const old = await thread.ask<Uint8Array | null>({ call: 'readOld', name });
              return (
                old &&
                (async function* () {
                  yield old;
                })()
              );
            },
            readBack: (name) =>
              stored === null
                ? null
                : (async function* () {
                    yield (await thread.ask<Uint8Array | null>({ call: 'readBack', name }))!;
                  })(),
            commit: () => thread.ask({ call: 'commit' }),
            abort: () => thread.ask({ call: 'abort' }),
          };
          return writer;
        },
      }),
  };
}

async function fileIn(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemFileHandle> {
  const parts = name.split('/');
  let parent = folder;
  for (const part of parts.slice(0, -1)) parent = await parent.getDirectoryHandle(part);
  return parent.getFileHandle(parts.at(-1)!);
}

/** One worker serves all places of the suite. */
const shared = new DeliveryThread();

let placeCount = 0;

async function freshFolder(): Promise<{
  folder: FileSystemDirectoryHandle;
  remove(): Promise<void>;
}> {
  const root = await navigator.storage.getDirectory();
  const name = `place-${Date.now()}-${++placeCount}`;
  const folder = await root.getDirectoryHandle(name, { create: true });
  return { folder, remove: () => root.removeEntry(name, { recursive: true }) };
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

async function bytesOf(blob: Blob | undefined): Promise<Uint8Array> {
  return new Uint8Array(await blob!.arrayBuffer());
}

async function put(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array,
): Promise<FileSystemFileHandle> {
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(bytes.slice());
  await stream.close();
  return handle;
}

async function stagedJobs(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  return namesIn(await root.getDirectoryHandle('export-staging', { create: true }));
}

function downloaded(name: string, handover: DeliveryHandover | null): Blob | undefined {
  if (handover === null || handover.kind === 'clipboard') return undefined;
  return handover.files.find((file) => file.name === name)?.blob;
}

/** A download leaves its staged files until the page has gone, so `list` names jobs given up only. */
async function downloadPlace(target: unknown): Promise<DeliveryPlace> {
  const thread = shared;
  const before = await stagedJobs();
  let isDelivered = false;
  return {
    options: {},
    target: { thread, target },
    list: async () =>
      isDelivered || target !== undefined
        ? null
        : (await stagedJobs()).filter((name) => !before.includes(name)),
    read(name, handover) {
      isDelivered = true;
      return bytesOf(downloaded(name, handover));
    },
  };
}

const cases = new Map<string, DeliveryCase>([
  ['stream', streamCase],
  ['download', { place: () => downloadPlace(undefined) }],
  ['share', { place: () => downloadPlace(undefined) }],
  ['mail', { place: () => downloadPlace(undefined) }],
  [
    'http',
    {
      async place() {
        const before = await stagedJobs();
        let isSent = false;
        return {
          options: { url: 'https://files.example/up/{name}' },
          target: { thread: shared },
          // What was staged goes with the sending.
          list: async () => {
            const left = (await stagedJobs()).filter((name) => !before.includes(name));
            return isSent && left.length === 0 ? null : left;
          },
          read(name) {
            isSent = true;
            return shared.ask<Uint8Array>({ call: 'sent', name });
          },
        };
      },
    },
  ],
  [
    'clipboard',
    {
      async place() {
        const thread = shared;
        return {
          options: {},
          target: { thread },
          list: async () => null,
          async read(_, handover) {
            if (handover?.kind !== 'clipboard') throw new Error('no clipboard text');
            return new TextEncoder().encode(handover.text);
          },
        };
      },
    },
  ],
  [
    'folder',
    {
      async place() {
        const thread = shared;
        const { folder, remove } = await freshFolder();
        return {
          options: {},
          target: { thread, target: folder },
          list: () => namesIn(folder),
          read: async (name) => bytesOf(await (await fileIn(folder, name)).getFile()),
          put: async (name, bytes) => void (await put(folder, name, bytes)),
          close: remove,
        };
      },
    },
  ],
  [
    'file',
    {
      async place() {
        const thread = shared;
        const { folder, remove } = await freshFolder();
        // As a picker does, the file is there, and empty.
        const target = await folder.getFileHandle('picked.csv', { create: true });
        return {
          options: {},
          target: { thread, target },
          fixedName: 'picked.csv',
          list: () => namesIn(folder),
          read: async (name) => bytesOf(await (await fileIn(folder, name)).getFile()),
          close: remove,
        };
      },
    },
  ],
]);

it('knows a place for every delivery of the page', () => {
  expect([...cases.keys()].toSorted()).toEqual(deliveries.map(({ id }) => id).toSorted());
});

for (const card of deliveries)
  describeDelivery(card.id === 'stream' ? card : inThread(card), cases.get(card.id)!);

const memoryCard = inThread(deliveries.find(({ id }) => id === 'download')!);
describeDelivery(
  { ...memoryCard, id: 'download in memory' },
  { place: () => downloadPlace({ inMemory: true }) },
);

async function opened(
  id: string,
  target: unknown,
  ifExists: 'fail' | 'replace' | 'rename' = 'fail',
): Promise<{ thread: DeliveryThread; delivery: DeliveryWriter }> {
  const thread = new DeliveryThread();
  const module = await inThread(deliveries.find((card) => card.id === id)!).load();
  const delivery = await module.open({
    options: {},
    ifExists,
    target: { thread, target },
    mediaType: 'text/csv',
    jobId: 'job-2',
    signal: new AbortController().signal,
  });
  return { thread, delivery };
}

it('takes a write that the storage did not take whole for a full disk', async () => {
  const { thread, delivery } = await opened('download', undefined);
  const writer = await delivery.openFile('a.csv');
  await thread.ask({ call: 'failWrites' });
  const written = writer.write(sampleBytes(10)).then(() => writer.close());
  expect(await codeOf(written)).toBe('deliver.no-space');
  await delivery.abort();
  thread.end();
});

it('clears away what a worker that died had staged, and nothing of one that lives', async () => {
  shared.end();
  const dying = await opened('download', undefined);
  await (await dying.delivery.openFile('a.csv')).write(sampleBytes(10));
  const living = await opened('download', undefined);
  await (await living.delivery.openFile('b.csv')).write(sampleBytes(10));
  dying.thread.end();
  // The browser frees the locks of a worker a moment after it has ended it.
  await expect
    .poll(async () => {
      const next = await opened('download', undefined);
      await next.delivery.abort();
      next.thread.end();
      return (await stagedJobs()).length;
    })
    .toBe(1);
  await living.delivery.abort();
  living.thread.end();
  expect(await stagedJobs()).toEqual([]);
});

it.each(['fail', 'rename'] as const)(
  'does not touch a handed-over file with content under %s',
  async (ifExists) => {
    const { folder, remove } = await freshFolder();
    const handle = await put(folder, 'kept.csv', sampleBytes(5));
    const { thread, delivery } = await opened('file', handle, ifExists);
    expect(await codeOf(delivery.openFile('x.csv'))).toBe('deliver.exists');
    await delivery.abort();
    expect(await bytesOf(await handle.getFile())).toEqual(sampleBytes(5));
    thread.end();
    await remove();
  },
);

it('keeps the content of a handed-over file when its replacement is given up', async () => {
  const { folder, remove } = await freshFolder();
  const handle = await put(folder, 'kept.csv', sampleBytes(5));
  const { thread, delivery } = await opened('file', handle, 'replace');
  await (await delivery.openFile('x.csv')).write(sampleBytes(5_000_000));
  await delivery.abort();
  expect(await bytesOf(await handle.getFile())).toEqual(sampleBytes(5));
  thread.end();
  await remove();
});

it('refuses more than a clipboard takes, and what is no text', async () => {
  const { thread, delivery } = await opened('clipboard', undefined);
  const writer = await delivery.openFile('a.csv');
  await writer.write(sampleBytes(16 << 20));
  expect(await codeOf(writer.write(sampleBytes(1)))).toBe('deliver.too-large');
  thread.end();
  const second = await opened('clipboard', undefined);
  const packed = await second.delivery.openFile('a.csv.gz');
  expect(await codeOf(packed.write(new Uint8Array([0x1f, 0x8b, 8])))).toBe('deliver.failed');
  second.thread.end();
});

it.each(['file', 'folder'])('says what is missing when %s gets no handle', async (id) => {
  expect(await codeOf(opened(id, undefined))).toBe('config.binding-missing');
});
