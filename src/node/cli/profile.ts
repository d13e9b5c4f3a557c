// The command profile: what the values of every column are, from a sample or from all rows.
import { writeFile } from 'node:fs/promises';
import type { ColumnEdit, SourceConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Profile, ProfiledColumn } from '../../contract/profile.ts';
import { table } from './inspect.ts';
import { configOf, printJson, type Session } from './session.ts';
import {
  cancelOnSignals,
  countOf,
  EXIT,
  formatClock,
  formatCount,
  printable,
  ProgressLine,
  say,
} from './terminal.ts';

/** Invalid values and frequent ones that are shown; --json tells more. */
const SHOWN = 3;

/** A number in few digits, without an exponent where it can be. */
function short(value: number | null): string {
  return value === null ? '' : String(Number(value.toPrecision(6)));
}

function share(count: number, rows: number): string {
  if (count === 0 || rows === 0) return '0';
  const percent = (count / rows) * 100;
  return percent < 0.1 ? `${formatCount(count)}×` : `${percent.toFixed(1)}%`;
}

function cut(text: string | null, most = 24): string {
  if (text === null) return '';
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function topOf({ top }: ProfiledColumn): string {
  return top
    .slice(0, SHOWN)
    .map(
      ({ value, count, over }) =>
        `${value === '' ? '""' : cut(value, 16)} ${over > 0 ? '≤' : ''}${formatCount(count)}`,
    )
    .join(', ');
}

function linesOf(profile: Profile): string[] {
  const { rows, isWhole, isCancelled, estimatedRows, sample, rejectedRows } = profile;
  const of = isWhole
    ? ''
    : isCancelled
      ? ' (cancelled: what was counted until then)'
      : `${estimatedRows === null ? '' : ` of about ${formatCount(estimatedRows)}`}`;
  return [
    `${profile.name}: ${formatCount(rows)} rows${of}, in ${formatClock(profile.elapsedMs)}`,
    ...(isWhole || isCancelled ? [] : [`  ${sample.sentence} --whole looks at all.`]),
    ...(rejectedRows === 0 ? [] : [`  ${formatCount(rejectedRows)} rows were left out as unfit`]),
  ];
}

/** Writes the proposals as edits of the source's columns, beside what is said of them already. */
async function saveTypes(path: string, profile: Profile, source: SourceConfig): Promise<void> {
  const columns = profile.columns.flatMap(({ name, nth, proposedType }): ColumnEdit[] => {
    if (proposedType === undefined) return [];
    const edit = source.columns?.find((each) => each.name === name && nth === 0);
    const column = edit?.column ?? (nth === 0 ? { name } : { name, nth });
    return [{ ...edit, column, type: proposedType.type }];
  });
  try {
    await writeFile(path, `${JSON.stringify({ columns }, null, 2)}\n`);
  } catch (thrown) {
    const detail = (thrown as Error).message;
    throw new ExportError('deliver.failed', { name: path, detail }, { cause: thrown });
  }
  say(`${path}  ${countOf(columns.length, 'type')}`);
}

export async function profileCommand(
  session: Session,
  source: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  const given = source === undefined ? values : { ...values, source };
  const { config, bindings } = await configOf(session, undefined, { ...given, destination: '-' });
  const line = new ProgressLine(values['quiet'] !== true);
  const stop = cancelOnSignals(() => line.clear());
  let profile: Profile;
  try {
    profile = await session.engine.profile(
      config,
      bindings,
      {
        whole: values['whole'] === true,
        ...(values['behindSteps'] === true && { dataset: config.outputs[0]!.datasets[0]! }),
      },
      { signal: stop.signal, onProgress: (progress) => line.draw(progress) },
    );
  } finally {
    stop.release();
    line.clear();
  }
  const code = profile.isCancelled ? EXIT.cancelled : EXIT.done;
  const typesTo = values['saveTypes'] as string | undefined;
  if (typesTo !== undefined) await saveTypes(typesTo, profile, config.sources[0]!);
  if (values['json'] === true) {
    printJson(profile);
    return code;
  }
  const head = [
    'column',
    'type',
    'null',
    'distinct',
    'min',
    'max',
    'mean',
    'stddev',
    'most frequent',
  ];
  const cells = profile.columns.map((column) => [
    column.nth > 0 ? `${column.name}#${column.nth + 1}` : column.name,
    column.type,
    share(column.nullCount, profile.rows),
    `${column.distinct.isEstimate ? '~' : ''}${formatCount(column.distinct.count)}`,
    cut(column.min),
    cut(column.max),
    short(column.mean),
    short(column.stddev),
    topOf(column),
  ]);
  process.stdout.write(printable(`${linesOf(profile).join('\n')}\n\n${table([head, ...cells])}`));
  for (const { name, type, proposedType } of profile.columns)
    if (proposedType !== undefined)
      say(
        `“${name}” was taken for ${type}; ${proposedType.type} holds all values: ${proposedType.sentence}`,
      );
  for (const { name, type, invalid, invalidCount } of profile.columns) {
    if (invalidCount === 0) continue;
    const some = invalid
      .slice(0, SHOWN)
      .map((each) => `“${each.value}”${each.line > 0 ? ` on line ${formatCount(each.line)}` : ''}`);
    say(
      `“${name}”: ${formatCount(invalidCount)} ${invalidCount === 1 ? 'value is' : 'values are'} no ${type}: ${some.join(', ')}${invalidCount > SHOWN ? ', …' : ''}`,
    );
  }
  return code;
}
