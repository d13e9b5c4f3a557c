// Puts the types that the user set into the fields that a source proposes.
import { parseTypeName, type Field, type Schema } from '../table/data-type.ts';
import { isReadableType } from '../table/type-check.ts';
import { indexColumns, unknownColumn } from './columns.ts';
import type { ColumnEdit } from './config.ts';
import { ExportError, shorten } from './errors.ts';

/** Replaces the fields of edited columns by declared ones. Throws `config.unknown-column`, and `config.wrong-option` for what is no type of text. */
export function applyEdits(fields: Field[], edits: readonly ColumnEdit[]): void {
  const schema: Schema = { fields };
  const index = indexColumns(schema);
  for (const { column, type } of edits) {
    const at = index.get(column.name)?.[column.nth ?? 0];
    if (at === undefined) throw unknownColumn(schema, column);
    if (type === undefined) continue;
    const parsed = parseTypeName(type);
    if (parsed === null || !isReadableType(parsed))
      throw new ExportError('config.wrong-option', {
        path: `columns.${shorten(column.name, 40)}.type`,
        detail: `“${shorten(type, 40)}” is not a type that text can be read as.`,
      });
    fields[at] = { ...fields[at]!, type: parsed, origin: 'declared' };
  }
}
