// The source lines of a block's rows, for whoever asks for many of them.
import { fieldStart, type TextBlock } from './text-block.ts';

/** Tells the 1-based source lines of a block's rows, 0 without a block; all are looked up at the first question. */
export function createLines(block: TextBlock | null): (row: number) => number {
  if (block === null) return () => 0;
  let lines: Uint32Array | null = null;
  return (row) => (lines ??= linesOf(block))[row]!;
}

/** The source line of every row. */
function linesOf(block: TextBlock): Uint32Array {
  if (block.lines) return block.lines;
  const lines = new Uint32Array(block.rowCount);
  let line = block.firstLine;
  let at = block.start;
  for (let row = 0; row < block.rowCount; row++) {
    for (const to = fieldStart(block, row, 0); at < to; at++) if (block.bytes[at] === 10) line++;
    lines[row] = line;
  }
  return lines;
}
