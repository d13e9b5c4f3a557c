// The command inspect: what a source holds, and why it is read the way it is.
import { MOST_DISTINCT } from '../../contract/column-profile.ts';
import type { Inspection } from '../../contract/verbs.ts';
import { configOf, printJson, type Session } from './session.ts';
import { formatBytes, formatCount, printable } from './terminal.ts';

/** Texts as a table, columns two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => [...row[c]!].length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => cell + ' '.repeat(widths[c]! - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Other charsets that the text may be in, and what it looks like when it was decoded wrongly once. */
function charsetLines({ charsetAlternatives = [], mojibake }: Inspection): string[] {
  const others = charsetAlternatives
    .filter(({ id }) => id !== mojibake?.charset)
    .map(({ id, example }) => (example === '' ? id : `${id} “${example}”`));
  return [
    ...(others.length === 0 ? [] : [`    or else: ${others.join(', ')}`]),
    ...(mojibake === undefined
      ? []
      : [
          `    --source-encoding ${mojibake.charset} reads “${mojibake.example.before}” as “${mojibake.example.after}”`,
        ]),
  ];
}

/** Names that are listed. */
const LISTED = 10;

function someOf(names: readonly string[]): string {
  return names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ', …' : '');
}

export async function inspectCommand(
  session: Session,
  source: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  const given = source === undefined ? values : { ...values, source };
  // A destination is of no use here, and none is asked for.
  const { config, bindings } = await configOf(session, undefined, { ...given, destination: '-' });
  const found = await session.engine.inspect(config, bindings);
  if (values['json'] === true) {
    printJson(found);
    return 0;
  }
  const rows = found.isWhole
    ? `${formatCount(found.sampledRows)} rows`
    : `${found.estimatedRows === null ? 'rows unknown' : `about ${formatCount(found.estimatedRows)} rows`}, ${formatCount(found.sampledRows)} looked at`;
  const size = found.sizeBytes === null ? '' : `, ${formatBytes(found.sizeBytes)}`;
  const tables = found.tables.map(({ name }) => name);
  const packed = found.compression === 'none' ? '' : `, ${found.compression}`;
  const lines = [`${found.name}: ${found.kind}, ${found.charset}${packed}${size}, ${rows}`];
  if (found.files.length > 0)
    lines.push(`  ${formatCount(found.files.length)} files: ${someOf(found.files)}`);
  if (tables.length > 0) lines.push(`  table ${JSON.stringify(found.table)} of ${someOf(tables)}`);
  for (const { option, sentence } of found.evidence) {
    const value = { charset: found.charset, table: found.table }[option] ?? found.options[option];
    lines.push(
      option === '' ? `  ${sentence}` : `  ${option} ${JSON.stringify(value)}: ${sentence}`,
    );
    if (option === 'charset') lines.push(...charsetLines(found));
  }
  if (!found.isWhole && found.sampledRows > 0)
    lines.push(`  ${found.sample.sentence} profile --whole looks at all.`);
  const cells = found.columns.map((column) => [
    column.nth > 0 ? `${column.name}#${column.nth + 1}` : column.name,
    column.type,
    column.isProfiled ? formatCount(column.nullCount) : '–',
    column.isProfiled
      ? `${column.distinctCount < MOST_DISTINCT ? '' : '≥ '}${formatCount(column.distinctCount)}`
      : '–',
    column.sentence,
  ]);
  process.stdout.write(
    printable(
      `${lines.join('\n')}\n\n${table([['column', 'type', 'nulls', 'distinct', 'because'], ...cells])}`,
    ),
  );
  const personal = found.columns.filter(({ looksLike }) => looksLike !== undefined);
  if (personal.length > 0)
    process.stdout.write(
      printable(
        `\nThese look personal; the step mask makes them unreadable (see: export-studio steps mask):\n${table(
          personal
            .slice(0, LISTED)
            .map((column) => [
              `  ${column.nth > 0 ? `${column.name}#${column.nth + 1}` : column.name}`,
              column.looksLike!.sentence,
            ]),
        )}`,
      ),
    );
  return 0;
}
