// Builds typed columns value by value, and whole batches from rows of plain values.
import type { Batch } from './batch.ts';
import type { DataType, Field, Schema } from './data-type.ts';
import type { NestedValue } from './flat-builder.ts';
import { createNestedBuilder } from './nested-builder.ts';

export type { ColumnBuilder, NestedValue, Value } from './flat-builder.ts';

/** A builder for values of any type, with room for `capacity` of them and growing beyond. */
export const createBuilder = createNestedBuilder;

/** A batch of typed columns from rows of values; `rows[r][c]` belongs to `schema.fields[c]`, missing = null. */
export function batchOf(schema: Schema, rows: readonly (readonly NestedValue[])[]): Batch {
  const columns = schema.fields.map((field, c) => {
    const builder = createBuilder(field.type, rows.length);
    for (const row of rows) builder.append(row[c] ?? null);
    return builder.finish();
  });
  return { schema, rowCount: rows.length, selection: null, columns, block: null };
}

/** A schema from names and types, all nullable. */
export function schemaOf(
  columns: readonly (readonly [string, DataType])[],
  origin: Field['origin'] = 'native',
): Schema {
  return { fields: columns.map(([name, type]) => ({ name, type, nullable: true, origin })) };
}
