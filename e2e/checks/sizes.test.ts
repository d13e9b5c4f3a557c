// The weighing of the page notices too much script and script that belongs elsewhere.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
