// A host page: runs one case in workers and answers with the hash of the bytes that lie in the origin's file system.
import { createClient } from '../../src/library.ts';
import { bindRows } from '../../src/worker/rows.ts';
import { CLOCK_MS, gateCases, gateConfig } from './cases.ts';
import { csvText, records } from './data.ts';
import workerUrl from './entry.browser.ts?worker&url';

async function runCase(index: number, lanes: number, batchRows: number | null): Promise<string> {
  const gateCase = gateCases[index]!;
  const client = createClient({ workerUrl, lanes, alwaysLanes: true });
  const folder = await navigator.storage.getDirectory();
  const name = `gate-${index}-${lanes}-${batchRows}.out`;
  const target = await folder.getFileHandle(name, { create: true });
  const bindings = {
    bytes: { input: new File([csvText()], 'gate.csv') },
    rows:
      gateCase.source === 'rows'
        ? {
            input: await bindRows(records(), {
              name: 'gate.csv',
              batchRows: batchRows ?? undefined,
            }),
          }
        : {},
    targets: { output: target },
    clock: () => CLOCK_MS,
    jobId: 'gate',
  };
  const { report } = await client.run(
    gateConfig(gateCase, batchRows, { id: 'file', options: {} }),
    bindings,
  );
  client.close();
  if (report.outcome !== 'completed') return JSON.stringify(report.error);
  if (!report.audit.balances) return `audit: ${JSON.stringify(report.audit)}`;
  const bytes = await (await target.getFile()).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await folder.removeEntry(name);
  const [file] = report.files;
  return file?.checksum?.value === hash && file.verified ? hash : `report: ${JSON.stringify(file)}`;
}

Object.assign(globalThis, { runCase });
document.title = 'ready';
