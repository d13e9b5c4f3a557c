// Sources from addresses: pages of every kind, servers on a bad day, parts of files, and what becomes of secrets.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig, type SourceConfig } from '../contract/config.ts';
import { openBlob, type OpenedBytes } from '../sources/bytes/blob.ts';
import {
  cutAfter,
  sendFile,
  startTestServer,
  testRows,
  type TestServer,
} from '../sources/http/testing.node.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testPlugins, textOf } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

let server: TestServer;
let other: TestServer;
const waits: number[] = [];
beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer();
});
afterAll(() => Promise.all([server.close(), other.close()]));
beforeEach(() => {
  waits.length = 0;
  for (const each of [server, other]) {
    each.seen.length = 0;
    each.answers.clear();
  }
});

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: testPlugins,
  openBytes: async (binding) =>
    binding instanceof Blob ? openBlob(binding) : (binding as unknown as OpenedBytes),
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
  network: {
    fetch: globalThis.fetch,
    async sleep(ms) {
      waits.push(ms);
    },
  },
});

function configOf(
  options: Record<string, unknown>,
  source: Partial<SourceConfig> = {},
  format = 'csv',
) {
  return createConfig({
    source: { kind: 'auto', from: { origin: 'http', options }, ...source },
    format: { id: format, options: format === 'csv' ? { formulaGuard: false } : {} },
    delivery: { id: 'memory', options: {} },
  });
}

async function runOn(
  options: Record<string, unknown>,
  source: Partial<SourceConfig> = {},
  { format = 'csv', ...bindings }: Bindings & { format?: string } = {},
) {
  const target = memoryTarget();
  const trace: string[] = [];
  const { report } = await engine.run(
    configOf(options, source, format),
    { ...bindings, targets: { output: target } },
    { onTrace: (line) => trace.push(line) },
  );
  return { report, trace, text: textOf([...target.files.values()][0]) };
}

const rows = testRows(25);
const PAGE = 10;
const all = `id,name,amount\n${rows.map(({ id }, i) => `${id},"n${i + 1}, ""x""",${i}.50\n`).join('')}`;
const jsonOf = (part: typeof rows): string => `[${part.map(({ json }) => json).join(',')}]`;

describe('pages', () => {
  beforeEach(() => {
    const part = (page: number): typeof rows => rows.slice((page - 1) * PAGE, page * PAGE);
    const isLast = (page: number): boolean => page * PAGE >= rows.length;
    const json = { 'content-type': 'application/json' };
    server.answers.set('/link', ({ query }, response) => {
      const page = Number(query.get('page') ?? 1);
      const next = isLast(page)
        ? ''
        : `, <?page=${page + 1}&a=%3E>; title="b, c; rel=\\"x\\""; rel="last next"`;
      response.writeHead(200, { ...json, link: `</link?page=1>; rel="first"${next}` });
      response.end(jsonOf(part(page)));
    });
    server.answers.set('/next', ({ query }, response) => {
      const page = Number(query.get('page') ?? 1);
      const next = isLast(page) ? 'null' : `"\\/next?page=${page + 1}"`;
      response.writeHead(200, json);
      response.end(`{"data":{"items":${jsonOf(part(page))}},"paging":{"next":${next}}}`);
    });
    server.answers.set('/cursor', (request, response) => {
      const given =
        request.method === 'POST'
          ? /"after":("?)(\d+)\1/.exec(request.body)?.[2]
          : request.query.get('after');
      const at = given == null ? 0 : rows.findIndex(({ id }) => id === given) + 1;
      const size = Number(request.query.get('limit') ?? PAGE);
      const page = rows.slice(at, at + size);
      response.writeHead(200, json);
      response.end(
        `{"items":${jsonOf(page)},"more":${at + size < rows.length},"last":${page.at(-1)?.id ?? 'null'}}`,
      );
    });
    server.answers.set('/number', ({ query }, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.end(
        `id,name,amount\n${all
          .split('\n')
          .slice(1, -1)
          .slice((Number(query.get('page')) - 1) * PAGE, Number(query.get('page')) * PAGE)
          .join('\n')}`,
      );
    });
    // A server that gives no more than 7, however many are asked for.
    server.answers.set('/offset', ({ query }, response) => {
      const at = Number(query.get('offset'));
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end(
        rows
          .slice(at, at + Math.min(7, Number(query.get('limit'))))
          .map(({ json: line }) => `${line}\n`)
          .join(''),
      );
    });
  });

  it.each([
    ['/link', { paging: 'link-header' }, 3],
    ['/next', { paging: 'next-url', nextPath: '/paging/next' }, 3],
    [
      '/cursor',
      { paging: 'cursor', nextPath: '/last', morePath: '/more', pageParameter: 'after' },
      3,
    ],
    [
      '/cursor',
      {
        paging: 'cursor',
        nextPath: '/last',
        morePath: '/more',
        pageParameter: 'after',
        method: 'POST',
        body: '{"q":1}',
        parametersIn: 'body',
      },
      3,
    ],
    [
      '/cursor',
      {
        paging: 'cursor',
        nextPath: '/last',
        pageParameter: 'after',
        sizeParameter: 'limit',
        pageSize: 9,
      },
      4,
    ],
    ['/number', { paging: 'page-number' }, 4],
    ['/number', { paging: 'page-number', lastPage: 'short', pageSize: PAGE }, 3],
    ['/offset', { paging: 'offset', sizeParameter: 'limit', pageSize: 1000 }, 5],
  ])('%s with %j are %i requests and all rows once', async (path, options, requests) => {
    const { report, text } = await runOn({ url: server.url + path, ...options });
    expect(report.error).toBeNull();
    expect(text).toBe(all);
    expect(server.seen).toHaveLength(requests);
    expect(report.audit).toMatchObject({ rowsIn: 25, rowsOut: 25, rejected: 0 });
    expect(report.sources[0]!.files!.reduce((sum, page) => sum + page.rows, 0)).toBe(25);
    expect(report.notes.some((note) => note.includes('by number or offset'))).toBe(
      options.paging === 'page-number' || options.paging === 'offset',
    );
  });

  it('stop after so many pages or rows, and where the rows are limited', async () => {
    const url = `${server.url}/link`;
    const two = await runOn({ url, paging: 'link-header', mostPages: 2 });
    expect(two.report.audit.rowsOut).toBe(20);
    expect(two.report.notes).toEqual([
      expect.stringContaining('Reading stopped at mostPages (2) before the last page'),
    ]);
    const some = await runOn({ url, paging: 'link-header', mostRows: 5 });
    expect(some.report.audit.rowsOut).toBe(10);
    expect(some.report.notes).toEqual([expect.stringContaining('stopped at mostRows (5)')]);
    for (const enough of [{ mostPages: 3 }, { mostRows: 25 }, { mostPages: 9 }]) {
      const { report } = await runOn({ url, paging: 'link-header', ...enough });
      expect(report).toMatchObject({ audit: { rowsOut: 25 }, notes: [] });
    }
    // Where nothing tells whether a page follows, more may be left.
    const asked = { paging: 'offset', sizeParameter: 'limit', pageSize: 7, mostPages: 2 };
    const offset = await runOn({ url: `${server.url}/offset`, ...asked });
    expect(offset.report.notes.at(-1)).toContain('the address has, or may have, more rows.');
    server.seen.length = 0;
    const target = memoryTarget();
    const config = configOf({ url, paging: 'link-header' });
    config.datasets[0]!.steps.push({
      id: 'l',
      kind: 'limit',
      enabled: true,
      options: { limit: 5 },
    });
    const { report } = await engine.run(config, { targets: { output: target } });
    expect(report.audit.rowsOut).toBe(5);
    // One look ahead tells the report whether anything was left out.
    expect(server.seen).toHaveLength(2);
  });

  it('name the page of each row, and keys that come later become columns', async () => {
    server.answers.set('/grow', ({ query }, response) => {
      response.setHeader('content-type', 'application/json');
      const page = query.get('page');
      response.end(page === '1' ? '[{"a":1}]' : page === '2' ? '[{"a":2,"b":"x"}]' : '[]');
    });
    const { report, text } = await runOn(
      { url: `${server.url}/grow`, paging: 'page-number' },
      { files: { nameColumn: 'page', columns: 'same' } },
    );
    expect(report.error).toBeNull();
    expect(text).toBe('page,a,b\npage 1,1,\npage 2,2,x\n');
  });

  it.each([
    ['same', null],
    ['first', 'a,b\n1,2\n4,3\n'],
    ['union', 'a,b,c\n1,2,\n4,3,5\n'],
  ] as const)('of CSV are put together by column names: %s', async (columns, expected) => {
    server.answers.set('/csv', ({ query }, response) => {
      response.setHeader('content-type', 'text/csv');
      const bodies = ['a,b\n1,2\n', 'b,c,a\n3,5,4\n', ''];
      response.end(bodies[Number(query.get('page')) - 1]);
    });
    const { report, text } = await runOn(
      { url: `${server.url}/csv`, paging: 'page-number' },
      { files: { columns } },
    );
    if (expected === null) {
      expect(report.error).toMatchObject({ code: 'read.files.differ' });
      expect(report.error!.sentence).toContain('page 2');
    } else {
      expect(report.error).toBeNull();
      expect(text).toBe(expected);
    }
    expect(report.losses.map(({ count, column }) => [column, count])).toEqual(
      columns === 'first' ? [['c', 1]] : [],
    );
  });

  it('of XML too: an element that comes later becomes a column', async () => {
    server.answers.set('/xml', ({ query }, response) => {
      const page = Number(query.get('page') ?? 1);
      const next = page < 3 ? { link: `</xml?page=${page + 1}>; rel="next"` } : {};
      response.writeHead(200, { 'content-type': 'application/xml', ...next });
      const late = page === 1 ? '' : `<note>n${page}</note>`;
      response.end(
        page === 3
          ? '<rows/>'
          : `<rows><row><id>${page}</id>${late}</row><row><id>x</id></row></rows>`,
      );
    });
    const { report, text } = await runOn({ url: `${server.url}/xml`, paging: 'link-header' });
    expect(report.outcome).toBe('completed');
    expect(text).toBe('id,note\n1,\nx,\n2,n2\nx,\n');
  });

  it('that lead back to one that was read end with an error', async () => {
    server.answers.set('/round', (_request, response) => {
      response.setHeader('link', '</round?page=1>; rel=next');
      response.end('[{"a":1}]');
    });
    const { report } = await runOn({ url: `${server.url}/round?page=1`, paging: 'link-header' });
    expect(report.error).toMatchObject({ code: 'read.http.paging' });
  });

  it('look no further than the first when they are only looked at', async () => {
    const config = configOf({ url: `${server.url}/link`, paging: 'link-header' });
    const found = await engine.inspect(config, {});
    expect(found.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'int64'],
      ['name', 'utf8'],
      ['amount', 'decimal(18,2)'],
    ]);
    expect(found.isWhole).toBe(false);
    expect(server.seen).toHaveLength(1);
    const checked = await engine.check(
      configOf({ url: `${server.url}/number`, paging: 'page-number' }),
      {},
    );
    expect(checked.issues.map(({ severity, code }) => [severity, code])).toContainEqual([
      'warning',
      'source.warning',
    ]);
  });
});

const csv = `id,text\n${Array.from({ length: 60_000 }, (_, i) => `${i},some text that fills the line ${i}\n`).join('')}`;
const csvBytes = new TextEncoder().encode(csv);

describe('a server on a bad day', () => {
  it('is asked again, and longer and longer waited for', async () => {
    server.answers.set('/a.csv', (_request, response, before) => {
      if (before < 3) response.writeHead(500 + before).end('no');
      else response.end('a\n1\n');
    });
    const { report, text, trace } = await runOn({ url: `${server.url}/a.csv`, retryDelayMs: 100 });
    expect(report.error).toMatchObject({ code: 'read.http.status' });
    server.seen.length = 0;
    server.answers.set('/a.csv', (_request, response, before) => {
      if (before < 3) response.writeHead(503).end('no');
      else response.end('a\n1\n');
    });
    waits.length = 0;
    const again = await runOn({ url: `${server.url}/a.csv`, retryDelayMs: 100 });
    expect(again.text).toBe('a\n1\n');
    expect(waits).toHaveLength(3);
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(50 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(100 * 2 ** i);
    }
    expect(again.trace.filter((line) => line.includes('answered 503'))).toHaveLength(3);
    // The same seed waits the same.
    const first = waits.slice();
    waits.length = 0;
    server.seen.length = 0;
    await runOn({ url: `${server.url}/a.csv`, retryDelayMs: 100 });
    expect(waits).toEqual(first);
    expect([text, trace.length > 0]).toEqual(['', true]);
  });

  it('says how long to wait, up to what is bearable', async () => {
    server.answers.set('/a.csv', (_request, response, before) => {
      if (before === 0) response.writeHead(429, { 'retry-after': '7' }).end();
      else response.end('a\n1\n');
    });
    expect((await runOn({ url: `${server.url}/a.csv` })).text).toBe('a\n1\n');
    expect(waits).toEqual([7000]);
    server.seen.length = 0;
    const { report } = await runOn({ url: `${server.url}/a.csv`, longestWaitSeconds: 5 });
    expect(report.error).toMatchObject({ code: 'read.http.status', parameters: { status: 429 } });
    expect(report.error!.hint).toContain('7 seconds');
  });

  it.each([
    ['by range, told by a strong ETag', '"v1"', 2],
    ['by comparing what was read, without one', undefined, 0],
    ['by comparing what was read, with a weak one', 'W/"v1"', 0],
  ])('that hangs up is read on %s', async (_how, etag, ranged) => {
    server.answers.set('/big.csv', (request, response, before) => {
      if (before < 2 && request.headers.range === undefined && before === 0)
        cutAfter(response, csvBytes, 1_500_000, etag);
      else if (before === 1) {
        // Once more, further on.
        const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
        if (from > 0) {
          response.statusCode = 206;
          response.setHeader(
            'content-range',
            `bytes ${from}-${csvBytes.length - 1}/${csvBytes.length}`,
          );
        }
        cutAfter(response, csvBytes.subarray(from), 1_900_000 - from, etag);
      } else sendFile(request, response, csvBytes, { ...(etag !== undefined && { etag }) });
    });
    const { report, text } = await runOn({ url: `${server.url}/big.csv` });
    expect(report.error).toBeNull();
    expect(text === csv).toBe(true);
    expect(report.audit).toMatchObject({ rowsIn: 60_000, rowsOut: 60_000 });
    expect(server.seen).toHaveLength(3);
    expect(server.seen.filter(({ headers }) => headers.range !== undefined)).toHaveLength(ranged);
    expect(report.sources[0]!.bytesRead).toBe(csvBytes.length);
  });

  it('that sends another file after hanging up is found out', async () => {
    const changed = csvBytes.slice();
    changed[100] = 0x21;
    server.answers.set('/big.csv', (request, response, before) => {
      if (before === 0) cutAfter(response, csvBytes, 1_500_000);
      else sendFile(request, response, changed);
    });
    const { report } = await runOn({ url: `${server.url}/big.csv` });
    expect(report.error).toMatchObject({ code: 'read.changed' });
  });

  it('that ends before the announced length is given up after its retries, and nothing is delivered', async () => {
    server.answers.set('/short.csv', (_request, response) => cutAfter(response, csvBytes, 1000));
    const { report } = await runOn({ url: `${server.url}/short.csv`, retries: 2 });
    expect(report.error).toMatchObject({
      code: 'read.http.cut',
      parameters: { received: 1000, expected: ` of ${csvBytes.length}` },
    });
    expect(server.seen).toHaveLength(3);
    expect(report.files).toEqual([]);
  });

  it('that breaks off a page is asked for that page again', async () => {
    server.answers.set('/p', ({ query }, response, before) => {
      const page = query.get('page');
      const body = new TextEncoder().encode(
        page === '1' ? '[{"a":1}]' : page === '2' ? '[{"a":2}]' : '[]',
      );
      if (before === 1) cutAfter(response, body, 4);
      else response.end(body);
    });
    const { report, text } = await runOn({ url: `${server.url}/p`, paging: 'page-number' });
    expect(report.error).toBeNull();
    expect(text).toBe('a\n1\n2\n');
    expect(server.seen.map(({ query }) => query.get('page'))).toEqual(['1', '2', '2', '3']);
  });

  it('that is silent is not waited for for ever', async () => {
    server.answers.set('/slow.csv', (_request, response, before) => {
      if (before === 0) return;
      response.write('a\n1\n');
    });
    const { report } = await runOn({
      url: `${server.url}/slow.csv`,
      timeoutSeconds: 0.2,
      retries: 1,
    });
    expect(report.error).toMatchObject({ code: 'read.http.timeout' });
    // What came in between has begun the counting anew.
    expect(server.seen).toHaveLength(3);
  });

  it('that is not there is named', async () => {
    const gone = await startTestServer();
    await gone.close();
    const { report } = await runOn({ url: `${gone.url}/a.csv?token=canary`, retries: 0 });
    expect(report.error).toMatchObject({
      code: 'read.http.unreachable',
      parameters: { address: `${gone.url}/a.csv`, detail: 'nobody answers there' },
    });
    expect(JSON.stringify(report)).not.toContain('canary');
  });

  it('packs its answers: on the way, as files, and both', async () => {
    const whole = async (path: string): Promise<boolean> => {
      const { report, text } = await runOn({ url: server.url + path });
      expect(report.error).toBeNull();
      return text === csv;
    };
    server.answers.set('/a.csv', (request, response) =>
      sendFile(request, response, csvBytes, { gzip: true }),
    );
    expect(await whole('/a.csv')).toBe(true);
    server.answers.set('/a.csv.gz', (request, response) =>
      sendFile(request, response, gzipSync(csvBytes)),
    );
    expect(await whole('/a.csv.gz')).toBe(true);
  });
});

describe('questions', () => {
  it('about one answer are one request, runs ask anew, and what was changed is read anew', async () => {
    let text = 'a,b\n1,2\n';
    server.answers.set('/q.csv', (_request, response) => {
      response.setHeader('etag', `"${text.length}"`);
      response.end(text);
    });
    const config = configOf({ url: `${server.url}/q.csv` });
    // As a page asks: all at once.
    await Promise.all([engine.inspect(config, {}), engine.check(config, {})]);
    expect((await engine.preview(config, {})).rowsOut).toBe(1);
    expect(server.seen.length).toBeLessThanOrEqual(2);
    const asked = server.seen.length;
    await engine.check(config, {});
    expect(server.seen).toHaveLength(asked);
    text += '3,4\n';
    const target = memoryTarget();
    const { report } = await engine.run(config, { targets: { output: target } });
    expect(report.audit.rowsOut).toBe(2);
    expect(server.seen).toHaveLength(asked + 1);
  });
});

describe('requests', () => {
  it('are one for a run, and no more in a second than allowed', async () => {
    server.answers.set('/a.csv', (request, response) => sendFile(request, response, csvBytes));
    await runOn({ url: `${server.url}/a.csv` });
    expect(server.seen).toHaveLength(1);
    server.answers.set('/p', ({ query }, response) =>
      response.end(Number(query.get('page')) < 4 ? '[{"a":1}]' : '[]'),
    );
    await runOn({ url: `${server.url}/p`, paging: 'page-number', requestsPerSecond: 2 });
    expect(waits).toHaveLength(3);
    for (const [i, wait] of waits.entries()) expect(wait).toBeGreaterThan(450 * (i + 1) - 100 * i);
  });

  it('carry query, headers and body', async () => {
    server.answers.set('/q', (_request, response) => response.end('a\n1\n'));
    await runOn({
      url: `${server.url}/q?x=1`,
      method: 'POST',
      query: { y: 'ä b' },
      headers: { 'X-Own': 'z' },
      body: 'b',
      bodyType: 'text/plain',
    });
    const [{ method, query, headers, body }] = server.seen as [(typeof server.seen)[0]];
    expect([method, [...query], headers['x-own'], headers['content-type'], body]).toEqual([
      'POST',
      [
        ['x', '1'],
        ['y', 'ä b'],
      ],
      'z',
      'text/plain',
      'b',
    ]);
  });

  it.each([
    [{ url: 'ftp://x' }, /address/],
    [{ url: 'https://u:canary@x.example/' }, /without a user/],
    [{ url: 'https://x.example/', headers: { Authorization: 'Bearer canary' } }, /auth/],
    [{ url: 'https://x.example/', headers: { a: 'b\r\nc: canary' } }, /header/],
    [{ url: 'https://x.example/', credential: 'canary' }, /names the secret/],
    [{ url: '' }, /empty/],
  ])('with %j are refused', async (options, sentence) => {
    const { report } = await runOn(options);
    expect(report.error!.sentence).toMatch(sentence);
    expect(JSON.stringify({ ...report, config: null })).not.toContain('canary');
  });

  it.each(['/orders.json', '/api', '/orders.csv'])(
    'that answers %s with a page to sign in is told so',
    async (path) => {
      server.answers.set(path, (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end('<!doctype html><html><head><title>Sign in</title></head></html>');
      });
      const url = `${server.url}${path}`;
      const { report } = await runOn({ url });
      expect(report.error).toMatchObject({
        code: 'read.web-page',
        hint: expect.stringContaining('sign in (set a token or a password)') as string,
      });
      expect(report.error!.sentence).toContain('is a web page (“Sign in”), not data.');
      const paged = await runOn({ url, paging: 'link-header' });
      expect(paged.report.error).toMatchObject({ code: 'read.web-page' });
      const asText = await runOn({ url }, { kind: 'csv' });
      expect(asText.report.error).toBeNull();
    },
  );

  it('to a Latin-1 server and one that names no kind are read right', async () => {
    server.answers.set('/data', (_request, response) => {
      response.setHeader('content-type', 'text/csv; charset="ISO-8859-1"');
      response.end(Buffer.from('name\nJos\xe9\n', 'latin1'));
    });
    const { report, text } = await runOn({ url: `${server.url}/data` });
    expect(text).toBe('name\nJosé\n');
    expect(report.sources[0]).toMatchObject({ name: 'data.csv', kind: 'csv' });
  });
});

describe('parts of files', () => {
  const parquet = readFileSync('src/sources/parquet/fixtures/three-rows.parquet');

  it('are asked for alone where the server gives them', async () => {
    server.answers.set('/t.parquet', (request, response) =>
      sendFile(request, response, parquet, { etag: '"p"' }),
    );
    const { report } = await runOn({ url: `${server.url}/t.parquet` });
    expect(report.error).toBeNull();
    expect(report.audit.rowsOut).toBe(3);
    expect(server.seen.every(({ headers }) => headers.range !== undefined)).toBe(true);
  });

  it.each([
    ['gives none', { ranges: false, etag: '"p"' }],
    ['does not tell the file by anything', {}],
  ])('are taken from scratch where it %s', async (_what, how) => {
    server.answers.set('/t.parquet', (request, response) =>
      sendFile(request, response, parquet, how),
    );
    const { report } = await runOn({ url: `${server.url}/t.parquet` });
    expect(report.error).toBeNull();
    expect(report.audit.rowsOut).toBe(3);
  });

  it('of a file that changes meanwhile are no parts of it', async () => {
    let version = 0;
    server.answers.set('/t.parquet', (request, response) =>
      sendFile(request, response, parquet, { etag: `"${version++}"` }),
    );
    const { report } = await runOn({ url: `${server.url}/t.parquet` });
    expect(report.error).toMatchObject({ code: 'read.changed' });
  });
});

describe('secrets', () => {
  const CANARY = 'canary-7f3a';
  const credential = { secret: 'api' };
  const secrets = { api: CANARY };

  it.each([
    ['bearer', {}, { authorization: `Bearer ${CANARY}` }],
    [
      'basic',
      { user: 'ü' },
      { authorization: `Basic ${Buffer.from(`ü:${CANARY}`).toString('base64')}` },
    ],
    ['header', { keyName: 'X-Key' }, { 'x-key': CANARY }],
    ['query', { keyName: 'key' }, null],
  ])('go with %s, and nowhere else', async (auth, more, headers) => {
    server.answers.set('/a.csv', (_request, response, before) => {
      if (before === 0) response.writeHead(500).end(CANARY);
      else response.end('a\n1\n');
    });
    server.answers.set('/bad.csv', (_request, response) => response.writeHead(403).end(CANARY));
    for (const path of ['/a.csv', '/bad.csv']) {
      const options = { url: server.url + path, auth, credential, ...more };
      const { report, trace } = await runOn(options, {}, { secrets });
      expect(report.outcome).toBe(path === '/a.csv' ? 'completed' : 'failed');
      expect(report.config.sources[0]!.from).toMatchObject({ options: { credential } });
      expect(JSON.stringify([report, trace])).not.toContain(CANARY);
    }
    const [seen] = server.seen as [(typeof server.seen)[0]];
    if (headers === null) expect(seen.query.get('key')).toBe(CANARY);
    else expect(seen.headers).toMatchObject(headers);
  });

  it('that are missing, or that no header can hold, are told without them', async () => {
    const options = { url: `${server.url}/a.csv`, auth: 'bearer', credential };
    const missing = await runOn(options);
    expect(missing.report.error).toMatchObject({ code: 'config.secret-missing' });
    const odd = await runOn(
      { ...options, retries: 0 },
      {},
      { secrets: { api: `${CANARY}\u{1F600}` } },
    );
    expect(odd.report.outcome).toBe('failed');
    expect(JSON.stringify(odd)).not.toContain(CANARY);
    expect(server.seen).toHaveLength(0);
  });

  it('never follow a redirect or a next page to another server', async () => {
    const auth = { auth: 'header', credential, keyName: 'X-Key', headers: { 'X-Own': '1' } };
    server.answers.set('/to', (_request, response) =>
      response.writeHead(302, { location: `${other.url}/a.csv` }).end(),
    );
    server.answers.set('/here', (_request, response) =>
      response.writeHead(301, { location: '/b.csv' }).end(),
    );
    server.answers.set('/b.csv', (_request, response) => response.end('b\n2\n'));
    other.answers.set('/a.csv', (_request, response) => response.end('a\n1\n'));
    expect((await runOn({ url: `${server.url}/to`, ...auth }, {}, { secrets })).text).toBe(
      'a\n1\n',
    );
    expect((await runOn({ url: `${server.url}/here`, ...auth }, {}, { secrets })).text).toBe(
      'b\n2\n',
    );
    server.answers.set('/next', (_request, response) =>
      response.end(`{"items":[{"a":1}],"next":"${other.url}/end"}`),
    );
    other.answers.set('/end', (_request, response) => response.end('{"items":[{"a":2}]}'));
    const paged = await runOn(
      { url: `${server.url}/next`, paging: 'next-url', ...auth },
      {},
      { secrets },
    );
    expect(paged.text).toBe('a\n1\n2\n');
    expect(other.seen.map(({ headers }) => [headers['x-key'], headers['x-own']])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(server.seen.every(({ headers }) => headers['x-key'] === CANARY)).toBe(true);
    for (const redirects of ['same-origin', 'refuse']) {
      const { report } = await runOn(
        { url: `${server.url}/to`, redirects, ...auth },
        {},
        { secrets },
      );
      expect(report.error).toMatchObject({ code: 'read.http.redirect' });
    }
    expect(other.seen).toHaveLength(2);
  });

  it('that stand in an address are not stored with it', async () => {
    server.answers.set('/a.csv', (_request, response) => response.end('a\n1\n'));
    const { report } = await runOn({ url: `${server.url}/a.csv?token=${CANARY}&a=1` });
    expect(report.outcome).toBe('completed');
    expect(JSON.stringify(report)).not.toContain(CANARY);
    expect(JSON.stringify(report.config)).toContain('&a=1');
  });
});
