// Columns of one file under the schema of all: moved where the types are the same, converted where they widened, null where missing.
import type { Batch, Column, TypedColumn } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';
import { typeName, UTF8, type DataType, type Field, type Schema } from '../table/data-type.ts';
import { createFlatBuilder } from '../table/flat-builder.ts';
import { materialise } from '../table/materialise.ts';
import { createNestedBuilder } from '../table/nested-builder.ts';
import { textBlockOf } from '../table/text-block.ts';

/** A column of nulls. */
export function nullColumn(type: DataType, length: number): TypedColumn {
  const builder = createNestedBuilder(type, length);
  for (let i = 0; i < length; i++) builder.append(null);
  return builder.finish();
}

/** A column with the same text in every row. */
export function textColumn(text: string, length: number): TypedColumn {
  const bytes = new TextEncoder().encode(text);
  const all = new Uint8Array(bytes.length * length);
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) {
    all.set(bytes, i * bytes.length);
    offsets[i + 1] = (i + 1) * bytes.length;
  }
  return {
    storage: 'typed',
    type: UTF8,
    length,
    validity: null,
    values: null,
    offsets,
    bytes: all,
    children: [],
    dictionary: null,
  };
}

/** The batch under `schema`, whose field k is the batch's column `places[k]`; -1 = it has none. */
export function underSchema(batch: Batch, schema: Schema, places: readonly number[]): Batch {
  return {
    ...batch,
    schema,
    columns: schema.fields.map((field, k) => columnFor(batch, places[k]!, field)),
  };
}

function columnFor(batch: Batch, place: number, { type }: Field): Column {
  if (place < 0) return nullColumn(type, batch.rowCount);
  const column = batch.columns[place]!;
  // Text is the same whatever type it is taken for.
  if (column.storage === 'text' || typeName(column.type) === typeName(type)) return column;
  return converted(batch, place, type);
}

/** A typed column as a wider type: exactly, by way of its text. */
function converted(batch: Batch, place: number, type: DataType): TypedColumn {
  const texts = Array.from({ length: batch.rowCount }, (_, row) => cellText(batch, row, place));
  if (type.kind === 'utf8') {
    const builder = createFlatBuilder(UTF8, texts.length);
    for (const text of texts) builder.append(text);
    return builder.finish();
  }
  const block = textBlockOf(
    texts.map((text) => [text]),
    1,
  );
  const schema = { fields: [{ name: '', type, nullable: true, origin: 'native' as const }] };
  return materialise(
    {
      schema,
      rowCount: batch.rowCount,
      selection: null,
      columns: [{ storage: 'text', index: 0 }],
      block,
    },
    0,
  );
}
