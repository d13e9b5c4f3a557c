// Exports that are sent: what arrives, servers on a bad day, signatures, and what becomes of secrets.
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig, type OutputConfig } from '../contract/config.ts';
import type { Progress } from '../contract/report.ts';
import { startReceiver, type Receiver } from '../deliveries/http/testing.node.ts';
import { deliveries } from '../deliveries/registry.node.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { inlineLanes } from './lanes.ts';
import { builtInPlugins } from './plugins.ts';

const plugins = builtInPlugins(deliveries);
const lanes = inlineLanes(plugins.formats);
const waits: number[] = [];
const engine = createEngine({
  plugins,
  openBytes: async (binding) => openBlob(binding as Blob),
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
  network: {
    fetch: globalThis.fetch,
    async sleep(ms) {
      waits.push(ms);
    },
  },
});

const CSV = 'id,name\n1,a\n2,b\n3,c\n';
const CANARY = 'canary-77c1';

// A temporary folder of its own, as other tests stage there too.
const folder = mkdtempSync(join(tmpdir(), 'http-deliveries-'));
process.env['TMPDIR'] = folder;
afterAll(() => rmSync(folder, { recursive: true }));

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  waits.length = 0;
});
afterEach(() => receiver.close());

async function send(
  options: Record<string, unknown>,
  output: Partial<OutputConfig> = {},
  { signal, ...bindings }: Bindings & { signal?: AbortSignal } = {},
) {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'in' }, options: {} },
    format: { id: 'csv', options: {} },
    delivery: { id: 'http', options: { url: `${receiver.url}/up/{name}`, ...options } },
  });
  config.name = 'orders';
  Object.assign(config.outputs[0]!, { naming: { pattern: 'orders' } }, output);
  const trace: string[] = [];
  const told: Progress[] = [];
  const { report } = await engine.run(
    config,
    { bytes: { in: new File([CSV], 'in.csv') }, jobId: 'job-9', ...bindings },
    {
      onTrace: (line) => trace.push(line),
      onProgress: (progress) => told.push(progress),
      ...(signal && { signal }),
    },
  );
  return { report, trace, told };
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const inParts: Partial<OutputConfig> = { split: { rows: 1 }, naming: { pattern: 'p' } };
const staged = (): string[] => readdirSync(folder);

describe('what arrives', () => {
  it('is the file with its type and length, and the receipt says that it was not read back', async () => {
    const { report } = await send({ headers: { 'X-Own': 'yes' } });
    expect(report.error).toBeNull();
    const [request] = receiver.seen;
    expect(request).toMatchObject({ method: 'PUT', url: '/up/orders.csv' });
    expect(request!.headers).toMatchObject({
      'content-type': 'text/csv',
      'content-length': String(CSV.length),
      'x-own': 'yes',
    });
    expect(request!.headers['transfer-encoding']).toBeUndefined();
    expect(text(request!.body)).toBe(CSV);
    expect(report.files[0]).toMatchObject({
      path: `${receiver.url}/up/orders.csv`,
      verified: false,
    });
    expect(report.notes.join()).toContain('not read back');
    expect(staged()).toEqual([]);
  });

  it('is read back where that is asked for, and one flipped byte or a cut is found', async () => {
    const good = await send({ readBack: true });
    expect(good.report.files[0]!.verified).toBe(true);
    expect(good.report.notes.join()).not.toContain('not read back');
    for (const spoil of [
      (bytes: Uint8Array) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
      (bytes: Uint8Array) => bytes.slice(0, -1),
    ]) {
      receiver.answer = ({ method, body, url }, response) => {
        if (method !== 'PUT') return false;
        receiver.stored.set(url.split('/').at(-1)!, spoil(body));
        response.end();
        return true;
      };
      const { report } = await send({ readBack: true });
      expect(report.outcome).toBe('failed');
      expect(report.error!.code).toMatch(/^verify\./);
    }
  });

  it('is each part at its own address, and one address takes no two', async () => {
    const { report } = await send({}, inParts);
    expect(report.error).toBeNull();
    expect(receiver.seen.map(({ url }) => url)).toEqual([
      '/up/p-001.csv',
      '/up/p-002.csv',
      '/up/p-003.csv',
    ]);
    receiver.seen.length = 0;
    const refused = await send({ url: `${receiver.url}/up` }, inParts);
    expect(refused.report.error!.sentence).toContain('{name}');
    expect(receiver.seen).toEqual([]);
  });

  it('is only new where that is asked for', async () => {
    await send({ onlyNew: true });
    const { report } = await send({ onlyNew: true });
    expect(report.error!.code).toBe('deliver.exists');
  });

  it('is the facts where they are asked for', async () => {
    const { report } = await send(
      { url: `${receiver.url}/hook`, method: 'POST', sends: 'facts' },
      inParts,
    );
    expect(receiver.seen).toHaveLength(1);
    const { headers, body } = receiver.seen[0]!;
    expect(headers['content-type']).toBe('application/json');
    const facts = JSON.parse(text(body)) as { files: unknown[] };
    expect(facts).toMatchObject({ event: 'export.completed', jobId: 'job-9' });
    expect(facts.files).toEqual(
      report.files.map(({ name, rows, sizeBytes, checksum }) => ({
        name,
        rows,
        sizeBytes,
        sha256: checksum!.value,
      })),
    );
    expect(report.notes.join()).toContain('its files were not');
  });
});

describe('signatures', () => {
  it.each([
    ['plain text', CANARY, Buffer.from(CANARY)],
    ['whsec_', `whsec_${Buffer.from('0123456789abcdef').toString('base64')}`, '0123456789abcdef'],
  ])('hold for the id, the time and the body (%s)', async (_, secret, key) => {
    receiver.answer = (_request, response, before) => {
      if (before > 0) return false;
      response.writeHead(500).end();
      return true;
    };
    const { report } = await send(
      { method: 'POST', sign: true },
      {},
      { secrets: { webhook: secret } },
    );
    expect(report.error).toBeNull();
    expect(receiver.seen).toHaveLength(2);
    for (const { headers, body } of receiver.seen) {
      const id = headers['webhook-id'] as string;
      const time = headers['webhook-timestamp'] as string;
      expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
      const expected = createHmac('sha256', key).update(`${id}.${time}.`).update(body);
      expect(headers['webhook-signature']).toBe(`v1,${expected.digest('base64')}`);
    }
    expect(receiver.seen[0]!.headers['webhook-id']).toBe(receiver.seen[1]!.headers['webhook-id']);
  });
});

describe('a bad day', () => {
  it('passes: 503 with Retry-After, 500, a socket that breaks', async () => {
    receiver.answer = (_request, response, before) => {
      if (before === 0) response.writeHead(503, { 'retry-after': '7' }).end();
      else if (before === 1) response.writeHead(500).end();
      else if (before === 2) response.socket!.destroy();
      return before <= 2;
    };
    const { report, trace } = await send({});
    expect(report.error).toBeNull();
    expect(text(receiver.stored.get('orders.csv'))).toBe(CSV);
    expect(waits[0]).toBe(7000);
    expect(waits[1]).toBeGreaterThanOrEqual(500);
    expect(waits[1]).toBeLessThanOrEqual(1000);
    expect(waits).toHaveLength(3);
    expect(trace.filter((line) => line.includes('Again in'))).toHaveLength(3);
  });

  it('is given up after the retries, and where the server asks for too long a wait', async () => {
    receiver.answer = (_request, response) => {
      response.writeHead(429, { 'retry-after': '3' }).end('slow down');
      return true;
    };
    const first = await send({ retries: 2 });
    expect(first.report.error!.sentence).toContain('429: slow down');
    expect(receiver.seen).toHaveLength(3);
    const second = await send({ longestWaitSeconds: 2 });
    expect(second.report.error!.hint).toContain('3 seconds');
    expect(staged()).toEqual([]);
  });

  it('sends no POST twice that may have arrived, but one that was refused', async () => {
    receiver.answer = (_request, response, before) => {
      if (before === 0) response.writeHead(429).end();
      else response.socket!.destroy();
      return true;
    };
    const { report } = await send({ method: 'POST' });
    expect(receiver.seen).toHaveLength(2);
    expect(report.error!.hint).toContain('may have taken it');
  });

  it('fails for what does not pass, in the words of the server without secrets', async () => {
    receiver.answer = ({ headers }, response) => {
      response.writeHead(403).end(`<p>No: ${headers.authorization}</p>${'x'.repeat(5000)}`);
      return true;
    };
    const { report, trace } = await send(
      { auth: 'bearer', url: `${receiver.url}/up?sig=${CANARY}2` },
      {},
      { secrets: { upload: CANARY } },
    );
    expect(receiver.seen[0]!.headers.authorization).toBe(`Bearer ${CANARY}`);
    expect(receiver.seen).toHaveLength(1);
    expect(report.error!.sentence).toContain('403: No: Bearer …');
    expect(report.error!.sentence.length).toBeLessThan(350);
    expect(JSON.stringify([report, trace])).not.toContain(CANARY);
  });

  it('keeps a key in the address secret', async () => {
    const options = { auth: 'address', url: `${receiver.url}/{key}/{name}` };
    const { report, trace } = await send(options, {}, { secrets: { upload: CANARY } });
    expect(receiver.seen[0]!.url).toBe(`/${CANARY}/orders.csv`);
    expect(report.files[0]!.path).toBe(`${receiver.url}/{key}/orders.csv`);
    expect(JSON.stringify([report, trace])).not.toContain(CANARY);
    const none = await send(options);
    expect(none.report.error!.code).toBe('config.secret-missing');
  });

  it('follows no redirect', async () => {
    receiver.answer = (_request, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
      return true;
    };
    const { report } = await send({});
    expect(report.error!.sentence).toContain('leads elsewhere');
    expect(receiver.seen).toHaveLength(1);
  });

  it('says which of several files were sent', async () => {
    receiver.answer = (_request, response, before) => {
      if (before === 2) response.writeHead(400).end('no');
      return before === 2;
    };
    const { report } = await send({}, inParts);
    expect(report.error).toMatchObject({ code: 'deliver.http.partial' });
    expect(report.error!.sentence).toContain('2 of 3 files were sent (p-001.csv, p-002.csv)');
    expect(report.files).toEqual([]);
  });

  it('gives up a server that stays silent', async () => {
    receiver.answer = () => true;
    const { report } = await send({ timeoutSeconds: 0.05, retries: 1 });
    expect(report.error!.sentence).toContain('longer than 0.05 seconds');
    expect(receiver.seen).toHaveLength(2);
  });
});

it('tells how far the sending is, and what it waits for', async () => {
  receiver.answer = (_request, response, before) => {
    if (before === 1) response.writeHead(503).end();
    return before === 1;
  };
  const { told } = await send({}, inParts);
  const states = told.map(({ phase, sending, etaMs }) => {
    if (phase !== 'sending') return null;
    expect(etaMs).toBeNull();
    const { name, file, files, bytes, bytesTotal, isCounted, retry } = sending!;
    expect([files, bytesTotal, isCounted]).toEqual([3, 12 * 3, false]);
    return [name, file, bytes, retry?.left];
  });
  expect(states.filter((state) => state !== null)).toEqual([
    ['p-001.csv', 1, 0, undefined],
    ['p-002.csv', 2, 12, undefined],
    ['p-002.csv', 2, 12, 3],
    ['p-003.csv', 3, 24, undefined],
    // The last word of a run.
    ['p-003.csv', 3, 24, undefined],
  ]);
});

it('counts bytes where the door does, never more than there are, and begins again at nought', async () => {
  const sent: (number | boolean)[][] = [];
  const { open } = await import('../deliveries/http/write.node.ts');
  const { HTTP_OPTIONS } = await import('../deliveries/http/options.ts');
  const delivery = await open({
    options: { ...HTTP_OPTIONS.defaults, url: `${receiver.url}/up/{name}` },
    ...{ ifExists: 'fail', target: undefined, mediaType: 'text/csv', jobId: 'job-9' },
    signal: new AbortController().signal,
    network: {
      async fetch(url, { onSent, ...init } = {}) {
        for (const bytes of [2, 0, 3, 99]) onSent!(bytes);
        return fetch(url, init);
      },
      now: Date.now,
      sleep: async () => {},
    },
    sending: ({ bytes, isCounted }) => sent.push([bytes, isCounted]),
  });
  for (const name of ['a.csv', 'b.csv']) {
    const file = await delivery.openFile(name);
    await file.write(new TextEncoder().encode('12345'));
    await file.close();
  }
  await delivery.commit();
  const each = (before: number) => [
    [before, false],
    [before + 2, true],
    [before, false],
    [before + 3, true],
    [before + 5, true],
  ];
  expect(sent).toEqual([...each(0), ...each(5)]);
});

describe('files that are there already', () => {
  const put = {};
  const post = { method: 'POST' };
  const onlyNew = { onlyNew: true };
  it.each([
    ['fail', put, 'warning'],
    ['fail', onlyNew, null],
    ['fail', post, null],
    ['fail', { sends: 'facts' }, null],
    ['replace', put, null],
    ['replace', onlyNew, 'error'],
    ['replace', { ...onlyNew, ...post }, null],
    ['skip', put, 'warning'],
    ['rename', put, 'error'],
    ['append', put, 'error'],
    ['ask', put, 'error'],
    ['ask', post, 'error'],
  ] as const)('are said to be %s with %j: %s', async (ifExists, options, severity) => {
    const config = createConfig({
      source: { kind: 'csv', from: { binding: 'in' }, options: {} },
      format: { id: 'csv', options: {} },
      delivery: { id: 'http', options: { url: `${receiver.url}/up/{name}`, ...options } },
      output: { ifExists },
    });
    const bindings = { bytes: { in: new File([CSV], 'in.csv') } };
    const { issues } = await engine.check(config, bindings);
    const own = issues.filter(({ path }) => path === 'outputs.0.ifExists');
    expect(own.map((issue) => issue.severity)).toEqual(severity === null ? [] : [severity]);
    for (const { sentence, hint } of own) expect([sentence, hint].join(' ')).toMatch(/\. .*\.$/);
    const { report } = await send(options, { ifExists });
    expect(report.outcome).toBe(severity === 'error' ? 'failed' : 'completed');
    expect(receiver.seen.length).toBe(severity === 'error' ? 0 : 1);
    if (severity === 'warning') expect(report.notes).toContain(own[0]!.sentence);
  });
});

it('stops sending when it is cancelled, and says what had been sent', async () => {
  const abort = new AbortController();
  receiver.answer = (_request, _response, before) => {
    if (before === 1) abort.abort();
    return before >= 1;
  };
  const { report } = await send({}, inParts, { signal: abort.signal });
  expect(report.outcome).toBe('cancelled');
  expect(report.left).toContain('1 of 3 files had been sent (p-001.csv); p-002.csv may');
  expect(staged()).toEqual([]);
});

it('sends nothing of a run that fails before its end', async () => {
  const { report } = await send({}, { format: { id: 'csv', options: { delimiter: 5 } } });
  expect(report.outcome).toBe('failed');
  expect(receiver.seen).toEqual([]);
  const second = await send({}, {}, { bytes: { in: new File(['a,b\n1,2\n"x'], 'in.csv') } });
  expect(second.report.outcome).toBe('failed');
  expect(receiver.seen).toEqual([]);
  expect(staged()).toEqual([]);
});
