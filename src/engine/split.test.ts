// Parts of an output: by rows, packed bytes, values and dates; their names, manifest, and files that are there already.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createConfig, type OutputConfig } from '../contract/config.ts';
import type { Report } from '../contract/report.ts';
import {
  chunkedBytes,
  memoryTarget,
  testEngine,
  textOf,
  type MemoryTarget,
} from './engine.suite.ts';
import { partitionNames } from './partition-names.ts';
import { patternProblems } from './name-pattern.ts';

const engine = testEngine();
const CLOCK_MS = Date.UTC(2026, 10, 21, 8, 30);

interface Given {
  format?: string;
  options?: Record<string, unknown>;
  target?: MemoryTarget;
  timeZone?: string;
  onExists?: NonNullable<Parameters<typeof engine.run>[2]>['onExists'];
}

function configOf(
  output: Partial<OutputConfig>,
  { format = 'csv', options = {}, timeZone }: Given,
) {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: format, options },
    delivery: { id: 'memory', options: {} },
    output,
  });
  if (timeZone !== undefined) config.timeZone = timeZone;
  return config;
}

const bindingsOf = (text: string, target?: MemoryTarget) => ({
  bytes: { input: new File([text], 'orders.csv') },
  ...(target && { targets: { output: target } }),
  clock: () => CLOCK_MS,
  jobId: '0123456789',
});

async function run(
  text: string,
  output: Partial<OutputConfig>,
  given: Given = {},
): Promise<{ report: Report; files: Map<string, string>; target: MemoryTarget }> {
  const target = given.target ?? memoryTarget();
  const { report } = await engine.run(configOf(output, given), bindingsOf(text, target), {
    ...(given.onExists && { onExists: given.onExists }),
  });
  const files = new Map([...target.files].map(([name, bytes]) => [name, textOf(bytes)]));
  return { report, files, target };
}

const SALES =
  'country,n,day\nDE,1,2026-01-31\nFR,2,2026-02-01\nDE,3,2026-02-28\n,4,\n"",5,2025-12-31\n';

describe('split by values', () => {
  it('writes Hive folders without their columns, rows in their order', async () => {
    const { report, files } = await run(SALES, { split: { columns: [{ name: 'country' }] } });
    expect(report.error).toBeNull();
    expect([...files]).toEqual([
      ['country=DE/orders.csv', 'n,day\n1,2026-01-31\n3,2026-02-28\n'],
      ['country=FR/orders.csv', 'n,day\n2,2026-02-01\n'],
      ['country=__HIVE_DEFAULT_PARTITION__/orders.csv', 'n,day\n4,\n'],
      ['country=/orders.csv', 'n,day\n5,2025-12-31\n'],
    ]);
    expect(report.audit).toMatchObject({ rowsIn: 5, rowsOut: 5, balances: true });
    expect(report.columns.map(({ nullCount }) => nullCount)).toEqual([1, 0, 1]);
  });

  it.each([
    ['{name}-{part:00}-of-{parts}', 'orders'],
    ['{name}_{part}_{date:yyyy}', 'orders_2026'],
    ['{part:000} {name}', 'orders'],
    ['{name}.{partition}.{part}', 'orders'],
    ['in/{name} {part} of {parts}', 'in/orders'],
  ])('calls what is of all parts by %s without gaps', async (pattern, name) => {
    const output = { split: { rows: 2 }, manifest: true, naming: { pattern } };
    const { report, files } = await run(SALES, output);
    expect(report.error).toBeNull();
    expect([...files.keys()].at(-1)).toBe(`${name}.manifest.json`);
  });

  it('cuts each group by rows, with numbers of its own, in one zip', async () => {
    const { report, target } = await run(SALES, {
      split: { columns: [{ name: 'country' }], layout: 'names', rows: 1 },
      archive: { id: 'zip', options: {} },
      manifest: true,
    });
    expect(report.error).toBeNull();
    const inside = unzipSync(target.files.get('orders.zip')!);
    expect(Object.keys(inside)).toEqual([
      'orders-DE-001.csv',
      'orders-DE-002.csv',
      'orders-FR-001.csv',
      'orders-null-001.csv',
      'orders-empty-001.csv',
      'orders.manifest.json',
    ]);
    expect(textOf(inside['orders-DE-002.csv'])).toBe('country,n,day\nDE,3,2026-02-28\n');
    const manifest = JSON.parse(textOf(inside['orders.manifest.json']));
    expect(manifest).toMatchObject({ rows: 5, fileCount: 5, export: 'orders' });
    for (const { name, bytes, sha256 } of manifest.files) {
      expect(inside[name]!.length).toBe(bytes);
      expect(createHash('sha256').update(inside[name]!).digest('hex')).toBe(sha256);
    }
    expect(manifest.files[3].values).toEqual([['country', null]]);
  });

  it('parts by a piece of a date, which keeps its column', async () => {
    const { files } = await run(SALES, {
      split: { columns: [{ name: 'day', part: 'month' }], layout: 'folders' },
    });
    expect([...files.keys()]).toEqual([
      '2026-01/orders.csv',
      '2026-02/orders.csv',
      'null/orders.csv',
      '2025-12/orders.csv',
    ]);
    const at = 'at\n2026-03-31T22:30:00Z\n2026-03-31T21:59:59Z\n1969-12-31T23:59:59.5Z\n';
    const split = (part: 'hour' | 'day') => ({ split: { columns: [{ name: 'at', part }] } });
    const hours = await run(at, split('hour'), { timeZone: 'Europe/Berlin' });
    expect([...hours.files.keys()].map((name) => name.split('/')[0])).toEqual([
      'at_hour=2026-04-01T00',
      'at_hour=2026-03-31T23',
      'at_hour=1970-01-01T00',
    ]);
    const days = await run(at, split('day'));
    expect([...days.files.keys()][1]).toBe('at_day=1969-12-31/orders.csv');
    expect(days.files.get('at_day=1969-12-31/orders.csv')).toBe('at\n1969-12-31T23:59:59.5Z\n');
    const text = await run('a,b\nx,1\n', { split: { columns: [{ name: 'a', part: 'day' }] } });
    expect(text.report.error).toMatchObject({ code: 'config.conflict' });
  });

  it('takes the wanted values only and counts the others', async () => {
    const { report, files } = await run(SALES, {
      split: { columns: [{ name: 'country', values: ['FR', ''] }], keepColumns: true },
    });
    expect([...files.keys()]).toEqual(['country=FR/orders.csv', 'country=/orders.csv']);
    expect(files.get('country=FR/orders.csv')).toBe('country,n,day\nFR,2,2026-02-01\n');
    expect(report.audit).toMatchObject({ rowsIn: 5, rowsOut: 2, filtered: 3, balances: true });
    expect(report.columns[0]!.nullCount).toBe(0);
  });

  it('makes one empty file of no rows, and refuses what cannot be', async () => {
    const none = await run('a,b\n', { split: { columns: [{ name: 'a' }], rows: 2 } });
    expect([...none.files]).toEqual([['orders-001.csv', 'b\n']]);
    const missing = await run(SALES, { split: { columns: [{ name: 'no' }] } });
    expect(missing.report.error).toMatchObject({ code: 'config.unknown-column' });
    const many = await run(SALES, { split: { columns: [{ name: 'n' }], mostValues: 4 } });
    expect(many.report.error).toMatchObject({ code: 'encode.too-many-values' });
    expect(many.files.size).toBe(0);
    const all = await run('a\n1\n', { split: { columns: [{ name: 'a' }] } });
    expect(all.report.error).toMatchObject({ code: 'config.conflict' });
    const long = await run(`a,b\n${'x'.repeat(300)},1\n`, { split: { columns: [{ name: 'a' }] } });
    expect(long.report.error).toMatchObject({ code: 'encode.value-too-long' });
  });

  it('is read back by DuckDB, every value as it was', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const values = [
      'DE',
      'De',
      'a/b c=%',
      '',
      '__HIVE_DEFAULT_PARTITION__',
      'x.',
      '50%',
      'ü',
      '007',
    ];
    const lines = values.map((value, n) => `"${value}",${n}\n`).join('');
    const { files } = await run(`k,n\n${lines},${values.length}\n`, {
      split: { columns: [{ name: 'k' }] },
    });
    const folder = await mkdtemp(join(tmpdir(), 'hive-'));
    try {
      for (const [name, text] of files) {
        await mkdir(join(folder, name, '..'), { recursive: true });
        await writeFile(join(folder, name), text);
      }
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const read = await connection.runAndReadAll(
        `select k, n from read_csv('${folder}/*/*.csv', hive_partitioning = true, hive_types_autocast = false) order by n`,
      );
      expect(read.getRows().map(([k]) => k)).toEqual([...values, null]);
      connection.closeSync();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('previews the bytes of the first file, and all rows beside them', async () => {
    const config = configOf({ split: { columns: [{ name: 'country', values: ['FR'] }] } }, {});
    const preview = await engine.preview(config, bindingsOf(SALES));
    expect(preview.error).toBeNull();
    expect(textOf(preview.head)).toBe('n,day\n2,2026-02-01\n');
    expect(preview.rows).toHaveLength(5);
    const { split } = config.outputs[0]!;
    delete split!.columns![0]!.values;
    const { head, isWhole } = await engine.preview(config, bindingsOf(SALES));
    expect([textOf(head), isWhole]).toEqual(['n,day\n1,2026-01-31\n3,2026-02-28\n', true]);
  });

  it('never gives two values one name, whatever the file system makes of it', () => {
    const values = [
      'DE',
      'De',
      'de',
      'a/b',
      'a:b',
      'a_b',
      '..',
      'CON',
      'x.',
      'x',
      '\u00e9',
      'e\u0301',
      'e',
    ];
    const nasty = [
      '__HIVE_DEFAULT_PARTITION__',
      null,
      '',
      ' ',
      '\0',
      '\u202e',
      '%44e',
      '50%',
      'null',
      'empty',
    ];
    const groups = [...values, ...nasty].map((value) => [value]);
    for (const layout of ['hive', 'folders', 'names'] as const) {
      const names = partitionNames(groups, ['k'], layout);
      const folded = names.map((name) => name.normalize('NFC').toUpperCase().toLowerCase());
      expect(new Set(folded).size).toBe(groups.length);
      for (const name of names)
        // oxlint-disable-next-line no-control-regex -- control characters are what must be found
        expect(name).not.toMatch(/[<>:"\\|?*\u0000-\u001f\u202e]|\/|^\.\.?$|[. ]$/u);
      if (layout === 'folders') expect(names).not.toContain('CON');
      if (layout !== 'hive') continue;
      const read = names.map((name) => {
        const text = name.slice('k='.length);
        return text === '__HIVE_DEFAULT_PARTITION__' ? null : decodeURIComponent(text);
      });
      expect(read).toEqual(groups.map(([value]) => value));
    }
    expect(
      partitionNames(
        [
          ['1', 'a'],
          ['1', 'A'],
          ['2', 'a'],
        ],
        ['x', 'y'],
        'hive',
      ),
    ).toEqual(['x=1/y=a', 'x=1/y=%41', 'x=2/y=a']);
  });
});

/** Rows of uneven length, of which some pack well. */
const rowsArbitrary = fc.array(
  fc.tuple(fc.stringMatching(/^[a-z]{0,40}$/), fc.nat(3), fc.constantFrom('', 'x', 'y'.repeat(60))),
  { minLength: 1, maxLength: 120 },
);

describe('split by packed bytes', () => {
  it(
    'never goes over the cap, loses nothing, and keeps the order',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          rowsArbitrary,
          fc.integer({ min: 330, max: 3000 }),
          fc.constantFrom('none', 'gzip', 'zip'),
          fc.constantFrom('csv', 'json', 'ndjson'),
          fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
          fc.boolean(),
          async (rows, bytes, packing, format, most, byValue) => {
            const text = `a,k,b\n${rows.map(([a, k, b]) => `${a},${k},${b}\n`).join('')}`;
            const packed: Partial<OutputConfig> = {
              archive: packing === 'zip' ? { id: 'zip', options: {} } : null,
              compression: packing === 'gzip' ? { id: 'gzip', options: {} } : null,
            };
            const split: OutputConfig['split'] = {
              bytes,
              ...(most !== undefined && { rows: most }),
              ...(byValue && { columns: [{ name: 'k' }], layout: 'names' as const }),
            };
            const parts = await run(text, { split, ...packed }, { format });
            expect(parts.report.error).toBeNull();
            const whole = await run(text, {}, { format });
            expect(parts.report.audit.balances).toBe(true);
            const lines = [...parts.target.files.values()].flatMap((file) => {
              expect(file.length).toBeLessThanOrEqual(bytes);
              const plain =
                packing === 'zip'
                  ? Object.values(unzipSync(file))[0]!
                  : packing === 'gzip'
                    ? new Uint8Array(gunzipSync(file))
                    : file;
              const found = linesOf(textOf(plain), format);
              expect(found.length).toBeGreaterThan(0);
              expect(found.length).toBeLessThanOrEqual(most ?? Infinity);
              return found;
            });
            const expected = linesOf([...whole.files.values()][0]!, format);
            if (!byValue) expect(lines).toEqual(expected);
            else {
              const groups = new Map<string, string[]>();
              for (const line of expected) {
                const key = /,(\d),/.exec(line)?.[1] ?? /"k":"?(\d)/.exec(line)![1]!;
                groups.set(key, [...(groups.get(key) ?? []), line]);
              }
              expect(lines).toEqual([...groups.values()].flat());
            }
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('cuts where it cuts, however the rows come and however little memory there is', async () => {
    const rows = Array.from({ length: 9000 }, (_, i) => `${i},${i % 3},${'z'.repeat(i % 50)}\n`);
    const bytes = new TextEncoder().encode(`id,k,t\n${rows.join('')}`);
    const split = { bytes: 5_000, columns: [{ name: 'k' }] };
    const made = async (sizes: number[], memoryBytes: number) => {
      const target = memoryTarget();
      const config = configOf({ split, compression: { id: 'gzip', options: {} } }, {});
      config.limits.memoryBytes = memoryBytes;
      const { report } = await engine.run(config, {
        ...bindingsOf('', target),
        bytes: { input: chunkedBytes('orders.csv', bytes, sizes) as never },
      });
      expect(report.error).toBeNull();
      return [...target.files].map(([name, file]) => [
        name,
        createHash('sha256').update(file).digest('hex'),
      ]);
    };
    const once = await made([1 << 20], 256 * 1024 * 1024);
    expect(once.length).toBeGreaterThan(3);
    expect(await made([777, 5000], 1)).toEqual(once);
  });

  it('fills parts well, counts losses once, and says that one row is too large', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},=${i * 7919}\n`).join('');
    const { report, files } = await run(`id,f\n${rows}`, { split: { bytes: 4000 } });
    expect(report.error).toBeNull();
    const sizes = report.files.map(({ sizeBytes }) => sizeBytes);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4000);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(3600);
    expect(report.losses.map(({ code, count }) => [code, count])).toEqual([
      ['csv.formula-guarded', 3000],
    ]);
    expect(report.encodedBytes).toBe([...files.values()].join('').length);
    const long = await run(`a\n${'x'.repeat(500)}\n`, { split: { bytes: 400 } });
    expect(long.report.error).toMatchObject({ code: 'encode.row-over-cap' });
    expect(long.files.size).toBe(0);
  });
});

function linesOf(text: string, format: string): string[] {
  if (format === 'json') {
    const value = JSON.parse(text) as object;
    const list = [value, ...Object.values(value)].find((each) => Array.isArray(each)) as object[];
    return list.map((each) => JSON.stringify(each));
  }
  const lines = text.trimEnd().split('\n');
  return format === 'csv' ? lines.slice(1) : lines;
}

describe('names', () => {
  it('fills in what is known at the end', async () => {
    const naming = { pattern: '{source}/{date:yyyyMMdd}-{part:00}of{parts}-{rows}-{hash8}' };
    const { report, files } = await run('a\n1\n2\n3\n', { split: { rows: 2 }, naming });
    expect(report.error).toBeNull();
    const [first, second] = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
    expect(first![0]).toBe(`orders/20261121-01of2-2-${hash('a\n1\n2\n')}.csv`);
    expect(second![0]).toBe(`orders/20261121-02of2-1-${hash('a\n3\n')}.csv`);
    expect(report.files.map(({ name }) => name)).toEqual([first![0], second![0]]);
    const zip = await run('a\n1\n2\n3\n', {
      split: { rows: 2 },
      naming: { pattern: '{name}-{rows}{part}of{parts}' },
      archive: { id: 'zip', options: {} },
    });
    const [name, bytes] = [...zip.target.files][0]!;
    expect(name).toBe('orders-3of2.zip');
    expect(Object.keys(unzipSync(bytes))).toEqual(['orders-2-001of2.csv', 'orders-1-002of2.csv']);
  });

  it('shows what 1, 2 and 12 parts are called', async () => {
    const config = configOf({ split: { rows: 2 }, naming: { pattern: '{name}_{rows}{part}' } }, {});
    const { nameExamples } = await engine.check(config, bindingsOf('a\n1\n'));
    expect(nameExamples).toEqual([
      { parts: 1, names: ['orders_‹rows›-001.csv'] },
      { parts: 2, names: ['orders_‹rows›-001.csv', 'orders_‹rows›-002.csv'] },
      {
        parts: 12,
        names: ['orders_‹rows›-001.csv', 'orders_‹rows›-002.csv', 'orders_‹rows›-012.csv'],
      },
    ]);
  });

  it.each([
    '../x',
    '/x',
    'a//b',
    'a/',
    'C:x',
    'a\\b',
    'a\0',
    'x\u202e',
    'CON',
    'a/nul.txt',
    'x.',
    'a ?',
    '{date:QQQQQ!}',
    '{part:x}',
    '{rows:1}',
    'y'.repeat(151),
    `{date}/${'é'.repeat(76)}`,
  ])('refuses the pattern %j', async (pattern) => {
    expect(patternProblems(pattern).some(({ isError }) => isError)).toBe(true);
    const { report, files } = await run('a\n1\n', { naming: { pattern } });
    expect(report.error).toMatchObject({ code: 'config.conflict' });
    expect(files.size).toBe(0);
  });

  it.each([
    '{name}{part}',
    '{name}',
    'daily {date} {time}',
    '{foo}x',
    'ä-{jobId}',
    'y'.repeat(150),
  ])('takes the pattern %j', async (pattern) => {
    expect(patternProblems(pattern).some(({ isError }) => isError)).toBe(false);
    expect((await run('a\n1\n', { naming: { pattern } })).report.error).toBeNull();
  });
});

describe('a file that is there already', () => {
  const withOld = (name: string, text: string): MemoryTarget => {
    const target = memoryTarget();
    target.files.set(name, new TextEncoder().encode(text));
    return target;
  };

  it('gets further rows behind its own, once its head is the same', async () => {
    const append = { ifExists: 'append' as const };
    const first = await run('a,b\n3,4\n', append, { target: withOld('orders.csv', 'a,b\n1,2\n') });
    expect(first.report.error).toBeNull();
    expect(first.files.get('orders.csv')).toBe('a,b\n1,2\n3,4\n');
    expect(first.report.files[0]).toMatchObject({ rows: 1, existing: 'appended', verified: true });
    const open = await run('a,b\n3,4\n', append, { target: withOld('orders.csv', 'a,b\n1,2') });
    expect(open.files.get('orders.csv')).toBe('a,b\n1,2\n3,4\n');
    const fresh = await run('a,b\n3,4\n', append);
    expect(fresh.files.get('orders.csv')).toBe('a,b\n3,4\n');
    const other = withOld('orders.csv', 'b,a\n1,2\n');
    const differs = await run('a,b\n3,4\n', append, { target: other });
    expect(differs.report.error).toMatchObject({ code: 'deliver.append-differs' });
    const lines = withOld('orders.ndjson', '{"a":1}\n');
    const ndjson = await run('a\n2\n', append, { target: lines, format: 'ndjson' });
    expect(ndjson.files.get('orders.ndjson')).toBe('{"a":1}\n{"a":2}\n');
    const utf16 = { id: 'utf-16le', bom: true, onLoss: 'fail' as const, replacement: '?' };
    const target = memoryTarget();
    target.files.set('orders.csv', new Uint8Array(Buffer.from('\ufeffa\n1\n', 'utf16le')));
    const wide = await run('a\nü\n', { ...append, charset: utf16 }, { target });
    expect(Buffer.from(wide.target.files.get('orders.csv')!).toString('utf16le')).toBe(
      '\ufeffa\n1\nü\n',
    );
    for (const refused of [
      run('a\n1\n', append, { format: 'json' }),
      run('a\n1\n', { ...append, compression: { id: 'gzip', options: {} } }),
      run('a\n1\n', { ...append, split: { rows: 1 } }),
      run('a\n1\n', { ...append, manifest: true }),
    ])
      expect((await refused).report.error).toMatchObject({ code: 'config.conflict' });
  });

  it('stays as it is when it is the same, and is replaced when it is not', async () => {
    const skip = { ifExists: 'skip' as const };
    const same = await run('a\n1\n', skip, { target: withOld('orders.csv', 'a\n1\n') });
    expect(same.target.dropped).toEqual(['orders.csv']);
    expect(same.report.files[0]).toMatchObject({ existing: 'same', verified: true });
    const other = await run('a\n1\n', skip, { target: withOld('orders.csv', 'a\n2\n') });
    expect(other.target.dropped).toEqual([]);
    expect(other.files.get('orders.csv')).toBe('a\n1\n');
  });

  it.each([
    ['a zip', { archive: { id: 'zip', options: {} } }, {}],
    ['gzip', { compression: { id: 'gzip', options: {} } }, {}],
    ['a workbook', {}, { format: 'excel', options: { created: '2026-11-21' } }],
  ])('finds %s of another day the same', async (_what, packing, given) => {
    const output = { ...packing, ifExists: 'skip' as const };
    const target = memoryTarget();
    const at = (day: number, text: string) =>
      engine.run(
        configOf(output, given),
        { ...bindingsOf(text, target), clock: () => CLOCK_MS + day * 86_400_000 },
        {},
      );
    expect((await at(0, 'a\n1\n')).report.files[0]).not.toHaveProperty('existing');
    expect((await at(1, 'a\n1\n')).report.files[0]).toMatchObject({ existing: 'same' });
    expect(target.dropped).toHaveLength(1);
    expect((await at(2, 'a\n2\n')).report.files[0]).not.toMatchObject({ existing: 'same' });
  });

  it.each<[string, Partial<OutputConfig>, Given, string | null]>([
    ['a workbook without a day', {}, { format: 'excel', options: {} }, 'Created'],
    ['a workbook of a day', {}, { format: 'excel', options: { created: '2026-11-21' } }, null],
    ['a gzip', { compression: { id: 'gzip', options: {} } }, {}, null],
    [
      'a zip with a password',
      { archive: { id: 'zip', options: { password: { secret: 'p' } } } },
      {},
      'encrypts',
    ],
  ])('%s: says where nothing is ever the same', async (_what, packing, given, said) => {
    const config = configOf({ ...packing, ifExists: 'skip' }, given);
    const { issues } = await engine.check(config, bindingsOf('a\n1\n', memoryTarget()));
    const found = issues.filter(({ code }) => code === 'output.never-same');
    expect(found.map(({ severity }) => severity)).toEqual(said === null ? [] : ['warning']);
    if (said !== null) expect(found[0]!.sentence).toContain(said);
  });

  it('is asked about, and nobody is asked who cannot be', async () => {
    const ask = { ifExists: 'ask' as const };
    const asked: string[] = [];
    const replaced = await run('a\n1\n', ask, {
      target: withOld('orders.csv', 'old'),
      onExists: async (name, offers) => {
        asked.push(name, ...offers);
        return 'replace';
      },
    });
    expect(asked).toEqual(['orders.csv', 'replace', 'rename', 'append', 'skip', 'stop']);
    expect(replaced.files.get('orders.csv')).toBe('a\n1\n');
    const stopped = await run('a\n1\n', ask, {
      target: withOld('orders.csv', 'old'),
      onExists: async () => 'stop',
    });
    expect(stopped.report.outcome).toBe('cancelled');
    const alone = await run('a\n1\n', ask, { target: withOld('orders.csv', 'old') });
    expect(alone.report.error).toMatchObject({ code: 'config.conflict' });
  });
});
