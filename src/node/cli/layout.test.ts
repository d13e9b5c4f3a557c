// The built command line on text tables that are no plain CSV, as people have them.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layout-'));
  // A build of its own, so that nobody's dist is written over.
  const outDir = join(folder, 'dist');
  await build({ mode: 'node', logLevel: 'error', build: { outDir, emptyOutDir: false } });
  await writeFile(join(outDir, 'package.json'), '{"type":"module"}');
  program = join(outDir, 'export-studio.js');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function exported(name: string, text: string, ...options: string[]) {
  await writeFile(join(folder, name), text);
  const args = ['run', '--source', name, '--destination', '-', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('delimiters and comments of several characters, header rows, lines around the table', async () => {
  const { status, stdout, stderr } = await exported(
    'stock.txt',
    'Stock\n// c\n||2025||\nid||sold||cost\n1||"a||b"||1.10\n// d\n2||c, d||2.50\nTotal\n',
    ...['--source.delimiter', '||', '--source.comment', '//', '--source.headerRows', '2'],
    ...['--source.headerJoin', '/', '--source.skipLines', '1', '--source.skipLastLines', '1'],
  );
  expect(stderr).toMatch(/Comments were left out\. \(2 lines\)/);
  expect(stdout).toBe('id,2025/sold,2025/cost\n1,"a||b",1.10\n2,"c, d",2.50\n');
  expect(status).toBe(0);
});

it('columns of fixed width, found or given', async () => {
  const found = await exported('psql.txt', ' id | name \n----+------\n  7 | Zoë\n(1 row)\n\n');
  expect(found.stdout).toBe('id,name\n7,Zoë\n');
  const given = ['--source-kind', 'fixed-width', '--source.header', 'absent'];
  const places = '0000120261121Ann\n0000220261122Bo\n';
  const { stdout } = await exported('a.txt', places, ...given, '--source.widths', 'id=5,8,who=14-');
  expect(stdout).toBe('id,column2,who\n00001,20261121,Ann\n00002,20261122,Bo\n');
  const { status, stderr } = await exported('a.txt', places, ...given, '--source.widths', '5,8');
  expect(status).toBe(1);
  expect(stderr).toContain('Line 1 has text at place 14, outside of all columns: “Ann”.');
});
