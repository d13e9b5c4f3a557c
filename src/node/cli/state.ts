// What a run remembers for the next of the same configuration: the watermarks of its sources, in a file.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Report } from '../../contract/report.ts';

const STATE_VERSION = 1;

/**
 * The file: as `--state` says, else beside the configuration or template (`orders.json.state`). null when no source has a
 * watermark. Throws `config.conflict` when there is one and nowhere to remember it.
 */
export function stateFileOf(
  config: ExportConfig,
  given: string | undefined,
  configName: string | undefined,
  templatesFolder: string,
): string | null {
  if (!config.sources.some((source) => source.watermark !== undefined)) {
    if (given === undefined) return null;
    throw new ExportError('config.conflict', {
      detail: '--state has nothing to remember: no source has a watermark.',
      remedy: 'Name its column with --source.watermark, or leave --state out.',
    });
  }
  if (given !== undefined) return given;
  if (configName === undefined)
    throw new ExportError('config.conflict', {
      detail: 'A watermark has to be remembered from run to run, and nothing says where.',
      remedy: 'Name a file for it with --state.',
    });
  const path = /\.(json|ya?ml)$/.test(configName) ? configName : join(templatesFolder, configName);
  return `${path}.state`;
}

/** The watermarks in the file, by source id; none when it does not exist yet. */
export async function readWatermarks(path: string): Promise<Record<string, string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return {};
    const detail = (thrown as Error).message;
    throw new ExportError('read.open-failed', { name: path, detail }, { cause: thrown });
  }
  const found: unknown = parsed(text);
  const watermarks =
    typeof found === 'object' && found !== null && 'watermarks' in found ? found.watermarks : null;
  const isWhole =
    typeof watermarks === 'object' &&
    watermarks !== null &&
    Object.values(watermarks).every((value) => typeof value === 'string');
  // Starting anew would export everything once more without a word.
  if (!isWhole)
    throw new ExportError('config.invalid', { path, detail: `${path} holds no watermarks.` });
  return watermarks as Record<string, string>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Remembers what a completed run has reached; those of other sources stay. */
export async function writeWatermarks(path: string, report: Report): Promise<void> {
  if (report.outcome !== 'completed') return;
  const watermarks = new Map(Object.entries(await readWatermarks(path)));
  for (const { id, watermark } of report.sources)
    if (typeof watermark === 'string') watermarks.set(id, watermark);
  const text = JSON.stringify(
    { version: STATE_VERSION, watermarks: Object.fromEntries(watermarks) },
    null,
    2,
  );
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, `${text}\n`, { mode: 0o600 });
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    const detail = (thrown as Error).message;
    throw new ExportError('deliver.failed', { name: path, detail }, { cause: thrown });
  }
}
