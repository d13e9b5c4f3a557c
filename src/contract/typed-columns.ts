// The columns of a batch as typed formats need them: values of the schema's types, of the rows that count.
import { type Batch, type TypedColumn } from '../table/batch.ts';
import { gatherColumn } from '../table/gather-column.ts';
import { materialise } from '../table/materialise.ts';
import { MisfitError } from './misfit.ts';

/**
 * The selected rows of column `at` of the batch, typed; dictionaries stay. Throws {@link MisfitError} for a text that is no
 * value of the column's type.
 */
export function readTypedColumn(batch: Batch, at: number): TypedColumn {
  const column = materialise(batch, at, (rowInBatch, text) => {
    throw new MisfitError(at, rowInBatch, text);
  });
  return selectedValues(column, batch);
}

/** Those values of a column of the batch whose rows count; itself where all do. */
export function selectedValues(column: TypedColumn, { selection }: Batch): TypedColumn {
  return selection === null ? column : gatherColumn(column, selection);
}
