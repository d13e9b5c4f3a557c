// What can be said about sql options and columns before the run.
import { shorten } from '../../contract/errors.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import { dialectOf, placeColumns, type SqlColumn, TYPE_TEXT } from './layout.ts';
import { tableParts } from './names.ts';
import type { SqlOptions } from './options.ts';
import { isReadable } from './script.ts';
import { CHECK_TEXTS, REMEDY_TEXTS } from './texts.ts';

/** Conflicts and losses of these options for these columns. */
export function checkSql(options: SqlOptions, schema: Schema, charset: string): FormatFinding[] {
  const errors = optionErrors(options, schema, charset);
  return errors.length > 0 ? errors : losses(options, schema);
}

type Add = (
  option: keyof SqlOptions,
  code: string,
  sentence: string,
  remedy?: FormatFinding['remedy'],
) => void;

function modeErrors(options: SqlOptions, add: Add): void {
  const { mode } = options;
  const dialect = dialectOf(options);
  const isMissing =
    (mode === 'copy' && dialect.id !== 'postgresql') ||
    (mode === 'replace' && dialect.replace === null) ||
    (mode === 'merge' && !dialect.hasMerge) ||
    (mode === 'upsert' && dialect.upsert === null);
  if (!isMissing) return;
  const other = mode === 'copy' || dialect.upsert === null ? 'insert' : 'upsert';
  add('mode', 'sql.no-such-statement', CHECK_TEXTS.noMode(dialect.title, mode), {
    title: CHECK_TEXTS.otherMode(other),
    options: { mode: other },
  });
}

export function optionErrors(
  options: SqlOptions,
  schema: Schema,
  charset: string,
): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const add: Add = (option, code, sentence, remedy) => {
    findings.push({ severity: 'error', option, code, sentence, ...(remedy && { remedy }) });
  };
  const { mode, keyColumns, table, columnTypes } = options;
  const names = new Set(schema.fields.map(({ name }) => name));
  const { title, mostColumns } = dialectOf(options);
  const count = schema.fields.length;
  if (count === 0)
    return [{ severity: 'error', code: 'sql.no-columns', sentence: CHECK_TEXTS.noColumns }];
  if (mostColumns !== null && count > mostColumns)
    findings.push({
      severity: 'error',
      code: 'sql.many-columns',
      sentence: CHECK_TEXTS.manyColumns(title, mostColumns, count),
    });
  modeErrors(options, add);
  for (const name of keyColumns)
    if (!names.has(name))
      add('keyColumns', 'sql.unknown-key', CHECK_TEXTS.unknownKey(shorten(name)));
  if (keyColumns.length === 0 && ['upsert', 'merge', 'update'].includes(mode))
    add('keyColumns', 'sql.no-key', CHECK_TEXTS.noKey);
  else if (mode === 'update' && placeColumns(options, schema).every(({ isKey }) => isKey))
    add('keyColumns', 'sql.only-keys', CHECK_TEXTS.onlyKeys);
  if (table.trim() !== '' && tableParts(table) === null)
    add('table', 'sql.bad-table', CHECK_TEXTS.badTable);
  for (const [name, type] of Object.entries(columnTypes)) {
    if (!names.has(name))
      add('columnTypes', 'sql.unknown-column', CHECK_TEXTS.unknownColumn(shorten(name)));
    if (!TYPE_TEXT.test(type))
      add('columnTypes', 'sql.bad-type', CHECK_TEXTS.badType(shorten(type)));
  }
  if (!isReadable(charset, options))
    findings.push({
      severity: 'error',
      code: 'sql.charset',
      sentence: CHECK_TEXTS.charset(charset),
    });
  return findings;
}

const plainType = (type: DataType): DataType =>
  type.kind === 'dictionary' ? plainType(type.value) : type;

function losses(options: SqlOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const { id, title } = dialectOf(options);
  const loss = (
    code: string,
    sentence: string,
    column: SqlColumn,
    option?: keyof SqlOptions,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({
      severity: 'loss',
      code,
      sentence,
      column: column.name,
      ...(option !== undefined && { option }),
      ...(remedy && { remedy }),
    });
  };
  const seen = new Set<string>();
  for (const column of placeColumns(options, schema)) {
    const { name, fitted, form, position } = column;
    const type = plainType(schema.fields[position]!.type);
    if (name !== fitted) {
      const sentence = seen.has(name) ? CHECK_TEXTS.nameRepeated : CHECK_TEXTS.nameChanged;
      loss('sql.name-changed', sentence(shorten(name, 40), shorten(fitted, 40)), column);
    }
    seen.add(name);
    if (
      type.kind === 'timestamp' &&
      type.zone !== null &&
      form.as === 'time' &&
      form.time.zone === 'utc'
    )
      loss('sql.zone-as-utc', CHECK_TEXTS.zoneAsUtc(shorten(name), title), column, 'zonedTimes', {
        title: REMEDY_TEXTS.timesAsText,
        options: { zonedTimes: 'text' },
      });
    if (form.as === 'quoted' && form.isText)
      loss('sql.number-as-text', CHECK_TEXTS.numberAsText(shorten(name), title), column);
    if (id === 'mysql' && form.as === 'json' && options.nested === 'json')
      loss('sql.json-respelt', CHECK_TEXTS.jsonRespelt(shorten(name)), column, 'nested', {
        title: REMEDY_TEXTS.nestedAsText,
        options: { nested: 'text' },
      });
    if (column.isKey && column.mostCharacters !== null && options.textLength === null)
      findings.push({
        severity: 'warning',
        code: 'sql.key-length',
        column: name,
        sentence: CHECK_TEXTS.keyLength(shorten(name), column.mostCharacters),
      });
  }
  return findings;
}
