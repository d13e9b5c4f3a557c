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

it(
  'types that all values fit are saved by one command and taken by another',
  { timeout: 60_000 },
  async () => {
    const rows = Array.from(
      { length: 90_000 },
      (_, i) => `${i},${i < 80_000 ? 7 : 1.25},${i === 85_000 ? 'n/a' : i}`,
    );
    await writeFile(join(folder, 'late.csv'), `id,price,n\n${rows.join('\n')}\n`);
    const profile = run('profile', 'late.csv', '--whole', '--save-types', 'types.json');
    expect(profile.status).toBe(0);
    expect(profile.stderr).toMatch(/“price” was taken for int64; float64 holds all values/);
    expect(JSON.parse(await readFile(join(folder, 'types.json'), 'utf8'))).toEqual({
      columns: [
        { column: { name: 'price' }, type: 'float64' },
        { column: { name: 'n' }, type: 'utf8' },
      ],
    });
    const json = ['run', '--source', 'late.csv', '--format', 'ndjson', '--report', '-', '--quiet'];
    const without = run(...json, '--destination', 'a.ndjson');
    expect(JSON.parse(without.stdout)).toMatchObject({ retyped: [{ column: 'n' }] });
    const taken = run(...json, '--destination', 'b.ndjson', '--source.columns', 'types.json');
    expect(JSON.parse(taken.stdout)).toMatchObject({
      outcome: 'completed',
      retyped: [],
      audit: { rowsOut: 90_000, rejected: 0 },
    });
    await writeFile(join(folder, 'wrong.json'), '{"columns": [{"name": "price"}]}');
    const wrong = run(...json, '--destination', 'c.ndjson', '--source.columns', 'wrong.json');
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('wrong.json')]);
  },
);

it(
  'a secret that is not set is asked for at a terminal, and not shown',
  { timeout: 60_000 },
  async () => {
    const script = `import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0: os.execvp(sys.argv[1], sys.argv[1:])
seen, typed = b'', False
while True:
  if not select.select([fd], [], [], 60)[0]: break
  try: piece = os.read(fd, 4096)
  except OSError: break
  if not piece: break
  seen += piece
  if not typed and b'is not set): ' in seen:
    typed = True
    time.sleep(0.2)
    os.write(fd, b'wrong\\x15hunted\\x7fr2\\r')
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
    const args = ['run', '--source', 'in.csv', '--destination', 'masked.csv'];
    args.push('--step', 'mask {"columns": {"t": "hmac"}, "key": {"secret": "key"}}');
    const asked = spawnSync('python3', ['-c', script, process.execPath, program, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(asked.stderr).toBe('');
    expect(asked.stdout).toContain('Secret “key” (EXPORT_SECRET_KEY is not set): ');
    expect(asked.stdout).not.toMatch(/hunte|wrong/);
    expect(asked.status).toBe(0);
    const masked = await readFile(join(folder, 'masked.csv'), 'utf8');
    const again = spawnSync(process.execPath, [program, ...args, '--if-exists', 'replace'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, EXPORT_SECRET_KEY: 'hunter2' },
    });
    expect(again.status).toBe(0);
    expect(await readFile(join(folder, 'masked.csv'), 'utf8')).toBe(masked);
    // Without a terminal nobody is asked.
    const alone = run(...args, '--if-exists', 'replace');
    expect([alone.status, alone.stderr]).toEqual([2, expect.stringContaining('EXPORT_SECRET_KEY')]);
  },
);
