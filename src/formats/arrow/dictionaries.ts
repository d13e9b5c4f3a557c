// Texts as places in dictionaries that grow from batch to batch.
import type { TypedColumn } from '../../table/batch.ts';
import { UTF8 } from '../../table/data-type.ts';
import { createKeyTable } from '../../table/key-table.ts';

/** The texts of a column as places, and the entries that were not there before. */
export interface PlacedTexts {
  places: TypedColumn;
  fresh: TypedColumn;
}

/** Remembers every different text of a column. */
export function createTextDictionary(): (column: TypedColumn) => PlacedTexts {
  const table = createKeyTable();
  return (column) => {
    const { length, validity, offsets, bytes } = column;
    const known = table.size;
    const values = new Int32Array(length);
    for (let row = 0; row < length; row++)
      if (validity === null || ((validity[row >> 3]! >> (row & 7)) & 1) === 1)
        values[row] = table.findOrAdd(bytes!, offsets![row]!, offsets![row + 1]!);
    const added = table.size - known;
    const ends = new Int32Array(added + 1);
    for (let i = 0; i < added; i++) ends[i + 1] = ends[i]! + table.keyAt(known + i).length;
    const entries = new Uint8Array(ends[added]!);
    for (let i = 0; i < added; i++) entries.set(table.keyAt(known + i), ends[i]);
    const shell = { storage: 'typed' as const, children: [], dictionary: null };
    return {
      places: {
        ...shell,
        type: { kind: 'int', bits: 32, signed: true },
        length,
        validity,
        values,
        offsets: null,
        bytes: null,
      },
      fresh: {
        ...shell,
        type: UTF8,
        length: added,
        validity: null,
        values: null,
        offsets: ends,
        bytes: entries,
      },
    };
  };
}
