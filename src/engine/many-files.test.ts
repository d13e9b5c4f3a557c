// Several files as one source: picked, in a zip, in a folder or a pattern; their order, columns, types, names and rows.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { ByteBinding } from '../contract/bindings.ts';
import { createConfig, type FilesConfig, type SourceConfig } from '../contract/config.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { openPath } from '../sources/bytes/path.node.ts';
import { createEngine } from './engine.ts';
import { chunkedBytes, memoryTarget, testPlugins, textOf } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

const folder = mkdtempSync(join(tmpdir(), 'many-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: testPlugins,
  openBytes: async (binding) => {
    if (binding instanceof Blob) return openBlob(binding);
    return 'path' in binding ? openPath(binding.path) : (binding as unknown as OpenedBytes);
  },
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
});

function configOf(source: Partial<SourceConfig>, format = 'csv') {
  return createConfig({
    source: { kind: 'auto', from: { binding: 'in' }, ...source },
    format: { id: format, options: {} },
    delivery: { id: 'memory', options: {} },
  });
}

async function runOn(binding: ByteBinding, source: Partial<SourceConfig> = {}, format = 'csv') {
  const target = memoryTarget();
  const { report } = await engine.run(configOf(source, format), {
    bytes: { in: binding },
    targets: { output: target },
  });
  return { report, text: textOf([...target.files.values()][0]) };
}

const picked = (files: Record<string, string>): ByteBinding => ({
  name: 'picked',
  files: Object.entries(files).map(([name, text]) => ({ name, file: new File([text], name) })),
});

const filesOf = (files: Partial<FilesConfig>): { files: FilesConfig } => ({
  files: { columns: 'same', ...files },
});

describe('files that were picked', () => {
  it('are read in the order of their names, numbers by value, each column by its name', async () => {
    const { report, text } = await runOn(
      picked({
        'part-10.csv': 'id,name\n10,ten\n',
        'part-9.csv': 'name;id\nnine;9\nnine and a half;9\n',
        'part-1.csv': 'id,name\n1,one\n',
        '.DS_Store': 'x',
      }),
    );
    expect(report.error).toBeNull();
    expect(text).toBe('id,name\n1,one\n9,nine\n9,nine and a half\n10,ten\n');
    expect(report.sources[0]).toMatchObject({
      name: 'picked',
      kind: 'csv',
      rowsRead: 4,
      exhausted: true,
      files: [
        { name: 'part-1.csv', rows: 1 },
        { name: 'part-9.csv', rows: 2 },
        { name: 'part-10.csv', rows: 1 },
      ],
    });
    expect(report.sources[0]!.bytesRead).toBe(report.sources[0]!.sizeBytes);
    expect(report.audit.balances).toBe(true);
  });

  it('name their rows', async () => {
    const { text } = await runOn(picked({ '2026/b.csv': 'a\n2\n', '2026/a.csv': 'a\n1\n' }), {
      ...filesOf({ nameColumn: 'file' }),
    });
    expect(text).toBe('file,a\n2026/a.csv,1\n2026/b.csv,2\n');
  });

  it('have to be the same table, unless told otherwise', async () => {
    const files = picked({
      'a.csv': 'id,x\n1,2\n',
      'b.csv': 'id,y\n3,4\n',
      'c.csv': 'id,x\n5,6\n',
    });
    const same = await runOn(files);
    expect(same.report.error).toMatchObject({
      code: 'read.files.differ',
      sentence: 'b.csv lacks the column “x”, which a.csv has.',
    });
    const union = await runOn(files, filesOf({ columns: 'union' }));
    expect(union.text).toBe('id,x,y\n1,2,\n3,,4\n5,6,\n');
    const first = await runOn(files, filesOf({ columns: 'first' }));
    expect(first.text).toBe('id,x\n1,2\n3,\n5,6\n');
    expect(first.report.losses).toContainEqual(
      expect.objectContaining({ code: 'files.column-left-out', column: 'y', count: 1 }),
    );
  });

  it('widen their types, and values stay as they were written', async () => {
    const files = picked({ 'a.csv': 'n,t\n1,1\n', 'b.csv': 'n,t\n2.50,x\n' });
    const { text, report } = await runOn(files, {}, 'json');
    expect(report.columns.map(({ type }) => type)).toEqual([
      expect.stringMatching(/^decimal/),
      'utf8',
    ]);
    expect(JSON.parse(text)).toEqual({
      records: [
        { n: 1, t: '1' },
        { n: 2.5, t: 'x' },
      ],
    });
    expect(text).toContain('2.50');
  });

  it('start again as text where one of them does not keep to the type', async () => {
    const rows = 'k,v\n' + Array.from({ length: 60_000 }, (_, i) => `${i},${i}\n`).join('');
    const files = picked({ 'a.csv': rows, 'b.csv': 'v,k\n7,8\n', 'c.csv': `${rows}1,oops\n` });
    const { text, report } = await runOn(files, filesOf({ nameColumn: 'f' }), 'json');
    expect(report.error).toBeNull();
    expect(report.retyped).toMatchObject([{ column: 'v', value: 'oops' }]);
    expect(text).toContain('"oops"');
    expect(report.sources[0]!.files!.map(({ rows: count }) => count)).toEqual([60_000, 1, 60_001]);
  });

  it('name themselves in rejects', async () => {
    const { report } = await runOn(picked({ 'a.csv': 'n\n1\n', 'b.csv': 'n\n1\nx\n' }), {
      columns: [{ column: { name: 'n' }, type: 'int64' }],
    });
    expect(report.rejects).toMatchObject({ count: 1, listed: [{ file: 'b.csv', line: 3 }] });
    expect(report.rejects.listed[0]!.sentence).toMatch(/^b\.csv: /);
    expect(report.sources[0]!.files).toEqual([
      { name: 'a.csv', rows: 1 },
      { name: 'b.csv', rows: 2 },
    ]);
  });

  it('are inspected together', async () => {
    const found = await engine.inspect(configOf(filesOf({ columns: 'union', nameColumn: 'f' })), {
      bytes: { in: picked({ 'a.csv': 'id\n1\n\n', 'b.csv': 'id,y\n2,3\n4,\n' }) },
    });
    expect(found).toMatchObject({
      name: 'picked',
      files: ['a.csv', 'b.csv'],
      sampledRows: expect.any(Number),
    });
    expect(found.columns.map(({ name }) => name)).toEqual(['f', 'id', 'y']);
  });

  it('may be a thousand', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`p${i}.csv`, `id,name\n${i},n${i}\n`]),
    );
    const { report, text } = await runOn(picked(many));
    expect(report.sources[0]!.files).toHaveLength(1000);
    expect(text.split('\n').slice(0, 4)).toEqual(['id,name', '0,n0', '1,n1', '2,n2']);
    expect(report.audit).toMatchObject({ rowsIn: 1000, rowsOut: 1000, balances: true });
  });
});

describe('a folder or a pattern', () => {
  const write = (name: string, bytes: string | Uint8Array): void => {
    const path = join(folder, 'in', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  };
  write('a.csv', 'n\n1\n');
  write('deep/er/b.csv.gz', gzipSync('n\n2\n'));
  write('deep/c.tsv', 'n\n3\n');
  write('notes.md', '# no table\n');
  write('.hidden.csv', 'n\n9\n');

  it.each([
    ['in', {}, 'n\n1\n3\n2\n'],
    ['in', filesOf({ match: '*.csv' }), 'n\n1\n'],
    ['in', filesOf({ match: 'deep/**' }), 'n\n3\n2\n'],
    ['in/*.csv', {}, 'n\n1\n'],
    ['in/**/*.{tsv,csv.gz}', {}, 'n\n3\n2\n'],
    ['in/deep/[a-c].tsv', {}, 'n\n3\n'],
  ])('reads %s with %j', async (path, source, expected) => {
    const { report, text } = await runOn({ path: join(folder, path) }, source);
    expect(report.error).toBeNull();
    expect(text).toBe(expected);
  });

  it('says what is there when nothing is meant', async () => {
    for (const pattern of ['in/*.xlsx', 'nowhere/*.xlsx', '*.xlsx']) {
      const { report } = await runOn({ path: join(folder, pattern) });
      expect(report.error).toMatchObject({
        code: 'read.files.none',
        sentence: 'No file matches *.xlsx.',
        hint: expect.stringContaining('Check folder and spelling') as string,
      });
    }
    mkdirSync(join(folder, 'nothing'));
    const empty = await runOn({ path: join(folder, 'nothing') });
    expect(empty.report.error).toMatchObject({
      code: 'read.files.none',
      sentence: 'There is no file to read in nothing.',
      hint: 'It holds nothing: choose another.',
    });
    const none = await runOn({ path: join(folder, 'in') }, filesOf({ match: '*.xlsx' }));
    expect(none.report.error).toMatchObject({
      code: 'read.files.none',
      hint: expect.stringContaining('a.csv'),
    });
  });
});

const hasZip = spawnSync('zip', ['--version']).error === undefined || process.env['CI'] === 'true';

describe.skipIf(!hasZip)('a zip', () => {
  const make = (name: string, files: Record<string, string>, ...args: string[]): Buffer => {
    const at = join(folder, name);
    mkdirSync(at);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(at, file)), { recursive: true });
      writeFileSync(join(at, file), text);
    }
    return execFileSync('zip', ['-q', '-r', ...args, '-', '.'], { cwd: at, maxBuffer: 2 ** 26 });
  };
  const rows = 'id,name\n' + Array.from({ length: 3000 }, (_, i) => `${i},n${i % 7}\n`).join('');
  const one = make('one', {
    'data/orders.csv': rows,
    'readme.md': '# hello',
    'docs/index.html': '<table><tr><td>1</table>',
  });
  const two = make('two', { 'a.csv': 'n\n1\n', 'b.csv': 'n\n2\n' });

  it.each([
    ['deflated', one, {}],
    ['stored', make('stored', { 'orders.csv': rows }, '-0'), {}],
    ['by its entry', one, filesOf({ match: '*.csv' })],
  ])('gives its only fitting file, %s', async (_, zip, source) => {
    for (const binding of [
      new File([new Uint8Array(zip)], 'in.zip'),
      chunkedBytes('stdin', zip, [1000], true) as unknown as ByteBinding,
    ]) {
      const { report, text } = await runOn(binding, source);
      expect(report.error).toBeNull();
      expect(text).toBe(rows);
    }
    const found = await engine.inspect(configOf(source), {
      bytes: { in: new File([new Uint8Array(zip)], 'in.zip') },
    });
    expect(found).toMatchObject({ compression: 'zip', kind: 'csv' });
  });

  it('asks which of several is meant', async () => {
    const zip = new File([new Uint8Array(two)], 'two.zip');
    const { report } = await runOn(zip);
    expect(report.error).toMatchObject({
      code: 'read.files.choose',
      sentence: 'two.zip holds 2 files that could be meant: a.csv, b.csv.',
    });
    expect((await runOn(zip, filesOf({ match: 'b.csv' }))).text).toBe('n\n2\n');
    expect((await runOn(zip, filesOf({ nameColumn: 'f' }))).text).toBe('f,n\na.csv,1\nb.csv,2\n');
  });

  it('is refused when it is encrypted', async () => {
    const zip = make('secret', { 'a.csv': 'n\n1\n' }, '-P', 'secret');
    const { report } = await runOn(new File([new Uint8Array(zip)], 's.zip'));
    expect(report.error).toMatchObject({
      code: 'read.unpack.encrypted',
      sentence: '“a.csv” in s.zip is encrypted.',
    });
  });
});
