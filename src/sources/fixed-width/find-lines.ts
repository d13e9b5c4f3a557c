// Finds whole lines in a piece out of the middle of a text: one line is one record, so any line end will do.
import type { PieceOfText } from '../../contract/source-plugin.ts';
import type { FixedWidthOptions } from './options.ts';

const LF = 10;

/** See `Source.findRecords`. */
export function findFixedLines(
  piece: Uint8Array,
  { isStart, isEnd }: PieceOfText<FixedWidthOptions>,
): { from: number; to: number } | null {
  const first = piece.indexOf(LF);
  const last = piece.lastIndexOf(LF);
  if (first < 0) return null;
  return { from: isStart ? 0 : first + 1, to: isEnd ? piece.length : last + 1 };
}
