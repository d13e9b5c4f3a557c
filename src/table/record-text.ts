// The text of a whole record of a block, for messages and files that show it to people.
import { fieldEnd, fieldStart, type TextBlock } from './text-block.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The record as it stands in the block, without its line end. */
export function recordText(block: TextBlock, row: number): string {
  const from = fieldStart(block, row, 0);
  return decoder.decode(block.bytes.subarray(from, fieldEnd(block, row, block.columnCount - 1)));
}
