// Finds the columns that references name in a schema.
import type { Schema } from '../table/data-type.ts';
import { ExportError, shorten } from './errors.ts';
import type { ColumnRef } from './filter.ts';

const LISTED_NAMES = 30;

/** The column names of a schema as a message lists them: the first 30, shortened. */
export function listColumnNames(schema: Schema): string {
  const names = schema.fields.slice(0, LISTED_NAMES).map((field) => shorten(field.name, 40));
  const more = schema.fields.length - names.length;
  return names.join(', ') + (more > 0 ? `, and ${more} more` : '');
}

/** Positions of the columns by name, ascending: for whoever looks up many. */
export function indexColumns(schema: Schema): Map<string, number[]> {
  const index = new Map<string, number[]>();
  schema.fields.forEach((field, position) => {
    const named = index.get(field.name);
    if (named) named.push(position);
    else index.set(field.name, [position]);
  });
  return index;
}

/** Position of the column a reference names; without `nth` the first of its name. Throws `config.unknown-column`. */
export function resolveColumn(schema: Schema, ref: ColumnRef): number {
  let left = ref.nth ?? 0;
  const found = schema.fields.findIndex((field) => field.name === ref.name && left-- === 0);
  if (found < 0) throw unknownColumn(schema, ref);
  return found;
}

/** The error for a reference that names no column of the schema. */
export function unknownColumn(schema: Schema, ref: ColumnRef): ExportError {
  const name = shorten(ref.name) + (ref.nth ? ` (number ${ref.nth + 1} of that name)` : '');
  return new ExportError('config.unknown-column', { name, known: listColumnNames(schema) });
}
