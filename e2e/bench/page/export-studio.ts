// The product as a page runs it: its client, its workers, its staging for downloads; only the click is left out.
import { createConfig } from '../../../src/contract/config.ts';
import { ExportError } from '../../../src/contract/errors.ts';
import { connectEngine } from '../../../src/worker/connect.ts';
import { spawnInPage } from '../../../src/worker/spawn.browser.ts';
import type { Outcome, ShapeJob } from './main.ts';

const engine = connectEngine({
  spawn: () => spawnInPage(),
  keepsSpare: true,
  prepareCleanUp: async () => async () => {},
});

export async function runExport(
  file: File,
  { gzip = false, job }: { gzip?: boolean; job?: ShapeJob },
): Promise<Outcome> {
  const config = createConfig({
    source: { kind: 'auto', from: { binding: 'file' } },
    format: job?.format ?? { id: 'csv', options: {} },
    delivery: { id: 'download', options: {} },
    steps: job?.steps ?? [],
    output: {
      archive: job?.archive ?? null,
      compression: gzip ? { id: 'gzip', options: {} } : null,
      // Peers do not hash either.
      verify: { checksum: 'none', readBack: false },
    },
  });
  if (job?.memoryBytes !== undefined) config.limits.memoryBytes = job.memoryBytes;
  if (job?.joins === true) config.sources.push({ ...config.sources[0]!, id: 'other' });
  // A page asks for the catalogue when it opens.
  await engine.catalogue();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const startedAt = performance.now();
  const { report, handover } = await engine.run(config, { bytes: { file } });
  const milliseconds = performance.now() - startedAt;
  if (report.outcome !== 'completed') {
    throw report.error === null ? new Error(report.outcome) : ExportError.from(report.error);
  }
  if (handover?.kind !== 'download') throw new Error('the run left nothing to download');
  const bytes = handover.files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (bytes !== report.deliveredBytes)
    throw new Error(`${bytes} bytes, said ${report.deliveredBytes}`);
  return { milliseconds, rows: report.audit.rowsOut, bytes };
}
