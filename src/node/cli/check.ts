// The command check: what is wrong with an export and what it would lose, as far as its first rows tell; with --full, by doing all of it but the writing.
import type { Bindings } from '../../contract/bindings.ts';
import type { ExportConfig } from '../../contract/config.ts';
import type { Preview } from '../../contract/verbs.ts';
import { lossLine, tell, watched } from './run.ts';
import { configOf, printJson, type Session } from './session.ts';
import { countOf, EXIT, say } from './terminal.ts';

/** Rows whose values are looked at, as far as they are among so many bytes of the output. */
const SAMPLE_ROWS = 1_000;
const SAMPLE_BYTES = 16 * 1024 * 1024;

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
  // Standard input is gone once it was read.
  const isReadOnce = bindings.bytes?.['stdin'] !== undefined;
  const looked = isWrong || isReadOnce ? null : await firstRows(session, config, bindings);
  const isBroken = looked?.error != null;
  if (json) printJson({ ...found, ...(looked && { firstRows: looked }) });
  else {
    for (const { severity, sentence, hint, code } of found.issues)
      if (!isQuiet || severity === 'error')
        say(`${severity}: ${sentence}${hint === '' ? '' : ` ${hint}`} [${code}]`);
    if (looked?.error) {
      const { sentence, hint, code } = looked.error;
      say(`error: ${sentence} ${hint} [${code}]`);
    }
    if (!isWrong && !isBroken && !isQuiet) {
      const rows = looked === null ? '' : rowsLooked(looked);
      for (const loss of looked?.losses ?? []) say(`loss, in ${rows}: ${lossLine(loss)}`);
      const values = looked === null ? '' : `, and the values of ${rows}`;
      const more = looked?.isAll ? '' : '; with --full all rows are read';
      say(
        `${found.fileNames.join(', ')}: ready, as far as options and columns${values} tell${more}.`,
      );
    }
  }
  return isWrong || isBroken ? EXIT.wrongConfig : EXIT.done;
}

/** What the first rows tell of their values. */
interface FirstRows extends Pick<Preview, 'error' | 'losses'> {
  rows: number;
  /** There are no more. */
  isAll: boolean;
}

async function firstRows(
  { engine }: Session,
  config: ExportConfig,
  bindings: Bindings,
): Promise<FirstRows> {
  const { encoded, losses, error, ...preview } = await engine.preview(config, bindings, {
    rows: SAMPLE_ROWS,
    bytes: SAMPLE_BYTES,
    columns: 0,
  });
  const isAll =
    !preview.isSampled && encoded.rows === preview.rowsOut && encoded.rows < SAMPLE_ROWS;
  return { rows: encoded.rows, isAll, losses: [...losses, ...encoded.losses], error };
}

function rowsLooked({ rows, isAll }: FirstRows): string {
  if (isAll) return `all ${countOf(rows, 'row')}`;
  return rows === 1 ? 'the first row' : `the first ${countOf(rows, 'row')}`;
}
