// Finds which of the known values stands in a cell: by its text, or by what it means in the column's type.
import { ExportError, shorten } from '../../contract/errors.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import type { Batch } from '../../table/batch.ts';
import { blockBatch, BlockWriter } from '../../table/block-writer.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { cellText } from '../../table/cell-text.ts';
import { typeName, type Field, type Schema } from '../../table/data-type.ts';
import { createKeyTable } from '../../table/key-table.ts';
import { createKeyWriter } from '../../table/row-key.ts';
import type { ReplacedColumn } from './options.ts';
import { REPLACE_SAYS } from './texts.ts';

/** Tells the number of the known value in a row of the batch that was begun; -1: none of them. */
export interface Matcher {
  begin(batch: Batch): void;
  find(row: number): number;
}

/** Throws `config.conflict` for a value that is given twice, or is none of the column's type where that counts. */
export function createMatcher(
  schema: Schema,
  position: number,
  { values, match }: ReplacedColumn,
): Matcher {
  const field = schema.fields[position]!;
  const texts = values.map(({ from }) => from);
  return match === 'text' ? byText(field, position, texts) : byValue(schema, position, texts);
}

function twice(text: string | null, column: string): ExportError {
  return new ExportError('config.conflict', {
    detail: REPLACE_SAYS.twiceFrom(shorten(text ?? 'null'), shorten(column)),
    remedy: REPLACE_SAYS.twiceFromRemedy,
  });
}

function byText(field: Field, position: number, texts: readonly (string | null)[]): Matcher {
  const numbers = new Map<string | null, number>();
  for (const [number, text] of texts.entries()) {
    if (numbers.has(text)) throw twice(text, field.name);
    numbers.set(text, number);
  }
  let current: Batch;
  return {
    begin(batch) {
      current = batch;
    },
    find: (row) => numbers.get(cellText(current, row, position)) ?? -1,
  };
}

function byValue(schema: Schema, position: number, texts: readonly (string | null)[]): Matcher {
  const field = schema.fields[position]!;
  const table = createKeyTable(texts.length);
  const key = new ByteWriter(256);
  const known = createKeyWriter({ fields: [field] }, [0], {
    mode: 'equal',
    onMisfit(_batch, _column, _row, text) {
      throw new ExportError('config.conflict', {
        detail: REPLACE_SAYS.notOfType(shorten(text), shorten(field.name), typeName(field.type)),
        remedy: REPLACE_SAYS.notOfTypeRemedy,
      });
    },
  });
  const block = new BlockWriter(1);
  for (const text of texts) {
    if (text === null) block.addNull();
    else block.addString(text);
    block.endRow();
  }
  known.begin(blockBatch({ fields: [field] }, block.take()));
  for (const [number, text] of texts.entries()) {
    key.clear();
    known.write(number, key);
    if (table.findOrAdd(key.bytes, 0, key.length) !== number) throw twice(text, field.name);
  }
  const keys = createKeyWriter(schema, [position], { mode: 'equal', onMisfit: failOnMisfit });
  return {
    begin: (batch) => keys.begin(batch),
    find(row) {
      key.clear();
      keys.write(row, key);
      return table.find(key.bytes, 0, key.length);
    },
  };
}
