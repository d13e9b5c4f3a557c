// The library in a Node program of a host's own, imported by the package's name.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '../harness.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Runs a script to its own end: an engine that is closed keeps no process alive. */
async function runScript(script: string, cwd: string): Promise<string> {
  const ran = promisify(execFile)(process.execPath, [script], {
    cwd,
    timeout: 30_000,
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return (await ran).stdout;
}

test('the Node example of README runs as it stands there', async () => {
  const example = here('example-node.js');
  expect(await readFile(here('../../README.md'), 'utf8')).toContain(
    `\`\`\`js\n${await readFile(example, 'utf8')}\`\`\`\n`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'example-'));
  try {
    const said = await runScript(example, folder);
    expect(said).toMatch(/^completed 2500 .*orders\.ndjson\.gz\n$/);
    const text = gunzipSync(await readFile(join(folder, 'orders.ndjson.gz'))).toString();
    expect(text.split('\n')).toHaveLength(2501);
    expect(text).toMatch(/^\{"id":0,"ok":true\}\n[^]*\n\{"id":2499,"ok":true\}\n$/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('paths, streams, status, cancel and errors', async () => {
  const seen = JSON.parse(await runScript(here('node-host.js'), here('.'))) as Record<
    string,
    unknown
  >;
  const hash = seen['toStream'];
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(seen).toEqual({
    toPath: ['completed', hash],
    toStream: hash,
    throughPair: hash,
    cancelledReader: ['running', 'cancelled', true],
    cancelExport: [true, 'cancelled', true],
    failure: [true, 'read.rows.failed', 100_000],
    left: ['a.ndjson'],
  });
});
