// Columns of one table under the schema of several: moved where the types are the same, converted where they widened, null where missing.
import type { Batch, Column, TypedColumn } from './batch.ts';
import { cellText } from './cell-text.ts';
import { typeName, UTF8, type DataType, type Field, type Schema } from './data-type.ts';
import { createFlatBuilder } from './flat-builder.ts';
import { materialise, type OnMisfit } from './materialise.ts';
import { nullColumn } from './null-column.ts';
import { textBlockOf } from './text-block.ts';

/** A utf8 column with the same text in each of `length` rows. */
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

/**
 * The batch under `schema`, whose field k is the batch's column `places[k]`; -1 = it has none, which is nulls. Text stays the
 * text it is; a typed column of another type is converted by way of its text (RangeError where that is no value of the type,
 * which a type that `widen` gave never meets).
 */
export function underSchema(batch: Batch, schema: Schema, places: readonly number[]): Batch {
  return {
    ...batch,
    schema,
    columns: schema.fields.map((field, k) => columnFor(batch, places[k]!, field)),
  };
}

function columnFor(batch: Batch, place: number, { type }: Field): Column {
  return place < 0 ? nullColumn(type, batch.rowCount) : columnAs(batch, place, type);
}

/**
 * Column `place` of the batch for a place of this type: text as it is, a typed column of another type converted by way of its
 * text. What is no value of the type throws a RangeError, or becomes null where `onMisfit` says so.
 */
export function columnAs(batch: Batch, place: number, type: DataType, onMisfit?: OnMisfit): Column {
  const column = batch.columns[place]!;
  // Text is the same whatever type it is taken for.
  if (column.storage === 'text' || typeName(column.type) === typeName(type)) return column;
  return converted(batch, place, type, onMisfit);
}

/** A typed column as a wider type: exactly, by way of its text. */
function converted(batch: Batch, place: number, type: DataType, onMisfit?: OnMisfit): TypedColumn {
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
    onMisfit,
  );
}
