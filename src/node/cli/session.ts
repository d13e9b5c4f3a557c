// What every command works with: the engine, its catalogue, and the configuration that its flags make.
import type { Bindings } from '../../contract/bindings.ts';
import type { ExportConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Catalogue, Engine } from '../../contract/verbs.ts';
import { askSecrets, terminalOf } from './ask-secrets.ts';
import { configFlags } from './flags.ts';
import { makeConfig } from './make-config.ts';
import type { OptionFlag } from './option-flags.ts';
import { readColumnEdits, readConfigFile } from './read-config.ts';
import { secretsOf } from './secrets.ts';
import { readWatermarks, stateFileOf } from './state.ts';
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
): Promise<{ config: ExportConfig; bindings: Bindings; stateFile: string | null }> {
  const flags = configFlags(values, session.flags);
  const folder = flags.templates ?? (process.env['EXPORT_TEMPLATES_DIR'] || './templates');
  const base = configName === undefined ? undefined : await readConfigFile(configName, folder);
  const edits = flags['source.columns'];
  if (edits !== undefined) flags.columnEdits = await readColumnEdits(edits);
  const { config, notes } = makeConfig(base, flags, session.catalogue, process.env);
  if (values['quiet'] !== true) for (const note of notes) say(note);
  const stateFile = stateFileOf(config, flags.state, configName, folder);
  const clockMs = clockOf(process.env['SOURCE_DATE_EPOCH']);
  const given = bindingsOf(config);
  // What comes in through the terminal's place is data then.
  const terminal = given.bytes === undefined ? terminalOf(process.stdin) : null;
  const ask = terminal && ((ids: readonly string[]) => askSecrets(ids, terminal));
  const bindings = {
    ...given,
    secrets: await secretsOf(config, session.catalogue, process.env, ask),
    ...(stateFile !== null && { watermarks: await readWatermarks(stateFile) }),
    ...(clockMs !== null && { clock: () => clockMs }),
  };
  return { config, bindings, stateFile };
}

/** Standard input, where the configuration reads it. */
function bindingsOf(config: ExportConfig): Bindings {
  const readsStdin = config.sources.some(
    ({ from }) => 'binding' in from && from.binding === 'stdin',
  );
  return readsStdin ? { bytes: { stdin: { stdin: true } } } : {};
}

/** The end of the year 9999, the last that ISO 8601 writes with four digits. */
const LATEST_SECOND = 253_402_300_799;

/** The moment that SOURCE_DATE_EPOCH (reproducible-builds.org) names, in ms since 1970; null where it is not set. */
function clockOf(seconds: string | undefined): number | null {
  if (seconds === undefined || seconds === '') return null;
  if (/^\d{1,12}$/.test(seconds) && Number(seconds) <= LATEST_SECOND) return Number(seconds) * 1000;
  throw new ExportError('config.wrong-option', {
    path: 'SOURCE_DATE_EPOCH',
    detail: `“${seconds.slice(0, 40)}” is not a number of seconds since 1970.`,
  });
}

/** Prints JSON to standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
