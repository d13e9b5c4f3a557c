// The plain text of a column's cells as bytes, one row after the other: the source's own where they are text.
import { type Batch, isNullValue, type TypedColumn, valueBytes } from './batch.ts';
import { ByteWriter } from './byte-writer.ts';
import { jsonStringBytes } from './json-unescape.ts';
import { fieldContent } from './text-block.ts';
import { createValueWriter } from './write-value.ts';

const QUOTE = 34;
const BACKSLASH = 92;

/** A cell's text in UTF-8, null for null. The bytes are only lent: the next call may change them. */
export type ContentOfRow = (row: number) => Uint8Array | null;

/**
 * Reads a column of a batch by physical row. Text columns give their fields unparsed, typed ones what `createValueWriter`
 * writes; a JSON string is the text it stands for, all other JSON is itself.
 */
export function createContentReader(batch: Batch, position: number): ContentOfRow {
  const column = batch.columns[position]!;
  const isJson = batch.schema.fields[position]!.type.kind === 'json';
  if (column.storage === 'text') {
    const block = batch.block!;
    const { index } = column;
    if (!isJson) return (row) => fieldContent(block, row, index);
    return (row) => unquoted(fieldContent(block, row, index));
  }
  const { kind } = column.type;
  if (kind === 'null') return () => null;
  if (kind === 'utf8') return (row) => (isNullValue(column, row) ? null : valueBytes(column, row));
  if (kind === 'json')
    return (row) => (isNullValue(column, row) ? null : unquoted(valueBytes(column, row)));
  const write = createValueWriter(column);
  const out = new ByteWriter(64);
  return (row) => {
    if (isNullCell(column, row)) return null;
    out.clear();
    write(row, out);
    return out.written();
  };
}

/** Whether the value of a typed column at `row` is null, by itself or in its dictionary. */
export function isNullCell(column: TypedColumn, row: number): boolean {
  if (column.type.kind === 'null' || isNullValue(column, row)) return true;
  return column.dictionary !== null && isNullValue(column.dictionary, Number(column.values![row]));
}

function unquoted(json: Uint8Array | null): Uint8Array | null {
  if (json === null || json[0] !== QUOTE) return json;
  return jsonStringBytes(json, 1, json.length - 1, json.includes(BACKSLASH));
}
