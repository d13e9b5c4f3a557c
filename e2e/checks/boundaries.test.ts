// Plants one violation of every import rule in a copy of the tree and sees each caught.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations, rules } from './boundaries.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Rule, the file that breaks it, what the file says, and further files the import needs. */
const plants: [rule: string, path: string, text: string][] = [
  [
    'no-cycle',
    'src/engine/planted-a.ts',
    `import type { B } from './planted-b.ts'; export type A = B;`,
  ],
  ['no-unresolved', 'src/engine/planted-c.ts', `import './planted-missing.ts';`],
  ['known-homes', 'src/planted/thing.ts', `import '../table/planted.ts';`],
  ['no-import-of-tests', 'src/engine/planted-d.ts', `import './planted.test.ts';`],
  ['no-development-packages', 'src/engine/planted-e.ts', `import 'fast-check';`],
  ['layer-kernels', 'src/kernels/planted.ts', `import '../table/planted.ts';`],
  ['layer-table', 'src/table/planted-up.ts', `import '../contract/planted.ts';`],
  [
    'layer-contract',
    'src/contract/planted-up.ts',
    `import type { A } from '../engine/planted-b.ts'; export type C = A;`,
  ],
  ['layer-expression', 'src/expression/planted.ts', `import '../codecs/registry.node.ts';`],
  ['layer-spill', 'src/spill/planted.ts', `import '../codecs/registry.node.ts';`],
  ['layer-grouping', 'src/grouping/planted.ts', `import '../codecs/registry.node.ts';`],
  ['layer-engine', 'src/engine/planted-f.ts', `import '../worker/planted.ts';`],
  ['layer-worker', 'src/worker/planted-up.ts', `import '../storage/planted.ts';`],
  ['layer-storage', 'src/storage/planted-up.ts', `import '../engine/planted-b.ts';`],
  ['layer-node', 'src/node/planted-up.ts', `import '../ui/planted.ts';`],
  ['low-layers-stand-alone', 'src/table/planted-package.ts', `import 'fflate';`],
  [
    'island-kinds',
    'src/formats/planted-one/encode.ts',
    `import '../../codecs/planted-one/encode.ts';`,
  ],
  ['island-folders', 'src/codecs/planted-one/encode.ts', `import '../planted-two/encode.ts';`],
  ['island-registry', 'src/codecs/planted-two/encode.ts', `import '../registry.node.ts';`],
  [
    'ui-through-client',
    'src/ui/planted-up.ts',
    `import type { A } from '../engine/planted-b.ts'; export type D = A;`,
  ],
  ['doors-through-client', 'src/library.ts', `import './engine/planted-b.ts';`],
  ['panel-by-props', 'src/formats/planted-one/panel.tsx', `import '../../contract/planted.ts';`],
  ['zod-free-page', 'src/ui/planted-schema.ts', `import '../contract/planted.schema.ts';`],
  [
    'zod-home',
    'src/engine/planted-zod.ts',
    `import type { z } from 'zod'; export type Z = z.ZodType;`,
  ],
  ['comlink-home', 'src/engine/planted-comlink.ts', `import 'comlink';`],
  ['idb-home', 'src/worker/planted-idb.ts', `import 'idb';`],
  [
    'react-home',
    'src/worker/planted-react.ts',
    `import { create } from 'zustand'; export const x = create;`,
  ],
  ['command-line-home', 'src/engine/planted-commander.ts', `import 'commander';`],
  ['yaml-home', 'src/storage/planted-yaml.ts', `import 'yaml';`],
  ['node-home', 'src/engine/planted-node.ts', `import 'node:fs';`],
  ['node-halves-by-registry', 'src/engine/planted-half.ts', `import '../codecs/registry.node.ts';`],
];

/** What the planted files import. */
const grounds: [path: string, text: string][] = [
  ['src/engine/planted-b.ts', `import type { A } from './planted-a.ts'; export type B = A | 1;`],
  ['src/engine/planted.test.ts', 'export {};'],
  ['src/table/planted.ts', 'export {};'],
  ['src/contract/planted.ts', 'export {};'],
  ['src/contract/planted.schema.ts', `import { z } from 'zod'; export const planted = z.string();`],
  ['src/worker/planted.ts', 'export {};'],
  ['src/storage/planted.ts', 'export {};'],
  ['src/ui/planted.ts', 'export {};'],
  ['src/codecs/registry.node.ts', 'export {};'],
];

let copy: string;
let found: Awaited<ReturnType<typeof findViolations>>;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'boundaries-'));
  await cp(join(root, 'src'), join(copy, 'src'), { recursive: true });
  await cp(join(root, 'package.json'), join(copy, 'package.json'));
  const packages = join(copy, 'node_modules');
  await mkdir(packages);
  for (const name of await readdir(join(root, 'node_modules')))
    await symlink(join(root, 'node_modules', name), join(packages, name));
  // The package of a home that nobody has moved into yet.
  if (!existsSync(join(packages, 'idb'))) {
    await mkdir(join(packages, 'idb'));
    await writeFile(join(packages, 'idb/package.json'), '{"name": "idb", "main": "index.js"}');
    await writeFile(join(packages, 'idb/index.js'), '');
  }
  for (const [path, text] of [
    ...grounds,
    ...plants.map(([, path, text]) => [path, text] as const),
  ]) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  found = await findViolations(copy);
}, 60_000);

afterAll(() => rm(copy, { recursive: true }));

describe('the import rules', () => {
  it('have a planted violation each', () => {
    expect(new Set(plants.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });

  it.each(plants)('%s catches %s', (rule, path) => {
    expect(found.violations.filter((one) => one.rule === rule).map(({ from }) => from)).toContain(
      path,
    );
  });

  it('take nothing amiss in what may be imported', () => {
    const innocent = grounds.map(([path]) => path).filter((path) => !path.includes('planted-b'));
    expect(found.violations.filter(({ from }) => innocent.includes(from))).toEqual([]);
  });

  it('look at every file', () => {
    expect(found.unseen).toEqual([]);
    expect(found.moduleCount).toBeGreaterThan(plants.length + grounds.length);
  });

  it('see nothing where there is nothing, and say so', async () => {
    const empty = join(copy, 'empty');
    await mkdir(join(empty, 'src'), { recursive: true });
    expect((await findViolations(empty)).moduleCount).toBe(0);
  });
});
