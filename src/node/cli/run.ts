// The command run: one export, its progress, its report and its exit code.
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ExportConfig, IfExists } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Loss, Report, ValueCheck } from '../../contract/report.ts';
import type { RejectsFile, RunOptions } from '../../contract/verbs.ts';
import { toSeedReport } from '../../engine/report.ts';
import { forecastError } from '../../contract/forecast.ts';
import { askExists } from './ask-exists.ts';
import { terminalOf } from './ask-secrets.ts';
import { forecastLines, foresee } from './forecast.ts';
import { configOf, printJson, type Session } from './session.ts';
import { writeWatermarks } from './state.ts';
import {
  cancelOnSignals,
  EXIT,
  exitCodeOf,
  formatBytes,
  formatClock,
  countOf,
  formatCount,
  ProgressLine,
  say,
  sayError,
} from './terminal.ts';

/** Rejected rows that are shown; the report lists more. */
const SHOWN_REJECTS = 5;
/** Files that are shown; a split may make thousands. */
const SHOWN_FILES = 50;

export async function runCommand(
  session: Session,
  configName: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  const isQuiet = values['quiet'] === true;
  const isTraced = traceWanted(values);
  const reportTo = values['json'] === true ? '-' : (values['report'] as string | undefined);
  const shape = reportShape(values);
  const rejects = values['rejects'] as string | undefined;
  const { config, bindings, stateFile } = await configOf(session, configName, values);
  if (values['countDuplicates'] === true)
    for (const output of config.outputs) output.verify.duplicates = true;
  if (reportTo === '-' && writesStdout(config))
    throw new ExportError('config.conflict', {
      detail: 'The report and the file would both go to standard output.',
      remedy: 'Write the report to a file: --report report.json.',
    });

  const foreseen =
    values['forecast'] === true ? await foresee(session, config, bindings, isQuiet) : null;

  const asks = config.outputs.some(({ ifExists }) => ifExists === 'ask');
  // What comes in through the terminal's place is data.
  const terminal = bindings.bytes === undefined ? terminalOf(process.stdin) : null;
  const report = await watched({ isQuiet, isTraced }, async (options) => {
    const result = await session.engine.run(config, bindings, {
      ...options,
      ...(asks && terminal && { onExists: askExists(terminal) }),
      ...(rejects !== undefined && { rejects: rejectsFile(rejects, config) }),
    });
    const error = foreseen && forecastError(foreseen, result.report);
    return error === null ? result.report : { ...result.report, forecast: error };
  });
  if (stateFile !== null) await writeWatermarks(stateFile, report);
  await writeReport(report, reportTo, shape);
  return tell(report, isQuiet);
}

/** Where `--rejects` puts them; what is there already is treated like the output's own file. */
function rejectsFile(path: string, config: ExportConfig): RejectsFile {
  return {
    delivery: { id: 'path', options: { path } },
    name: basename(path) || 'rejects.csv',
    ifExists: rejectsRule(config.outputs[0]!.ifExists),
  };
}

/** Rejects are of one run: what the output does beyond replacing or numbering is not theirs to do. */
function rejectsRule(ifExists: IfExists): RejectsFile['ifExists'] {
  if (ifExists === 'ask') return 'fail';
  return ifExists === 'append' || ifExists === 'skip' ? 'replace' : ifExists;
}

/** Does a run with its progress shown, until it ends or a signal ends it. */
export async function watched(
  { isQuiet, isTraced = false }: { isQuiet: boolean; isTraced?: boolean },
  work: (options: RunOptions) => Promise<Report>,
): Promise<Report> {
  const line = new ProgressLine(!isQuiet);
  const stop = cancelOnSignals(() => {
    line.clear();
    if (!isQuiet) say('Cancelling; once more to stop at once.');
  });
  try {
    return await work({
      signal: stop.signal,
      onProgress: (progress) => line.draw(progress),
      ...(isTraced && {
        onTrace: (text: string) => {
          line.clear();
          say(text);
        },
      }),
    });
  } finally {
    stop.release();
    line.clear();
  }
}

function traceWanted(values: Record<string, unknown>): boolean {
  const level = (values['log'] as string | undefined) ?? process.env['EXPORT_LOG'] ?? 'none';
  if (level !== 'trace' && level !== 'none' && level !== '')
    throw new ExportError('config.wrong-option', {
      path: '--log',
      detail: `“${level}” is neither none nor trace.`,
    });
  return level === 'trace';
}

function reportShape(values: Record<string, unknown>): 'full' | 'seed' {
  const shape = (values['reportFormat'] as string | undefined) ?? 'full';
  if (shape === 'full' || shape === 'seed') return shape;
  throw new ExportError('config.wrong-option', {
    path: '--report-format',
    detail: `“${shape}” is neither full nor seed.`,
  });
}

function writesStdout(config: ExportConfig): boolean {
  return config.outputs.some(({ delivery }) => delivery.id === 'stdout');
}

async function writeReport(
  report: Report,
  to: string | undefined,
  shape: 'full' | 'seed',
): Promise<void> {
  if (to === undefined) return;
  const view = shape === 'seed' ? toSeedReport(report) : report;
  if (to === '-') {
    printJson(view);
    return;
  }
  try {
    await writeFile(to, `${JSON.stringify(view, null, 2)}\n`, { mode: 0o600 });
  } catch (thrown) {
    const detail = (thrown as Error).message;
    throw new ExportError('deliver.failed', { name: to, detail }, { cause: thrown });
  }
}

/** Says how it went; the exit code. */
export function tell(report: Report, isQuiet: boolean): number {
  if (report.error !== null) {
    sayError({ ...report.error, message: report.error.sentence });
    return exitCodeOf(report.error.code);
  }
  if (report.outcome === 'cancelled') {
    if (!isQuiet) {
      if (report.left !== undefined) say(report.left);
      else say(writesStdout(report.config) ? 'Cancelled.' : 'Cancelled; nothing was kept.');
    }
    return EXIT.cancelled;
  }
  if (!isQuiet) tellDone(report);
  return report.rejects.count > 0 ? EXIT.rejects : EXIT.done;
}

/** What became of comparing the values of the finished files. */
/** A loss with how often it came. */
export function lossLine({ sentence, column, count, unit }: Loss): string {
  const what = unit === undefined ? 'time' : unit.slice(0, -1);
  return `${sentence}${column === undefined ? '' : ` Column “${column}”.`} (${countOf(count, what)})`;
}

function valuesLine(
  { outcome, reason, reader, level, fingerprint, byNulls }: ValueCheck,
  rowsOut: number,
): string {
  if (outcome === 'not-possible') return `The values were not compared: ${reason}.`;
  const rows = countOf(fingerprint?.rows ?? rowsOut, 'row');
  const what = level === 'full' ? rows : `A sample of ${rows}`;
  const byNull = byNulls === undefined ? '' : ` Only nulls of: ${byNulls.join(', ')}.`;
  return `${what} read back as ${reader}: the values are those that were written.${byNull}`;
}

function tellDone(report: Report): void {
  for (const file of report.files.slice(0, SHOWN_FILES)) {
    const kept = file.existing === 'same' ? '  as it was' : '';
    const sum = file.checksum ? `  sha256 ${file.checksum.value}` : '';
    const checked = file.verified ? '  read back' : '';
    say(
      `${file.path || file.name}  ${countOf(file.rows, 'row')}  ${formatBytes(file.sizeBytes)}${kept}${sum}${checked}`,
    );
  }
  if (report.files.length > SHOWN_FILES)
    say(
      `and ${formatCount(report.files.length - SHOWN_FILES)} more files; --report lists all of them.`,
    );
  const { rowsIn, rowsOut, filtered, rejected, merged, added } = report.audit;
  const account = [
    `${countOf(rowsIn, 'row')} in`,
    ...(added > 0 ? [`${formatCount(added)} added`] : []),
    `${formatCount(rowsOut)} out`,
    `${formatCount(filtered)} filtered`,
    `${formatCount(rejected)} rejected`,
    ...(merged > 0 ? [`${formatCount(merged)} merged`] : []),
  ];
  say(`${account.join(', ')}, in ${formatClock(report.durationMs)}`);
  if (report.values !== undefined) say(valuesLine(report.values, rowsOut));
  if (report.forecast !== undefined) for (const line of forecastLines(report.forecast)) say(line);
  if (report.duplicates !== undefined) say(`${countOf(report.duplicates, 'duplicate row')}`);
  for (const { column, from, value, line } of report.retyped)
    say(`“${column}” was read as text: “${value}” on line ${line} is no ${from}.`);
  for (const loss of report.losses) say(lossLine(loss));
  for (const reject of report.rejects.listed.slice(0, SHOWN_REJECTS))
    say(`Rejected${reject.line > 0 ? `, line ${reject.line}` : ''}: ${reject.sentence}`);
  const { file } = report.rejects;
  if (file !== undefined)
    say(`${file.path}  ${countOf(file.rows, 'rejected row')}  ${formatBytes(file.sizeBytes)}`);
  else if (report.rejects.count > SHOWN_REJECTS)
    say(
      `${formatCount(report.rejects.count)} rows were rejected in all; --rejects saves them all.`,
    );
  for (const note of report.notes) say(note);
}
