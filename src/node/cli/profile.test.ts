// The built command line where it looks at all values: profile, --rejects and --count-duplicates, as people run them.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-'));
  // A build of its own, so that nobody's dist is written over.
  const outDir = join(folder, 'dist');
  await build({ mode: 'node', logLevel: 'error', build: { outDir, emptyOutDir: false } });
  await writeFile(join(outDir, 'package.json'), '{"type":"module"}');
  program = join(outDir, 'export-studio.js');
  await writeFile(join(folder, 'in.csv'), 'n,t\n1,a\nx,"b, c"\n2,\n1,a\n');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('profile tells of every column, of the file or of what the steps leave', () => {
  const { status, stdout } = run('profile', 'in.csv', '--whole');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^in\.csv: 4 rows, in /);
  expect(stdout).toMatch(/^n +utf8 +0 +3 +1 +x +1 2, 2 1, x 1$/m);
  const json = run('profile', 'in.csv', '--query', "n = 'x'", '--behind-steps', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ rows: 1, columns: [{ min: 'x', max: 'x' }, {}] });
});

it('--rejects saves every rejected row, --count-duplicates counts the others', async () => {
  const { status, stderr } = run(
    ...['run', '--source', 'in.csv', '--step', 'cast {"columns":{"n":"int64"}}'],
    ...['--destination', 'out.csv', '--rejects', 'rejects.csv', '--count-duplicates'],
  );
  expect(status).toBe(3);
  expect(stderr).toMatch(/1 duplicate row$/m);
  expect(stderr).toMatch(/rejects\.csv {2}1 rejected row {2}/);
  const saved = await readFile(join(folder, 'rejects.csv'), 'utf8');
  expect(saved).toContain(',"x,""b, c"""\r\n');
});
