// The weighing of the page notices too much script and script that belongs elsewhere.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { measureSizes } from './sizes.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sizes-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A built page of three scripts: the entry, what it imports, and the dialog that comes later. */
async function buildPage(
  sizesKilobytes: [entry: number, shared: number, dialog: number],
  module = 'src/ui/App.tsx',
) {
  await mkdir(join(folder, '.vite'));
  const files = ['entry.js', 'shared.js', 'dialog.js'];
  for (const [index, file] of files.entries()) {
    // Random bytes do not compress, so a size is its own gzip size but for some header.
    await writeFile(join(folder, file), randomBytes((sizesKilobytes[index] ?? 0) * 1000));
  }
  const dialog = 'src/ui/export-dialog/ExportDialog.tsx';
  await writeFile(
    join(folder, '.vite/manifest.json'),
    JSON.stringify({
      'index.html': {
        file: 'entry.js',
        isEntry: true,
        imports: ['_shared.js'],
        dynamicImports: [dialog],
      },
      '_shared.js': { file: 'shared.js' },
      [dialog]: { file: 'dialog.js', src: dialog, isDynamicEntry: true, imports: ['_shared.js'] },
    }),
  );
  await writeFile(join(folder, '.vite/modules.json'), JSON.stringify({ 'shared.js': [module] }));
}

it('lets a page within its budgets pass', async () => {
  await buildPage([60, 39, 129]);
  const { ok, text } = measureSizes(folder);
  expect(text).toMatch(/^99\.\d of 100 kB .*\n129\.\d of 130 kB/);
  expect(ok).toBe(true);
});

it.each([
  ['the first script', [101, 0, 0]],
  ['what it imports', [60, 41, 0]],
  ['the dialog', [10, 10, 131]],
] as [string, [number, number, number]][])('finds %s too large', async (_what, sizes) => {
  await buildPage(sizes);
  expect(measureSizes(folder).ok).toBe(false);
});

it('weighs what a person asks for by itself, with what it alone brings along', async () => {
  const page = 'src/ui/history/HistoryPage.tsx';
  const build = async (sizeKilobytes: number): Promise<void> => {
    await buildPage([10, 10, 100]);
    await writeFile(join(folder, 'history.js'), randomBytes(30 * 1000));
    await writeFile(join(folder, 'table.js'), randomBytes(sizeKilobytes * 1000));
    const path = join(folder, '.vite/manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, object>;
    Object.assign(manifest['index.html']!, {
      dynamicImports: ['src/ui/export-dialog/ExportDialog.tsx', page],
    });
    manifest[page] = { file: 'history.js', imports: ['_table.js', '_shared.js'] };
    manifest['_table.js'] = { file: 'table.js' };
    await writeFile(path, JSON.stringify(manifest));
  };
  await build(9);
  const { ok, text } = measureSizes(folder);
  expect(text).toMatch(/100\.\d of 130 kB [^]*\n39\.\d of 40 kB gzip on demand: src\/ui\/history/);
  expect(ok).toBe(true);
  await rm(join(folder, '.vite'), { recursive: true });
  await build(11);
  expect(measureSizes(folder).ok).toBe(false);
});

it.each([
  'src/formats/json/options.ts',
  'node_modules/zod/index.js',
  'src/formats/csv/encode.ts',
  'src/contract/config.schema.ts',
])('finds %s on the page', async (module) => {
  await buildPage([1, 1, 1], module);
  const { ok, text } = measureSizes(folder);
  expect(ok).toBe(false);
  expect(text).toContain(module);
});

it('does not take a missing page for a small one', () => {
  expect(measureSizes(folder).ok).toBe(false);
});
