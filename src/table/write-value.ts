// The plain text of typed values of every type: what CSV cells, previews and messages hold, written as bytes.
import type { TypedColumn } from './batch.ts';
import { createFlatWriter, type ValueWriter } from './write-flat.ts';
import { createJsonWriter, type JsonForms } from './write-json.ts';

/** Nested values stand in a cell as JSON on one line, with every digit. */
const JSON_IN_CELLS: JsonForms = {
  bigNumber: (digits, out) => out.ascii(digits),
  notFinite: (name, out) => out.ascii(`"${name}"`),
  bigNumbersAsText: false,
  time: 'iso',
};

/**
 * The writer of a typed column's text. utf8 and json are their own bytes, binary is base64, dictionary columns write their
 * value, list, struct and map are compact JSON with exact numbers (NaN and infinities as strings; a map as a list of pairs).
 */
export function createValueWriter(column: TypedColumn): ValueWriter {
  switch (column.type.kind) {
    case 'list':
    case 'struct':
    case 'map':
      return createJsonWriter(column, JSON_IN_CELLS);
    case 'dictionary': {
      const write = createValueWriter(column.dictionary!);
      const indices = column.values!;
      return (row, out) => write(Number(indices[row]), out);
    }
    default:
      return createFlatWriter(column);
  }
}
