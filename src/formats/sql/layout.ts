// The table and its columns as they stand in the script: names, types, keys.
import type { EncoderContext } from '../../contract/encoder.ts';
import type { Schema } from '../../table/data-type.ts';
import type { SqlDialect, ValueForm } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import { columnNames, fitName, tableParts, written } from './names.ts';
import type { SqlOptions } from './options.ts';
import { LITERAL_BACKSLASHES, type TextStyle } from './text-literals.ts';

export interface SqlColumn {
  /** In the batch's schema. */
  position: number;
  /** The source's name for it, and the table's. */
  name: string;
  fitted: string;
  /** As it is written, in quotes where the options want them. */
  identifier: string;
  /** Its type, with a collation where a key needs one. */
  type: string;
  form: ValueForm;
  isKey: boolean;
  isRequired: boolean;
  /** Most characters of a text; null = no limit. */
  mostCharacters: number | null;
  /** Most digits of a decimal whose type was guessed; null = as many as its type has. */
  mostDigits: number | null;
}

/** What a name may be made of in a type that the user gives: nothing that could end the statement. */
export const TYPE_TEXT = /^[A-Za-z][\w ]*(?:\([\w ,']*\)[\w ]*)*$/;

/** The dialect as the options want it. */
export function dialectOf(options: Pick<SqlOptions, 'dialect'>): SqlDialect {
  return DIALECTS[options.dialect];
}

export function textStyleOf(options: SqlOptions): TextStyle {
  const { dialect, backslashes } = options;
  const isMySql = dialect === 'mysql' || dialect === 'mariadb';
  return isMySql && backslashes === 'literal' ? LITERAL_BACKSLASHES : dialectOf(options).text;
}

/** The columns of a table in the script. */
export function placeColumns(options: SqlOptions, schema: Schema): SqlColumn[] {
  const dialect = dialectOf(options);
  const { fields } = schema;
  const names = fields.map(({ name }) => name);
  const fitted = columnNames(names, dialect.names, options);
  const keys = new Set(options.keyColumns);
  const keyCount = names.filter((name, i) => keys.has(name) && names.indexOf(name) === i).length;
  return fields.map((field, position) => {
    const { name } = field;
    // Of columns with one name the first is meant.
    const isKey = keys.has(name) && names.indexOf(name) === position;
    const { exactDigits = Infinity } = dialect;
    const { type: wanted } = field;
    let held = wanted;
    if (field.origin === 'inferred' && wanted.kind === 'decimal' && wanted.precision > exactDigits)
      held = { ...wanted, precision: exactDigits, scale: Math.min(wanted.scale, exactDigits) };
    const { sql, form } = dialect.declare(held, options);
    const isText = form.as === 'text';
    const given = Object.hasOwn(options.columnTypes, name) ? options.columnTypes[name]! : null;
    let type = sql;
    let mostCharacters = isText ? options.textLength : null;
    if (isKey && isText && dialect.keyText !== null && given === null) {
      const most = dialect.keyText.most(keyCount);
      mostCharacters = Math.min(mostCharacters ?? most, most);
      type = dialect.limitedText(mostCharacters) + dialect.keyText.collation;
    }
    return {
      position,
      name,
      fitted: fitted[position]!,
      identifier: written(fitted[position]!, dialect.names, options),
      type: given ?? type,
      form,
      isKey,
      isRequired: isKey || (field.origin === 'native' && !field.nullable),
      mostCharacters,
      mostDigits: held === wanted ? null : exactDigits,
    };
  });
}

/** The table's name as it is written. `name` is that of the output. */
export function tableIdentifier(options: SqlOptions, name: string): string {
  const { names } = dialectOf(options);
  const given = options.table.trim() === '' ? null : tableParts(options.table);
  const parts = given?.map((part) =>
    fitName(part, 'data', names, { ...options, identifierCase: 'keep' }),
  ) ?? [fitName(name, 'data', names, options)];
  return parts.map((part) => written(part, names, options)).join('.');
}

/** The tables of several data sets, as they are called in the database. */
export function tableNames(options: SqlOptions, tables: readonly { name: string }[]): string[] {
  return columnNames(
    tables.map(({ name }) => name),
    dialectOf(options).names,
    options,
  );
}

/** The table of one of several data sets, or of the output. */
export function tableOf(context: EncoderContext<SqlOptions>, table: number): string {
  const { options, tables, name } = context;
  if (tables === undefined) return tableIdentifier(options, name);
  return written(tableNames(options, tables)[table]!, dialectOf(options).names, options);
}
