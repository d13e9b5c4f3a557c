// Finds whole lines in a piece out of the middle of NDJSON: a line break is never part of a record.
import type { PieceOfText } from '../../contract/source-plugin.ts';

const LF = 10;

/** See `Source.findRecords`. */
export function findLines(
  piece: Uint8Array,
  { isStart, isEnd }: Pick<PieceOfText<unknown>, 'isStart' | 'isEnd'>,
): { from: number; to: number } | null {
  const first = piece.indexOf(LF);
  const last = piece.lastIndexOf(LF);
  if (first < 0 || (first === last && !isStart && !isEnd)) return null;
  return { from: isStart ? 0 : first + 1, to: isEnd ? piece.length : last + 1 };
}
