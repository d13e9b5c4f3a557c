// What can be said about sqlite options and columns before the run.
import { shorten } from '../../contract/errors.ts';
import type { FormatFinding } from '../../contract/plugins.ts';
import type { Schema } from '../../table/data-type.ts';
import { isUtc } from '../../table/value-text.ts';
import { plainType, storageOf, uniqueSqlNames } from './columns.ts';
import type { SqliteOptions } from './options.ts';
import { CHECK_TEXTS } from './texts.ts';

const MOST_COLUMNS = 2000;

/** Whether SQLite keeps such names for itself. */
export const isReserved = (table: string): boolean => /^sqlite_/i.test(table);

export function optionErrors(options: SqliteOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: keyof SqliteOptions | undefined,
    code: string,
    sentence: string,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({
      severity: 'error',
      code,
      sentence,
      ...(option && { option }),
      ...(remedy && { remedy }),
    });
  };
  if (isReserved(options.table))
    error('table', 'sqlite.reserved-name', CHECK_TEXTS.reserved(shorten(options.table)), {
      title: CHECK_TEXTS.noTable,
      options: { table: '' },
    });
  if (schema.fields.length > MOST_COLUMNS)
    error(undefined, 'sqlite.many-columns', CHECK_TEXTS.manyColumns(schema.fields.length));
  if (options.rowId !== '') {
    const remedy = { title: CHECK_TEXTS.noKey, options: { rowId: '' } };
    const field = schema.fields.find(({ name }) => name === options.rowId);
    if (field === undefined)
      error(
        'rowId',
        'sqlite.unknown-column',
        CHECK_TEXTS.unknownColumn(shorten(options.rowId)),
        remedy,
      );
    else if (plainType(field.type).kind !== 'int' || storageOf(field.type, options) !== 'INTEGER')
      error('rowId', 'sqlite.no-integer', CHECK_TEXTS.noInteger(shorten(options.rowId)), remedy);
  }
  return findings;
}

/** Conflicts and losses of these options for these columns. */
export function checkSqlite(options: SqliteOptions, schema: Schema): FormatFinding[] {
  const findings = optionErrors(options, schema);
  const names = uniqueSqlNames(schema.fields.map(({ name }) => name));
  for (const [at, { name, type: own }] of schema.fields.entries()) {
    const loss = (
      code: string,
      sentence: string,
      option?: string,
      remedy?: FormatFinding['remedy'],
    ): void => {
      findings.push({
        severity: 'loss',
        column: name,
        code,
        sentence,
        ...(option !== undefined && { option }),
        ...(remedy && { remedy }),
      });
    };
    const type = plainType(own);
    if (names[at] !== name)
      loss(
        'sqlite.name-changed',
        CHECK_TEXTS.nameChanged(shorten(name, 40), shorten(names[at]!, 40)),
      );
    if (type.kind === 'bool') loss('sqlite.bool-as-integer', CHECK_TEXTS.bool);
    if (type.kind === 'decimal' && options.decimals === 'real')
      loss('sqlite.decimal-as-real', CHECK_TEXTS.decimals, 'decimals', {
        title: CHECK_TEXTS.exactDecimals,
        options: { decimals: 'text' },
      });
    if (
      type.kind === 'timestamp' &&
      type.zone !== null &&
      !isUtc(type.zone) &&
      options.dates !== 'iso'
    )
      loss('sqlite.zone', CHECK_TEXTS.zone(type.zone), 'dates', {
        title: CHECK_TEXTS.isoDates,
        options: { dates: 'iso' },
      });
    if (['json', 'list', 'struct', 'map'].includes(type.kind))
      loss('sqlite.nested-as-json', CHECK_TEXTS.nested);
  }
  return findings;
}
