// Puts the texts of several columns into one, which stands where the first of them stood.
import { resolveColumn } from '../../contract/columns.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { selectedCount, selectedRow, type Batch, type Column } from '../../table/batch.ts';
import { createBuilder } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { UTF8, type Field } from '../../table/data-type.ts';
import type { JoinColumnsOptions } from './options.ts';

export function open({ schema, options, signal }: TransformContext<JoinColumnsOptions>): Transform {
  const { separator, nulls, keep } = options;
  const joined = options.columns.map((ref) => resolveColumn(schema, ref));
  if (joined.length === 0) return { schema, apply: (batches) => batches };
  const place = Math.min(...joined);
  const field: Field = { name: options.name, type: UTF8, nullable: true, origin: 'native' };
  /** Positions that come out; -1 = the new column. */
  const origins = schema.fields.flatMap((_, position) => {
    const own = keep || !joined.includes(position) ? [position] : [];
    return position === place ? [-1, ...own] : own;
  });
  const fields = origins.map((origin) => (origin < 0 ? field : schema.fields[origin]!));
  const out = { fields };

  function textOf(batch: Batch, row: number): string | null {
    const texts: string[] = [];
    for (const column of joined) {
      const text = cellText(batch, row, column);
      if (text !== null) texts.push(text);
      else if (nulls === 'null') return null;
      else if (nulls === 'empty') texts.push('');
    }
    return texts.length === 0 ? null : texts.join(separator);
  }

  function join(batch: Batch): Batch {
    const builder = createBuilder(UTF8, batch.rowCount);
    let next = 0;
    const addNulls = (to: number): void => {
      for (; next < to; next++) builder.append(null);
    };
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      addNulls(row);
      builder.append(textOf(batch, row));
      next = row + 1;
    }
    addNulls(batch.rowCount);
    const made = builder.finish();
    const columns = origins.map((origin): Column => (origin < 0 ? made : batch.columns[origin]!));
    return { ...batch, schema: out, columns };
  }

  return {
    schema: out,
    needs: (wanted) =>
      new Set([...wanted].flatMap((at) => (origins[at] === -1 ? joined : [origins[at]!]))),
    async *apply(batches) {
      for await (const batch of batches) {
        signal.throwIfAborted();
        yield join(batch);
      }
    },
  };
}
