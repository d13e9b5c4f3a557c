// The keys of groups and entities: values of some columns as the JSON string that stands before a colon.
import { isNullValue, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { fieldContent } from '../../table/text-block.ts';
import { writeJsonString } from '../../table/write-json.ts';
import { createValueWriter } from '../../table/write-value.ts';

/** Writes a row's key, quotes included; false: a value was null (written as the text `null`). */
export type RowKeyWriter = (row: number, out: ByteWriter) => boolean;

/** Writes the content of a cell; false: it is null. */
function cellWriter(batch: Batch, position: number): RowKeyWriter {
  const column = batch.columns[position]!;
  if (column.storage === 'text')
    return (row, out) => {
      const content = fieldContent(batch.block!, row, column.index);
      if (content !== null) out.put(content);
      return content !== null;
    };
  const write = createValueWriter(column);
  const { dictionary } = column;
  return (row, out) => {
    if (column.type.kind === 'null' || isNullValue(column, row)) return false;
    if (dictionary !== null && isNullValue(dictionary, Number(column.values![row]))) return false;
    write(row, out);
    return true;
  };
}

/** Keys of one column are its text; of several the list of their texts, `["a","b"]`, so that no two rows share one by chance. */
export function createRowKeys(batch: Batch, positions: readonly number[]): RowKeyWriter {
  const cells = positions.map((position) => cellWriter(batch, position));
  const content = new ByteWriter(256);
  const quoted = (write: RowKeyWriter, row: number, out: ByteWriter): boolean => {
    content.clear();
    const isThere = write(row, content);
    if (!isThere) content.ascii('null');
    writeJsonString(content.bytes, 0, content.length, out);
    return isThere;
  };
  if (cells.length === 1) return (row, out) => quoted(cells[0]!, row, out);
  const list = new ByteWriter(256);
  return (row, out) => {
    let isWhole = true;
    list.clear();
    for (const [i, cell] of cells.entries()) {
      list.ascii(i === 0 ? '[' : ',');
      isWhole = quoted(cell, row, list) && isWhole;
    }
    list.ascii(']');
    writeJsonString(list.bytes, 0, list.length, out);
    return isWhole;
  };
}
