// The gate: the same plan gives the same bytes in the page and in Node, with any lanes and any batch cuts, every time.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindRows } from '../../src/worker/rows.ts';
import { spawnEngine } from '../../src/worker/spawn.node.ts';
import { expect, test } from '../harness.ts';
import { batchCuts, CLOCK_MS, gateCases, gateConfig, laneCounts } from './cases.ts';
import { csvText, records } from './data.ts';
import { startGate, type GateServer } from './gate-server.ts';

const csv = new File([csvText()], 'gate.csv');
const hostRecords = records();

let gate: GateServer;
test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.beforeAll(async () => {
  gate = await startGate();
});
test.afterAll(() => gate?.close());

/** Hash of the file that Node wrote. */
async function nodeHash(index: number, lanes: number, batchRows: number | null): Promise<string> {
  const gateCase = gateCases[index]!;
  const engine = await spawnEngine({
    workerUrl: pathToFileURL(join(gate.built, 'node/entry.node.js')),
    lanes,
    alwaysLanes: true,
  });
  const folder = await mkdtemp(join(tmpdir(), 'gate-'));
  try {
    const config = gateConfig(gateCase, batchRows, { id: 'path', options: { path: `${folder}/` } });
    const { report } = await engine.run(config, {
      bytes: { input: csv },
      rows:
        gateCase.source === 'rows'
          ? {
              input: await bindRows(hostRecords, {
                name: 'gate.csv',
                batchRows: batchRows ?? undefined,
              }),
            }
          : {},
      clock: () => CLOCK_MS,
      jobId: 'gate',
    });
    expect(report.error).toBeNull();
    expect(report.audit.balances).toBe(true);
    const names = await readdir(folder);
    expect(names).toEqual(report.files.map((file) => file.name));
    const hash = createHash('sha256')
      .update(await readFile(join(folder, names[0]!)))
      .digest('hex');
    expect(report.files[0]!.checksum!.value).toBe(hash);
    return hash;
  } finally {
    await engine.close();
    await rm(folder, { recursive: true });
  }
}

for (const [index, gateCase] of gateCases.entries()) {
  test(`${gateCase.name}: one hash through both doors`, async ({ page, forgive }) => {
    forgive.push(/^request to another machine: http:\/\/127\.0\.0\.1/);
    await page.goto(gate.origin);
    await expect(page).toHaveTitle('ready');
    const expected = await nodeHash(index, 0, null);
    for (const lanes of laneCounts) {
      for (const cut of batchCuts) {
        for (let time = 0; time < 2; time++) {
          const where = `${lanes} lanes, cut at ${cut}, time ${time + 1}`;
          expect(await nodeHash(index, lanes, cut), `Node, ${where}`).toBe(expected);
          const inPage = await page.evaluate(
            (args) =>
              (globalThis as unknown as { runCase(...args: unknown[]): Promise<string> }).runCase(
                ...args,
              ),
            [index, lanes, cut] as const,
          );
          expect(inPage, `page, ${where}`).toBe(expected);
        }
      }
    }
  });
}
