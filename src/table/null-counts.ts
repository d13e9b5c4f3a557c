// Counts the nulls of each column over a batch's selected rows.
import { isNullValue, selectedCount, selectedRow, type Batch } from './batch.ts';
import { fieldEnd, fieldStart, isNullAt } from './text-block.ts';

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
  const { ends, columnCount, bytes } = block;
  const width = textColumns.length;
  const places = Int32Array.from(textColumns, (c) => (columns[c] as { index: number }).index);
  const found = new Int32Array(width);
  const onlyEmpty = block.dialect.nullText.length === 0;
  for (let i = 0; i < rows; i++) {
    const row = selectedRow(batch, i);
    const first = row * columnCount;
    for (let k = 0; k < width; k++) {
      const place = places[k]!;
      if (onlyEmpty) {
        const at = first + place;
        const start = at === 0 ? block.start : ends[at - 1]! + 1;
        const size = ends[at]! - start;
        // A lone CR in the last column is a line end, so the field before it is empty too.
        if (size === 0 || (size === 1 && place === columnCount - 1 && bytes[start] === 13))
          found[k]!++;
      } else {
        const start = fieldStart(block, row, place);
        if (isNullAt(block, start, fieldEnd(block, row, place))) found[k]!++;
      }
    }
  }
  for (let k = 0; k < width; k++) counts[textColumns[k]!]! += found[k]!;
}
