// Counts the nulls of each column over a batch's selected rows.
import {
  isNullValue,
  selectedCount,
  selectedRow,
  type Batch,
  type Column,
  type TextColumn,
} from './batch.ts';
import { fieldEnd, fieldStart, isNullAt, type TextBlock } from './text-block.ts';

/**
 * Adds the batch's nulls to `counts` (one number per column of the batch's schema).
 * Costs about 1 ns a text field: where nothing but the empty field means null, comparing neighbouring ends tells.
 */
export function addNullCounts(batch: Batch, counts: Float64Array): void {
  const { block, columns } = batch;
  const rows = selectedCount(batch);
  const textColumns: number[] = [];
  columns.forEach((column, c) => {
    if (column.storage === 'text') textColumns.push(c);
    else if (column.type.kind === 'null') counts[c]! += rows;
    else if (column.validity !== null)
      for (let i = 0; i < rows; i++) if (isNullValue(column, selectedRow(batch, i))) counts[c]!++;
  });
  if (block === null || textColumns.length === 0) return;
  if (block.dialect.nullText.length === 0 && batch.selection === null) {
    countEmptyFields(block, columns, counts);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const row = selectedRow(batch, i);
    for (const c of textColumns) {
      const { index } = columns[c] as TextColumn;
      const start = fieldStart(block, row, index);
      if (isNullAt(block, start, fieldEnd(block, row, index))) counts[c]!++;
    }
  }
}

/** All rows of a block in which the empty field means null: one pass over the ends, where neighbours tell. */
function countEmptyFields(
  block: TextBlock,
  columns: readonly Column[],
  counts: Float64Array,
): void {
  const { ends, columnCount, bytes, rowCount } = block;
  const found = new Int32Array(columnCount);
  const total = rowCount * columnCount;
  let start = block.start;
  for (let i = 0; i < total; i++) {
    const end = ends[i]!;
    if (end - start <= 1) {
      const place = i % columnCount;
      // A lone CR in the last column is a line end, so the field before it is empty too.
      if (end === start || (place === columnCount - 1 && bytes[start] === 13)) found[place]!++;
    }
    start = end + 1;
  }
  columns.forEach((column, c) => {
    if (column.storage === 'text') counts[c]! += found[column.index]!;
  });
}
