// Reads the cells of a column as texts, many of one batch.
import { isNullValue, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { fieldText } from '../../table/text-block.ts';
import { createValueWriter } from '../../table/write-value.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What `cellText` says of the column at position `at`, by physical row. */
export function createTextReader(batch: Batch, at: number): (row: number) => string | null {
  const column = batch.columns[at]!;
  if (column.storage === 'text') return (row) => fieldText(batch.block!, row, column.index);
  if (column.type.kind === 'null') return () => null;
  const { dictionary, values } = column;
  const out = new ByteWriter(64);
  const write = createValueWriter(column);
  return (row) => {
    if (isNullValue(column, row)) return null;
    if (dictionary !== null && isNullValue(dictionary, Number(values![row]))) return null;
    out.clear();
    write(row, out);
    return decoder.decode(out.written());
  };
}
