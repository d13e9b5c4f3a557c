// The command check: what is wrong with an export and what it would lose; with --full, by doing all of it but the writing.
import { configOf, printJson, type Session } from './session.ts';
import { tell, watched } from './run.ts';
import { EXIT, say } from './terminal.ts';

export async function checkCommand(
  session: Session,
  configName: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  const isQuiet = values['quiet'] === true;
  // Nothing is delivered, so that no destination has to be given.
  const { config, bindings } = await configOf(session, configName, {
    ...values,
    destination: values['destination'] ?? (configName === undefined ? '-' : undefined),
  });
  const json = values['json'] === true;
  if (values['full'] === true) {
    const report = await watched({ isQuiet }, (options) =>
      session.engine.rehearse(config, bindings, options),
    );
    if (json) printJson(report);
    return tell(report, isQuiet || json);
  }
  const found = await session.engine.check(config, bindings);
  const isWrong = found.issues.some(({ severity }) => severity === 'error');
  if (json) printJson(found);
  else {
    for (const { severity, sentence, hint, code } of found.issues)
      if (!isQuiet || severity === 'error')
        say(`${severity}: ${sentence}${hint === '' ? '' : ` ${hint}`} [${code}]`);
    if (!isWrong && !isQuiet)
      say(
        `${found.fileNames.join(', ')}: ready, as far as options and columns tell; with --full all rows are read.`,
      );
  }
  return isWrong ? EXIT.wrongConfig : EXIT.done;
}
