// Column names out of one or several header rows: headings above headings, of which the upper ones may span columns.

/**
 * The names of `width` columns. Above the last row an empty cell (null or without a character) has the text of the cell to
 * its left, as merged headings have; texts that are empty even so are left out, the others joined by `join`.
 */
export function joinHeaderRows(
  rows: readonly (readonly (string | null)[])[],
  width: number,
  join: string,
): string[] {
  const names: string[] = Array.from({ length: width }, () => '');
  for (const [r, row] of rows.entries()) {
    let left = '';
    for (let c = 0; c < width; c++) {
      const own = row[c] ?? '';
      const text = own === '' && r < rows.length - 1 ? left : own;
      left = text;
      if (text !== '') names[c] += names[c] === '' ? text : join + text;
    }
  }
  return names;
}
