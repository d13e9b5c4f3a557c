// The command upgrade: a configuration of any known shape as the current one.
import { readConfigFile } from './read-config.ts';
import { printJson, type Session } from './session.ts';
import { say } from './terminal.ts';

export async function upgradeCommand(
  { engine }: Session,
  configName: string,
  values: Record<string, unknown>,
): Promise<number> {
  const folder =
    (values['templates'] as string | undefined) ??
    (process.env['EXPORT_TEMPLATES_DIR'] || './templates');
  const { config, notes } = await engine.upgrade(await readConfigFile(configName, folder));
  printJson(config);
  if (values['quiet'] !== true) for (const note of notes) say(note);
  return 0;
}
