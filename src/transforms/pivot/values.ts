// The values of a column that become columns: those listed, or those found in the rows.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { SurveyContext } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { cellText } from '../../table/cell-text.ts';
import type { Schema } from '../../table/data-type.ts';
import { createKeyTable } from '../../table/key-table.ts';
import { compareBytes, createKeyWriter } from '../../table/row-key.ts';
import { textBlockOf } from '../../table/text-block.ts';
import type { PivotOptions } from './options.ts';

/** A value as a key (`equal`), and as a column's name. */
export interface PivotValue {
  key: Uint8Array;
  name: string;
}

/** What a column of nulls is called. */
const NULL_NAME = 'null';

/** The listed values; throws `step.misfit` for one that is none of the column's type, `config.conflict` for one listed twice. */
export function listedValues(schema: Schema, at: number, listed: readonly string[]): PivotValue[] {
  const field = schema.fields[at]!;
  const batch: Batch = {
    schema: { fields: [field] },
    rowCount: listed.length,
    selection: null,
    columns: [{ storage: 'text', index: 0 }],
    block: textBlockOf(
      listed.map((value) => [value]),
      1,
    ),
  };
  const keys = createKeyWriter(batch.schema, [0], { mode: 'equal', onMisfit: failOnMisfit });
  const table = createKeyTable(listed.length);
  const key = new ByteWriter(64);
  if (listed.length > 0) keys.begin(batch);
  return listed.map((name, row) => {
    key.clear();
    keys.write(row, key);
    if (table.findOrAdd(key.bytes, 0, key.length) < row)
      throw new ExportError('config.conflict', {
        detail: `The value “${shorten(name, 40)}” is listed twice`,
        remedy: 'List each value once.',
      });
    return { key: key.bytes.slice(0, key.length), name };
  });
}

/** The values of the column in the rows, each named as it is spelt first. Throws `pivot.too-many-columns`. */
export async function foundValues({
  schema,
  options,
  signal,
  open,
}: SurveyContext<PivotOptions>): Promise<PivotValue[]> {
  const at = resolveColumn(schema, options.column!);
  const equal = createKeyWriter(schema, [at], { mode: 'equal', onMisfit: failOnMisfit });
  const ordered = createKeyWriter(schema, [at], { mode: 'ordered', onMisfit: failOnMisfit });
  const table = createKeyTable();
  const key = new ByteWriter(256);
  const found: (PivotValue & { place: Uint8Array })[] = [];
  for await (const batch of open()) {
    signal.throwIfAborted();
    if (selectedCount(batch) === 0) continue;
    equal.begin(batch);
    let isPlaced = false;
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      key.clear();
      equal.write(row, key);
      if (table.findOrAdd(key.bytes, 0, key.length) < found.length) continue;
      if (found.length === options.most)
        throw new ExportError('pivot.too-many-columns', {
          column: shorten(schema.fields[at]!.name),
          limit: options.most,
        });
      const value = { key: key.bytes.slice(0, key.length), name: cellText(batch, row, at) };
      if (!isPlaced) ordered.begin(batch);
      isPlaced = true;
      key.clear();
      ordered.write(row, key);
      found.push({
        ...value,
        name: value.name ?? NULL_NAME,
        place: key.bytes.slice(0, key.length),
      });
    }
  }
  if (options.order === 'sorted')
    found.sort((a, b) => compareBytes(a.place, 0, a.place.length, b.place, 0, b.place.length));
  return found.map(({ key: bytes, name }) => ({ key: bytes, name }));
}
