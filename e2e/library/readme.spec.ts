// The commands of README work when they are pasted: all of its shell blocks, one after the other, in an empty folder.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '../harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every command runs as it stands there', async () => {
  // Each is a process of its own.
  test.setTimeout(240_000);
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(3);
  // The package's own bin, as npx would find it in the project folder.
  const program = `'${process.execPath}' '${join(root, 'dist/node/export-studio.js')}'`;
  // What a block leaves running ends with the rest, however that ends.
  const ending = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n";
  const script = ending + blocks.join('').replaceAll('npx export-studio', program);
  const folder = await mkdtemp(join(tmpdir(), 'readme-'));
  try {
    const env = { PATH: process.env.PATH, SOURCE_DATE_EPOCH: '1795262400' };
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const text = async (name: string): Promise<string> => {
      const bytes = await readFile(join(folder, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
    };
    expect(await text('failed.ndjson.gz')).toBe('{"id":"007","note":"a, b"}\n');
    expect(await text('orders.tsv')).toBe(
      'id\tstatus\tduration_ms\tnote\n007\tfailed\t300\ta, b\n008\tpaid\t90\t\n009\tfailed\t120\tc\n',
    );
    expect(await text('failed.csv.gz')).toBe(
      'id,status,duration_ms,note\n007,failed,300,"a, b"\n009,failed,120,c\n',
    );
    expect(stdout).toContain('PUT /orders/orders.csv \nPOST /hook signed\n');
    expect(stdout).toContain('{"id":"009","status":"failed","duration_ms":120,"note":"c"}\n');
    expect(stdout.endsWith('id,status,duration_ms,note\n007,failed,300,"a, b"\n')).toBe(true);
    expect(await readdir(join(folder, 'parts'))).toEqual(['orders-2026-11-21.zip']);
    const report = JSON.parse(await text('report.json')) as { audit: unknown };
    expect(report.audit).toMatchObject({ rowsIn: 3, rowsOut: 3, balances: true });
  } finally {
    await rm(folder, { recursive: true });
  }
});
