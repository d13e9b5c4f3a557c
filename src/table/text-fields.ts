// Finds where the contents of one text column stand in its block, so that tight loops can read them.
import type { TextBlock } from './text-block.ts';

/**
 * The contents of one column of a block, by physical row. Contents with doubled quotes inside are given with their outer
 * quotes: a content that begins with the block's quote is such a one, and is to be read by `contentAt`.
 */
export interface TextFields {
  /** Byte where the content starts; -1 = null, or a row that is left out. */
  starts: Int32Array;
  /** Byte (exclusive) where it ends. */
  ends: Int32Array;
  /** Bit per row, 1 = there is a content. */
  validity: Uint8Array;
  nullCount: number;
}

const CR = 13;

/** Finds the contents of column `index` in the rows of `rows` (null = all rows). */
export function locateFields(
  block: TextBlock,
  index: number,
  rowCount: number,
  rows: Uint32Array | null,
): TextFields {
  const { bytes, ends: separators, columnCount } = block;
  const { quote, nullText } = block.dialect;
  const isLast = index === columnCount - 1;
  const nullSize = nullText.length;
  const starts = new Int32Array(rowCount);
  const ends = new Int32Array(rowCount);
  const validity = new Uint8Array((rowCount + 7) >> 3);
  const count = rows === null ? rowCount : rows.length;
  if (rows !== null) starts.fill(-1);
  let nullCount = rowCount - count;
  for (let k = 0; k < count; k++) {
    const row = rows === null ? k : rows[k]!;
    const at = row * columnCount + index;
    let start = at === 0 ? block.start : separators[at - 1]! + 1;
    let end = separators[at]!;
    if (isLast && end > start && bytes[end - 1] === CR) end--;
    if (end - start === nullSize) {
      let i = 0;
      while (i < nullSize && bytes[start + i] === nullText[i]) i++;
      if (i === nullSize) {
        starts[row] = -1;
        nullCount++;
        continue;
      }
    }
    if (end > start && bytes[start] === quote) {
      let i = start + 1;
      while (i < end - 1 && bytes[i] !== quote) i++;
      if (i >= end - 1) {
        start++;
        end--;
      }
    }
    starts[row] = start;
    ends[row] = end;
    validity[row >> 3]! |= 1 << (row & 7);
  }
  return { starts, ends, validity, nullCount };
}
