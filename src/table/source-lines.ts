// The source lines of a block's rows, for whoever asks for many of them.
import type { TextBlock } from './text-block.ts';

const LF = 10;

/** Tells the 1-based source lines of a block's rows, 0 without a block; all are looked up at the first question. */
export function createLines(block: TextBlock | null): (row: number) => number {
  if (block === null) return () => 0;
  let lines: Uint32Array | null = null;
  return (row) => (lines ??= linesOf(block))[row]!;
}

/** The 1-based source line of every row. */
export function linesOf(block: TextBlock): Uint32Array {
  if (block.lines) return block.lines;
  const { bytes, ends, columnCount, rowCount } = block;
  const { quote } = block.dialect;
  const lines = new Uint32Array(rowCount);
  let line = block.firstLine;
  let start = block.start;
  for (let row = 0, field = 0; row < rowCount; row++) {
    lines[row] = line++;
    for (const rowEnd = field + columnCount; field < rowEnd; field++) {
      const end = ends[field]!;
      // Line breaks stand in quoted fields only.
      if (bytes[start] === quote && end > start)
        for (let i = start + 1; i < end; i++) if (bytes[i] === LF) line++;
      start = end + 1;
    }
  }
  return lines;
}
