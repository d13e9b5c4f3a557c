// Looks at the first rows of a table for how wide its columns are to be.
import type { EncoderContext } from '../../contract/encoder.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { createContentReader } from '../../table/cell-content.ts';
import type { DataType } from '../../table/data-type.ts';
import { cellKind } from './cells.ts';
import { LONGEST_CELL } from './cell-text.ts';
import type { ExcelOptions } from './options.ts';

/** Characters; what is longer is read in the cell. */
const WIDEST = 60;
const NARROWEST = 6;
/** Cells looked at in a table; of thousands of columns fewer rows tell as much. */
const MOST_CELLS = 200_000;
/** Room of the button that opens a filter. */
const BUTTON = 3;

/** How many characters wide UTF-8 text is shown, up to the widest: letters of East Asia take two. Lines count apart. */
function shownWidth(text: Uint8Array): number {
  let width = 0;
  let widest = 0;
  for (let i = 0; i < text.length && i < LONGEST_CELL; i++) {
    const b = text[i]!;
    if (b === 10) {
      widest = Math.max(widest, width);
      width = 0;
      continue;
    }
    if ((b & 0xc0) === 0x80) continue;
    // From U+1100 on; what lies between is narrow as a rule, and a column that is too wide does no harm.
    width += b >= 0xe3 ? 2 : 1;
    if (width >= WIDEST) return WIDEST;
  }
  return Math.max(widest, width);
}

/** The width of dates and times, which are shown by their format. */
function formattedWidth(type: DataType, options: ExcelOptions): number | null {
  switch (cellKind(type, options)) {
    case 'date':
      return options.dateFormat.length;
    case 'time':
      return options.timeFormat.length + 4;
    case 'timestamp':
      return options.timestampFormat.length + 4;
    default:
      return null;
  }
}

const encoder = new TextEncoder();

/** Widths in characters of the columns of a table, from its names and the rows that are given. */
export function contentWidths(
  { options, schema, tables }: EncoderContext<ExcelOptions>,
  table: number,
  heads: readonly Batch[],
): number[] {
  const { fields } = tables?.[table]?.schema ?? schema;
  const hasButton = options.headers && (options.autoFilter || options.table);
  const mostRows = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, fields.length)));
  const widths = fields.map(({ name }) =>
    options.headers ? shownWidth(encoder.encode(name)) + (hasButton ? BUTTON : 0) : 0,
  );
  fields.forEach(({ type }, position) => {
    const formatted = formattedWidth(type, options);
    if (formatted !== null) {
      widths[position] = Math.max(widths[position]!, formatted);
      return;
    }
    let left = mostRows;
    for (const batch of heads) {
      const read = createContentReader(batch, position);
      const count = Math.min(left, selectedCount(batch));
      left -= count;
      for (let i = 0; i < count && widths[position]! < WIDEST; i++) {
        const text = read(selectedRow(batch, i));
        if (text !== null) widths[position] = Math.max(widths[position]!, shownWidth(text));
      }
    }
  });
  for (const { name } of options.formulas)
    widths.push(Math.max(10, shownWidth(encoder.encode(name))));
  return widths.map((width) => Math.min(WIDEST, Math.max(NARROWEST, width)) + 2);
}
