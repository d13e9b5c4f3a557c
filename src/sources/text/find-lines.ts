// Finds whole rows in a piece out of the middle of a text, where each row is one line.
import type { PieceOfText } from '../../contract/source-plugin.ts';
import type { TextSourceOptions } from './options.ts';

const LF = 10;

/** See `Source.findRecords`. */
export function findTextLines(
  piece: Uint8Array,
  { isStart, isEnd, options }: PieceOfText<TextSourceOptions>,
): { from: number; to: number } | null {
  const { row, separator, prefix, suffix, target } = options;
  const isLines =
    separator === '\n' &&
    prefix === '' &&
    suffix === '\n' &&
    (target === 'none' || target === 'log') &&
    !/\n|\|/.test(row);
  if (!isLines) return null;
  const first = piece.indexOf(LF);
  const last = piece.lastIndexOf(LF);
  if (first < 0) return null;
  return { from: isStart ? 0 : first + 1, to: isEnd ? piece.length : last + 1 };
}
