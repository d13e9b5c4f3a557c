// How bytes get to a source: as text, bytes or slices, put aside where they cannot be sliced, and of a kind told by themselves.
import { gzipSync } from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig, DEFAULT_LIMITS, type SourceConfig } from '../contract/config.ts';
import { defineOptions } from '../contract/options.schema.ts';
import type { ByteInput } from '../contract/source-input.ts';
import type { ReadContext, SourceCard } from '../contract/source-plugin.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { openPath } from '../sources/bytes/path.node.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { INT64, UTF8 } from '../table/data-type.ts';
import { createEngine } from './engine.ts';
import { inlineLanes } from './lanes.ts';
import { chunkedBytes, memoryTarget, testEngine, testPlugins, textOf } from './engine.suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'input-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAGIC = 'TALLY1';
const schema = schemaOf([
  ['table', UTF8],
  ['bytes', INT64],
]);

interface Seen {
  inspected: { input: ByteInput | undefined; table: string | undefined; sample: string }[];
  read: ReadContext<unknown>[];
}

/** A source that says of its table how many bytes there are: read from the start, or as two slices. */
function tallySource(reads: 'bytes' | 'slices', seen: Seen): SourceCard {
  return {
    id: 'tally',
    title: 'Tally',
    purpose: 'Counts.',
    input: 'bytes',
    reads,
    hasTables: true,
    extensions: ['tally'],
    mediaTypes: [],
    options: defineOptions(z.object({}), {}),
    recognise: (head) => (textOf(head).startsWith(MAGIC) ? 3 : 0),
    load: async () => ({
      inspect({ input, table, sample }) {
        seen.inspected.push({ input, table, sample: textOf(sample) });
        const tables = [{ name: 'all', kind: 'table' as const, rowCount: 1 }];
        return {
          options: {},
          evidence: [],
          schema,
          columns: [],
          sampledRows: 1,
          isWhole: true,
          estimatedRows: 1,
          tables,
          table: table ?? 'all',
        };
      },
      async *read(context) {
        seen.read.push(context);
        const input = context.input as ByteInput;
        let size = 0n;
        if (reads === 'bytes') for await (const chunk of input.open()) size += BigInt(chunk.length);
        else {
          const { slices } = input;
          const half = slices!.sizeBytes >> 1;
          size += BigInt((await slices!.read(half, slices!.sizeBytes)).length);
          size += BigInt(slices!.readNow?.(0, half).length ?? (await slices!.read(0, half)).length);
        }
        yield batchOf(context.schema, [[context.table ?? 'all', size]]);
      },
    }),
  };
}

function engineWith(reads: 'bytes' | 'slices') {
  const seen: Seen = { inspected: [], read: [] };
  const plugins = { ...testPlugins, sources: [...testPlugins.sources, tallySource(reads, seen)] };
  const lanes = inlineLanes(plugins.formats);
  const engine = createEngine({
    plugins,
    openBytes: async (binding) =>
      'path' in binding ? openPath(binding.path) : (binding as unknown as OpenedBytes),
    lanes: () => lanes,
    yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
  });
  return { seen, engine };
}

const configOf = (source: Partial<SourceConfig> = {}) =>
  createConfig({
    source: { kind: 'tally', from: { binding: 'in' }, ...source },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });

async function runOn(
  engine: ReturnType<typeof createEngine>,
  bytes: OpenedBytes | { path: string },
  source: Partial<SourceConfig> = {},
  limits = DEFAULT_LIMITS,
) {
  const target = memoryTarget();
  const { report } = await engine.run(
    { ...configOf(source), limits },
    { bytes: { in: bytes as never }, targets: { output: target } },
  );
  return { report, text: textOf([...target.files.values()][0]) };
}

const content = Buffer.from(`${MAGIC}\0ä\xff`.repeat(1000), 'latin1');

describe.each(['bytes', 'slices'] as const)('a source that reads %s', (reads) => {
  const path = join(folder, `${reads}.tally`);
  writeFileSync(path, content);
  const places: [string, () => OpenedBytes | { path: string }][] = [
    ['a path', () => ({ path })],
    ['bytes that come once', () => chunkedBytes('stdin', content, [7, 500], true)],
    ['bytes that come in chunks', () => chunkedBytes('in.tally', content, [333])],
    ['gzip', () => chunkedBytes('in.tally.gz', gzipSync(content), [100])],
    ['gzip once', () => chunkedBytes('stdin', gzipSync(content), [100], true)],
  ];
  it.each(places)('gets %s whole and undecoded', async (title, place) => {
    const { engine, seen } = engineWith(reads);
    const { report, text } = await runOn(engine, place());
    expect(report.error).toBeNull();
    expect(text).toBe(`table,bytes\nall,${content.length}\n`);
    expect(report.audit.balances).toBe(true);
    const [{ input, sample }] = seen.inspected as [Seen['inspected'][0]];
    const isSliced = reads === 'slices' || (title === 'a path' && reads === 'bytes');
    expect(input?.slices !== undefined).toBe(isSliced);
    expect(sample).toHaveLength(textOf(content).length);
    expect(report.sources[0]).toMatchObject({ kind: 'tally', exhausted: true });
  });

  it('is told the table, inspecting and reading', async () => {
    const { engine, seen } = engineWith(reads);
    const { text } = await runOn(engine, { path }, { table: 'other' });
    expect(text).toContain(`other,${content.length}`);
    expect(seen.inspected[0]!.table).toBe('other');
    const inspection = await engine.inspect(configOf({ table: 'x' }), { bytes: { in: { path } } });
    expect(inspection).toMatchObject({ table: 'x', tables: [{ name: 'all' }], charset: 'binary' });
    expect(inspection.evidence).toEqual([]);
  });

  it('is found by its magic number, packed or not, whatever the name', async () => {
    const { engine } = engineWith(reads);
    for (const [name, bytes] of [
      ['x.csv', content],
      ['x', gzipSync(content)],
    ] as const) {
      const { report, text } = await runOn(engine, chunkedBytes(name, bytes, [99]), {
        kind: 'auto',
      });
      expect(report.error).toBeNull();
      expect(text).toContain(`all,${content.length}`);
      expect(report.sources[0]!.kind).toBe('tally');
      expect(report.ledger[0]!.kind).toBe('tally');
    }
  });
});

it('puts aside no more than limits.unpackedBytes', async () => {
  const { engine } = engineWith('slices');
  const limits = { ...DEFAULT_LIMITS, unpackedBytes: 3000 };
  const { report } = await runOn(engine, chunkedBytes('stdin', content, [500], true), {}, limits);
  expect(report.error).toMatchObject({
    code: 'read.unpack.too-large',
    parameters: { option: 'unpackedBytes' },
  });
});

describe('a file that changes', () => {
  it('between two slices is told so', async () => {
    const path = join(folder, 'changes.tally');
    writeFileSync(path, content);
    const { slices } = await openPath(path);
    expect(Buffer.from(await slices!.read(3, 9))).toEqual(content.subarray(3, 9));
    expect(Buffer.from(slices!.readNow!(3, 9))).toEqual(content.subarray(3, 9));
    appendFileSync(path, 'more');
    await expect(slices!.read(3, 9)).rejects.toMatchObject({ code: 'read.changed' });
    expect(() => slices!.readNow!(3, 9)).toThrow(/changed while it was being read/);
  });

  it('between inspecting and reading is told so', async () => {
    const path = join(folder, 'replaced.tally');
    writeFileSync(path, content);
    const opened = await openPath(path);
    rmSync(path);
    writeFileSync(path, content);
    const reading = async (): Promise<void> => {
      for await (const _ of opened.open());
    };
    await expect(reading()).rejects.toMatchObject({ code: 'read.changed' });
  });
});

describe('a file without a byte', () => {
  const kinds = testPlugins.sources.filter(({ input }) => input === 'bytes').map(({ id }) => id);

  it.each([...kinds, 'auto'])(
    'read as %s is empty, by path as well as in a stream',
    async (kind) => {
      const path = join(folder, 'nothing');
      writeFileSync(path, '');
      const { engine } = engineWith('bytes');
      const nothing = new Uint8Array(0);
      for (const bytes of [{ path }, chunkedBytes('nothing', nothing, [1], true)]) {
        const { report } = await runOn(engine, bytes, { kind });
        expect(report.error).toMatchObject({ code: 'read.empty', sentence: 'nothing is empty.' });
      }
    },
  );

  it('gives no part of itself', async () => {
    const path = join(folder, 'nothing');
    writeFileSync(path, '');
    const { slices } = await openPath(path);
    expect(await slices!.read(0, 100)).toHaveLength(0);
    expect(slices!.readNow!(0, 100)).toHaveLength(0);
  });
});

describe('a database whose write-ahead log stands beside it', () => {
  const path = join(folder, 'used.db');
  // The program that writes it ends without closing it.
  const script = `import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
for s in ('PRAGMA journal_mode = wal', 'CREATE TABLE t(a, b)', 'INSERT INTO t VALUES (1, 1)', 'PRAGMA wal_checkpoint(TRUNCATE)', 'INSERT INTO t VALUES (2, 2)'): c.execute(s).fetchall()
os._exit(0)`;
  execFileSync('python3', ['-c', script, path]);

  it('is refused as long as changes stand there alone', async () => {
    const { engine } = engineWith('bytes');
    for (const kind of ['auto', 'sqlite']) {
      const { report } = await runOn(engine, { path }, { kind });
      expect(report.error).toMatchObject({ code: 'read.sqlite.wal' });
      expect(report.error!.sentence).toBe(
        'used.db is not whole: changes to it still stand in used.db-wal beside it.',
      );
      expect(report.error!.hint).toContain('PRAGMA wal_checkpoint');
    }
    const pattern = { path: join(folder, 'us*.db') };
    expect((await runOn(engine, pattern, { kind: 'auto' })).report.error).toMatchObject({
      code: 'read.sqlite.wal',
    });
  });

  it('is read with a warning where only itself is seen, and without one where the log is written back', async () => {
    const { engine } = engineWith('bytes');
    const warning = expect.stringContaining('changes that still stand in a file used.db-wal');
    const alone = chunkedBytes('used.db', readFileSync(path), [4096]);
    const seen = await runOn(engine, alone, { kind: 'auto' });
    expect(seen).toMatchObject({ text: 'a,b\n1,1\n', report: { error: null, notes: [warning] } });
    const { issues } = await engine.check(configOf({ kind: 'auto' }), {
      bytes: { in: alone as never },
    });
    expect(issues).toMatchObject([{ severity: 'warning', sentence: warning }]);
    execFileSync('python3', [
      '-c',
      'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("SELECT * FROM t").fetchall()',
      path,
    ]);
    const whole = await runOn(engine, { path }, { kind: 'auto' });
    expect(whole).toMatchObject({ text: 'a,b\n1,1\n2,2\n', report: { error: null, notes: [] } });
  });
});

describe('a kind that is to be found', () => {
  const kindOf = async (name: string, text: string): Promise<string> => {
    const { engine } = engineWith('bytes');
    const bytes = chunkedBytes(name, new TextEncoder().encode(text), [50]);
    const config = configOf({ kind: 'auto' });
    return (await engine.inspect(config, { bytes: { in: bytes as never } })).kind;
  };

  it('is csv for text that nobody else knows', async () => {
    expect(await kindOf('notes.xyz', 'a,b\n1,2\n')).toBe('csv');
    expect(await kindOf('', 'a\n')).toBe('csv');
  });

  it('goes by the bytes before the name, and never by a name that the bytes deny', async () => {
    expect(await kindOf('x.csv', `${MAGIC} a,b\n`)).toBe('tally');
    expect(await kindOf('x.tally', 'a,b\n1,2\n')).toBe('csv');
  });

  it('refuses a table for a kind that has none, once it is found', async () => {
    const { engine } = engineWith('bytes');
    const bytes = chunkedBytes('a.csv', new TextEncoder().encode('a\n1\n'), [50]);
    const { report } = await runOn(engine, bytes, { kind: 'auto', table: 'x' });
    expect(report.error).toMatchObject({ code: 'config.not-here' });
  });

  it('is rows for host rows', async () => {
    const rows = {
      name: 'rows',
      schema,
      rowCount: 1,
      once: false,
      async *open() {
        await Promise.resolve();
        yield batchOf(schema, [['a', 1n]]);
      },
    };
    const target = memoryTarget();
    const { report } = await testEngine().run(configOf({ kind: 'auto' }), {
      rows: { in: rows },
      targets: { output: target },
    });
    expect(report).toMatchObject({ error: null, sources: [{ kind: 'rows' }] });
  });
});
