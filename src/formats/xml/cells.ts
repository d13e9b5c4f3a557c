// Writes the value of one column in each record: as an element, an attribute or a field, with what a null becomes.
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, isNullValue, type TypedColumn, valueBytes } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { Field } from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { fieldContent } from '../../table/text-block.ts';
import { createValueWriter } from '../../table/write-value.ts';
import type { ContentKind, ContentWriter } from './content.ts';
import { holdsElements, schemaType } from './grammar.ts';
import type { PlacedColumn } from './layout.ts';
import type { NestedWriter } from './nested.ts';
import type { XmlOptions } from './options.ts';

/** Writes the cell of a row and everything around it; false when nothing was to be written. */
export type CellOfRow = (row: number) => boolean;

/** The bytes around a value. `none` and `empty` stand for null and empty text; null: nothing is written. */
export interface CellFrame {
  before: Uint8Array;
  after: Uint8Array;
  empty: Uint8Array;
  none: Uint8Array | null;
}

export interface CellTools {
  options: XmlOptions;
  out: ByteWriter;
  text: ContentWriter;
  nested: NestedWriter;
}

/** Values whose texts are words, not numbers or times. */
const TEXTUAL = new Set(['utf8', 'json', 'list', 'struct', 'map']);

/** XML Schema's spellings of what we write otherwise: infinities, and years of more than four digits. */
function respelt(text: string): string {
  if (text.endsWith('Infinity')) return text.replace('Infinity', 'INF');
  return text.replace(/^\+0?(?=\d{5})/, '').replace(/^-00(?=\d{4}-)/, '-');
}

/** The content of a column's value in a row; null for null. It may be overwritten by the next call. */
function contentReader(
  batch: Batch,
  position: number,
  field: Field,
  options: XmlOptions,
): (row: number) => Uint8Array | null {
  const found = batch.columns[position]!;
  const type = schemaType(field.type);
  const isChecked = options.grammar === 'xsd' && type !== null;
  if (found.storage === 'text' && !isChecked)
    return (row) => fieldContent(batch.block!, row, found.index);
  const column = materialise(batch, position, (row, text) => {
    throw new MisfitError(position, row, text);
  });
  const kind = column.type.kind;
  if (kind === 'utf8' || kind === 'json')
    return (row) => (isNullValue(column, row) ? null : valueBytes(column, row));
  const write = createValueWriter(column);
  const scratch = new ByteWriter(64);
  const isRespelt = isChecked && ['float', 'date', 'timestamp'].includes(kind);
  return (row) => {
    if (isNull(column, row)) return null;
    scratch.clear();
    write(row, scratch);
    if (!isRespelt) return scratch.written();
    const text = respelt(String.fromCharCode(...scratch.written()));
    scratch.clear();
    scratch.ascii(text);
    return scratch.written();
  };
}

function isNull(column: TypedColumn, row: number): boolean {
  if (column.type.kind === 'null' || isNullValue(column, row)) return true;
  return (
    column.type.kind === 'dictionary' &&
    isNullValue(column.dictionary!, Number(column.values![row]))
  );
}

/** The writer of a column's cells in a batch. */
export function createCell(
  batch: Batch,
  { position, as }: PlacedColumn,
  frame: CellFrame,
  { options, out, text, nested }: CellTools,
): CellOfRow {
  const field = batch.schema.fields[position]!;
  const content = contentReader(batch, position, field, options);
  const kind: ContentKind = as === 'attribute' ? 'attribute' : 'element';
  const isNested = kind === 'element' && holdsElements(options, field);
  const isText = TEXTUAL.has(field.type.kind);
  return (row) => {
    const bytes = content(row);
    if (bytes === null) {
      if (frame.none === null) return false;
      out.put(frame.none);
      return true;
    }
    if (bytes.length === 0) {
      out.put(frame.empty);
      return true;
    }
    out.put(frame.before);
    const start = out.length;
    if (isNested) {
      // Text of a guessed type that is no JSON after all stays as it is, as text.
      if (!nested(bytes)) {
        out.length = start;
        text.writeText(bytes, 0, bytes.length, kind);
      }
    } else if (isText) text.writeText(bytes, 0, bytes.length, kind);
    else text.write(bytes, 0, bytes.length, kind);
    if (out.length === start) {
      // All of it was illegal and left out, or an empty list.
      out.length -= frame.before.length;
      out.put(frame.empty);
    } else out.put(frame.after);
    return true;
  };
}
