// The columns of a table as they will stand in the file: the user's schema put over the types that they have.
import { indexColumns } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { readTypedColumn, selectedValues } from '../../contract/typed-columns.ts';
import { type Batch, selectedRow, type TypedColumn } from '../../table/batch.ts';
import { columnAs } from '../../table/convert-columns.ts';
import {
  type DataType,
  parseTypeName,
  type Schema,
  typeName,
  UTF8,
} from '../../table/data-type.ts';
import { withoutDictionary } from '../../table/gather-column.ts';
import { materialiseAs } from '../../table/materialise.ts';
import { ENUM_LEAF, UUID_LEAF } from './leaf-type.ts';
import type { ParquetOptions, SchemaEntry } from './options.ts';
import type { FileColumn } from './schema-tree.ts';

/** Types that only Parquet has, by the text that stands behind them. */
const OWN_TYPES = new Map([
  ['string', { type: UTF8, leaf: null }],
  ['enum', { type: UTF8, leaf: ENUM_LEAF }],
  ['uuid', { type: UTF8, leaf: UUID_LEAF }],
]);

/** A type as the option `schema` names it; null when there is none of that name. */
export function parseOwnType(name: string): Pick<FileColumn, 'type' | 'leaf'> | null {
  const own = OWN_TYPES.get(name.trim().toLowerCase());
  if (own !== undefined) return own;
  const type = parseTypeName(name);
  return type === null || type.kind === 'null' ? null : { type, leaf: null };
}

export interface PlannedColumn extends FileColumn {
  /** The type that the user asked for; null = as it is. */
  wanted: string | null;
}

/** The columns in order; entries of the option that name no column or no type are `check`'s to tell. */
export function planFileColumns(options: ParquetOptions, schema: Schema): PlannedColumn[] {
  const entries = new Map<number, SchemaEntry>();
  const places = indexColumns(schema);
  for (const entry of options.schema) {
    const at = places.get(entry.column.name)?.[entry.column.nth ?? 0];
    if (at !== undefined) entries.set(at, entry);
  }
  return schema.fields.map((field, at): PlannedColumn => {
    const entry = entries.get(at);
    const wanted = entry?.type == null ? null : parseOwnType(entry.type);
    // Sixteen bytes need no text in between.
    const isRaw = wanted?.leaf === UUID_LEAF && plainType(field.type).kind === 'binary';
    return {
      name: field.name,
      type: wanted === null || isRaw ? field.type : wanted.type,
      leaf: wanted?.leaf ?? null,
      isRequired: entry?.required === true,
      fieldId: entry?.id ?? null,
      wanted: wanted === null ? null : entry!.type!,
    };
  });
}

export function plainType(type: DataType): DataType {
  return type.kind === 'dictionary' ? plainType(type.value) : type;
}

/**
 * The selected rows of a column, typed, without nulls for rows that do not count. Throws MisfitError for a text that is no value
 * of an inferred type, `encode.parquet.misfit` for one that is none of the type the user asked for.
 */
export function readColumn(
  batch: Batch,
  at: number,
  column: PlannedColumn,
  firstRow: number,
): TypedColumn {
  if (column.wanted === null) return withoutDictionary(readTypedColumn(batch, at));
  const found = wantedColumn(batch, at, column, firstRow);
  return withoutDictionary(selectedValues(found, batch));
}

function wantedColumn(
  batch: Batch,
  at: number,
  { type, wanted, name }: PlannedColumn,
  firstRow: number,
): TypedColumn {
  const onMisfit = (rowInBatch: number, text: string): never => {
    throw new ExportError('encode.parquet.misfit', {
      value: shorten(text),
      row: firstRow + placeOf(batch, rowInBatch) + 1,
      type: wanted!,
      column: shorten(name),
    });
  };
  const own = batch.columns[at]!;
  if (own.storage === 'text') return materialiseAs(batch, at, type, onMisfit);
  if (typeName(plainType(own.type)) === typeName(type)) return own;
  const converted = columnAs(batch, at, type, onMisfit);
  if (converted.storage === 'text') throw new TypeError('a typed column stays typed');
  return converted;
}

/** The place of a physical row among the selected ones. */
export function placeOf(batch: Batch, rowInBatch: number): number {
  let place = 0;
  while (selectedRow(batch, place) < rowInBatch) place++;
  return place;
}
