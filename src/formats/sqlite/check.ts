// What can be said about sqlite options and columns before the run.
import { shorten } from '../../contract/errors.ts';
import { lossesOf, type FormatFinding } from '../../contract/format-finding.ts';
import type { Field, Schema } from '../../table/data-type.ts';
import { isUtc } from '../../table/value-text.ts';
import { isReserved, plainType, storageOf, uniqueSqlNames } from './columns.ts';
import type { SqliteOptions } from './options.ts';
import { CHECK_TEXTS } from './texts.ts';

const MOST_COLUMNS = 2000;

/** Whether SQLite keeps such names for itself. */

/** `schemas`: those of all tables. An option that names a column means each table that has it. */
export function optionErrors(options: SqliteOptions, schemas: readonly Schema[]): FormatFinding[] {
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
  for (const { fields } of schemas)
    if (fields.length === 0) error(undefined, 'sqlite.no-columns', CHECK_TEXTS.noColumns);
    else if (fields.length > MOST_COLUMNS)
      error(undefined, 'sqlite.many-columns', CHECK_TEXTS.manyColumns(fields.length));
  const named = (wanted: string): Field[] =>
    schemas.flatMap(({ fields }) => fields.find(({ name }) => name === wanted) ?? []);
  if (options.rowId !== '') {
    const remedy = { title: CHECK_TEXTS.noKey, options: { rowId: '' } };
    const keys = named(options.rowId);
    const name = shorten(options.rowId);
    if (keys.length === 0)
      error('rowId', 'sqlite.unknown-column', CHECK_TEXTS.unknownColumn(name), remedy);
    else if (
      keys.some(
        ({ type }) => plainType(type).kind !== 'int' || storageOf(type, options) !== 'INTEGER',
      )
    )
      error('rowId', 'sqlite.no-integer', CHECK_TEXTS.noInteger(name), remedy);
  }
  for (const wanted of options.indexes) {
    const remedy = { title: CHECK_TEXTS.noIndexes, options: { indexes: [] } };
    if (named(wanted).length === 0)
      error('indexes', 'sqlite.unknown-column', CHECK_TEXTS.unknownColumn(shorten(wanted)), remedy);
    else if (wanted === options.rowId)
      error('indexes', 'sqlite.key-indexed', CHECK_TEXTS.keyIndexed(shorten(wanted)), remedy);
  }
  return findings;
}

/** Conflicts and losses of these options for these columns. */
export function checkSqlite(
  options: SqliteOptions,
  schema: Schema,
  schemas: readonly Schema[] = [schema],
): FormatFinding[] {
  const findings = optionErrors(options, schemas);
  const names = uniqueSqlNames(schema.fields.map(({ name }) => name));
  for (const [at, { name, type: own }] of schema.fields.entries()) {
    const loss = lossesOf(findings, name);
    const type = plainType(own);
    if (names[at] !== name)
      loss(
        'sqlite.name-changed',
        CHECK_TEXTS.nameChanged(shorten(name, 40), shorten(names[at]!, 40)),
      );
    if (type.kind === 'int' && storageOf(type, options) === 'TEXT')
      loss('sqlite.unsigned-as-text', CHECK_TEXTS.unsigned);
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
