// LibreOffice without its windows, as a judge of outputs in tests.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Whether tests that need it have to be skipped; never in CI, where they then fail. */
export const lacksOffice =
  process.env['CI'] !== 'true' && spawnSync('soffice', ['--version']).error !== undefined;

/** Opens a file and writes it as `to` (`xlsx`, or a filter with its options) into the folder; `more` are further arguments. */
export function convertByOffice(path: string, to: string, folder: string, ...more: string[]): void {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const args = [`-env:UserInstallation=${profile}`, '--headless', ...more, '--convert-to', to];
  const { status, stderr, error } = spawnSync('soffice', [...args, '--outdir', folder, path], {
    encoding: 'utf8',
    timeout: 150_000,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`);
}
