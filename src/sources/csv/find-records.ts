// Finds whole records in a piece out of the middle of a CSV text, where quotes leave no doubt about it.
import type { PieceOfText } from '../../contract/source-plugin.ts';
import { outerLines } from '../../contract/outer-lines.ts';
import { csvDialect, type CsvDialect } from './dialect.ts';
import type { CsvOptions } from './options.ts';
import { goesOn } from './record.ts';

const LF = 10;
const CR = 13;
/** Records that must have the right number of fields for a beginning to count as found. */
const JUDGED_RECORDS = 100;

interface RecordEnds {
  /** Byte behind the first record's end and behind the last's; -1 = there is none. */
  first: number;
  last: number;
  /** Whole records between them. */
  count: number;
}

/** The ends of records from `at` on, which lies inside of quotes or not; null when one has another number of fields. */
function recordEnds(
  piece: Uint8Array,
  at: number,
  isQuoted: boolean,
  { delimiter, delimiterRest, quote }: CsvDialect,
  columnCount: number,
): RecordEnds | null {
  const { length: restSize } = delimiterRest;
  let inQuotes = isQuoted;
  let fields = 1;
  let first = -1;
  let last = -1;
  let count = 0;
  for (let i = at; i < piece.length; i++) {
    const byte = piece[i]!;
    if (byte === quote) inQuotes = !inQuotes;
    else if (inQuotes) continue;
    else if (byte === delimiter) {
      if (restSize > 0 && !goesOn(piece, i + 1, piece.length, delimiterRest)) continue;
      fields++;
      i += restSize;
    }
    if (byte === LF) {
      // The record that the piece begins within is anybody's.
      if (first < 0) first = i + 1;
      else if (fields === columnCount) count++;
      else {
        const start = last;
        const isEmpty = fields === 1 && (i === start || (i === start + 1 && piece[start] === CR));
        if (!isEmpty) return null;
      }
      last = i + 1;
      fields = 1;
    }
  }
  return { first, last, count };
}

/** See `Source.findRecords`. Sure where every record has the fields of the table when the piece begins outside of quotes, and not when inside, or the other way round. */
export function findCsvRecords(
  piece: Uint8Array,
  { options, columnCount, isStart, isEnd }: PieceOfText<CsvOptions>,
): { from: number; to: number } | null {
  const dialect = csvDialect(options);
  const { quote, escape, comment, anyLineEnd, quoteRules } = dialect;
  if (escape >= 0 || comment >= 0 || anyLineEnd || quoteRules === 'lenient') return null;
  // Lines left out at the ends of the text have fields of their own, if any.
  const { from, to } = outerLines(piece, {
    first: isStart ? options.skipLines : 0,
    last: isEnd ? options.skipLastLines : 0,
    anyLineEnd,
  });
  const endsFrom = (isQuoted: boolean): RecordEnds | null =>
    recordEnds(piece.subarray(0, to), from, isQuoted, dialect, columnCount);
  const outside = endsFrom(false);
  if (isStart)
    return outside === null || outside.last < 0
      ? null
      : { from: 0, to: isEnd ? piece.length : outside.last };
  // One column has the right number of fields whatever its quotes are.
  if (columnCount < 2 && quote >= 0) return null;
  const inside = quote >= 0 && piece.includes(quote) ? endsFrom(true) : null;
  const [found, ...others] = [outside, inside].filter((ends) => ends !== null && ends.count > 0);
  if (!found || others.length > 0 || found.count < JUDGED_RECORDS) return null;
  return { from: found.first, to: isEnd ? piece.length : found.last };
}
