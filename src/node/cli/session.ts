// What every command works with: the engine, its catalogue, and the configuration that its flags make.
import type { Bindings } from '../../contract/bindings.ts';
import type { ExportConfig } from '../../contract/config.ts';
import type { Catalogue, Engine } from '../../contract/verbs.ts';
import { configFlags } from './flags.ts';
import { makeConfig } from './make-config.ts';
import type { OptionFlag } from './option-flags.ts';
import { readConfigFile } from './read-config.ts';
import { say } from './terminal.ts';

export interface Session {
  engine: Engine;
  catalogue: Catalogue;
  flags: readonly OptionFlag[];
}

/** What a command's flags and its configuration file come to. Notes are said unless it is to be quiet. */
export async function configOf(
  session: Session,
  configName: string | undefined,
  values: Record<string, unknown>,
): Promise<{ config: ExportConfig; bindings: Bindings }> {
  const flags = configFlags(values, session.flags);
  const folder = flags.templates ?? (process.env['EXPORT_TEMPLATES_DIR'] || './templates');
  const base = configName === undefined ? undefined : await readConfigFile(configName, folder);
  const { config, notes } = makeConfig(base, flags, session.catalogue, process.env);
  if (values['quiet'] !== true) for (const note of notes) say(note);
  return { config, bindings: bindingsOf(config) };
}

/** Standard input, where the configuration reads it. */
function bindingsOf(config: ExportConfig): Bindings {
  const readsStdin = config.sources.some(
    ({ from }) => 'binding' in from && from.binding === 'stdin',
  );
  return readsStdin ? { bytes: { stdin: { stdin: true } } } : {};
}

/** Prints JSON to standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
