// The values of the secrets that a configuration names: from the environment.
import type { ExportConfig } from '../../contract/config.ts';
import { secretIds, secretVariable } from '../../contract/secrets.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import type { ExportEnvironment } from './make-config.ts';

/** Values by id. One that the environment lacks is missing: whatever needs it says so. */
export function secretsOf(
  config: ExportConfig,
  catalogue: Catalogue,
  environment: ExportEnvironment,
): Record<string, string> {
  const values = secretIds(config, catalogue).flatMap((id) => {
    const value = environment[secretVariable(id)];
    return value === undefined || value === '' ? [] : [[id, value] as const];
  });
  return Object.fromEntries(values);
}
