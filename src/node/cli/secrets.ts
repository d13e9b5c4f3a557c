// The values of the secrets that a configuration names: from the environment, else from the person at the terminal.
import type { ExportConfig } from '../../contract/config.ts';
import { secretIds, secretVariable } from '../../contract/secrets.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import type { ExportEnvironment } from './environment.ts';

/** Asks for the values of these ids. */
export type Ask = (ids: readonly string[]) => Promise<Record<string, string>>;

/** Values by id. One that the environment lacks, and that nobody can be asked for, is missing: whatever needs it says so. */
export async function secretsOf(
  config: ExportConfig,
  catalogue: Catalogue,
  environment: ExportEnvironment,
  ask: Ask | null,
): Promise<Record<string, string>> {
  const ids = secretIds(config, catalogue);
  const values = ids.flatMap((id) => {
    const value = environment[secretVariable(id)];
    return value === undefined || value === '' ? [] : [[id, value] as const];
  });
  const known = Object.fromEntries(values);
  const missing = ids.filter((id) => !Object.hasOwn(known, id));
  if (missing.length === 0 || ask === null) return known;
  return { ...known, ...(await ask(missing)) };
}
