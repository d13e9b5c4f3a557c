// A watermark: only rows beyond the greatest value that an earlier run saw, and the greatest value of this one.
import { resolveColumn } from '../contract/columns.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { ColumnRef } from '../contract/filter.ts';
import { selectedCount, selectedRow, type Batch } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { cellText } from '../table/cell-text.ts';
import { typeName, type Field } from '../table/data-type.ts';
import { createKeyWriter, type KeyWriter } from '../table/row-key.ts';
import { lineOfRow, textBlockOf } from '../table/text-block.ts';
import type { PlannedSource, SourceReading } from './plan-source.ts';

/** Whether the bytes of a key stand behind those of another. */
function isBeyond(key: Uint8Array, other: Uint8Array | null): boolean {
  if (other === null) return true;
  const size = Math.min(key.length, other.length);
  for (let i = 0; i < size; i++) if (key[i] !== other[i]) return key[i]! > other[i]!;
  return key.length > other.length;
}

/** One column of a batch as a batch of its own. */
function only(batch: Batch, column: number, field: Field): Batch {
  return { ...batch, schema: { fields: [field] }, columns: [batch.columns[column]!] };
}

/** The key of the last value. Throws `config.wrong-option` when it is none of the column's type. */
function keyOfLast(last: string, field: Field, keys: KeyWriter, sourceId: string): Uint8Array {
  const block = textBlockOf([[last]], 1);
  const batch: Batch = {
    schema: { fields: [field] },
    rowCount: 1,
    selection: null,
    columns: [{ storage: 'text', index: 0 }],
    block,
  };
  const out = new ByteWriter();
  try {
    keys.begin(batch);
    keys.write(0, out);
  } catch (cause) {
    throw new ExportError(
      'config.wrong-option',
      {
        path: `watermarks.${sourceId}`,
        detail: `“${shorten(last)}” is not of type ${typeName(field.type)}, which “${shorten(field.name)}” holds.`,
      },
      { cause },
    );
  }
  return out.bytes.slice(0, out.length);
}

/**
 * The source with only those rows whose value in `column` is greater than `last` (all rows when there is none); the others,
 * and nulls, count as filtered. Values order by the column's type, text by code point. `facts().watermark` is the greatest
 * value once the source was read to its end, `last` before.
 */
export function withWatermark(
  planned: PlannedSource,
  ref: ColumnRef,
  last: string | undefined,
): PlannedSource {
  const { schema } = planned;
  const column = resolveColumn(schema, ref);
  const field = schema.fields[column]!;
  const openKeys = (): KeyWriter =>
    createKeyWriter({ fields: [field] }, [0], {
      mode: 'ordered',
      nulls: ['first'],
      onMisfit(batch, _, row, value) {
        throw new ExportError('step.misfit', {
          value: shorten(value),
          line: batch.block === null ? 0 : lineOfRow(batch.block, row),
          type: typeName(field.type),
          column: shorten(field.name),
        });
      },
    });
  const lastKey = last === undefined ? null : keyOfLast(last, field, openKeys(), planned.config.id);
  let reached = last ?? null;

  // Rows that a step leaves out have values too, which may be the greatest.
  const read = async function* ({ screen: _, ...reading }: SourceReading): AsyncGenerator<Batch> {
    const keys = openKeys();
    const out = new ByteWriter();
    let greatest = lastKey;
    let text = last ?? null;
    const wanted = reading.wanted && new Set([...reading.wanted, column]);
    for await (const batch of planned.read({ ...reading, ...(wanted && { wanted }) })) {
      const own = only(batch, column, field);
      keys.begin(own);
      const count = selectedCount(batch);
      const selection = new Uint32Array(count);
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const row = selectedRow(batch, i);
        out.length = 0;
        keys.write(row, out);
        const key = out.bytes.subarray(0, out.length);
        if (!isBeyond(key, lastKey)) continue;
        selection[kept++] = row;
        if (!isBeyond(key, greatest)) continue;
        const value = cellText(own, row, 0);
        // Nulls stand before every value, and are none.
        if (value === null) continue;
        greatest = key.slice();
        text = value;
      }
      if (kept < count) reading.filtered(count - kept);
      if (kept === count) yield batch;
      else if (kept > 0) yield { ...batch, selection: selection.slice(0, kept) };
    }
    reached = text;
  };
  // A sample of all rows would not be one of these.
  return {
    ...planned,
    spread: async () => null,
    read,
    facts: () => ({ ...planned.facts(), watermark: reached }),
  };
}
