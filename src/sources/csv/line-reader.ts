// How lines of a CSV text are taken apart one by one, for finding those around the table.
import { ExportError } from '../../contract/errors.ts';
import type { LineReader } from '../../contract/table-surroundings.ts';
import type { CsvDialect } from './dialect.ts';
import { createSpans, isComment, readRecord, skipComment } from './record.ts';

/** Fields that are looked at. */
const MOST_FIELDS = 1_000_000;

export function csvLineReader(dialect: CsvDialect): LineReader {
  const spans = createSpans();
  const read = (bytes: Uint8Array, from: number, to: number): boolean => {
    try {
      return readRecord(bytes, from, to, true, dialect, MOST_FIELDS, 1, spans);
    } catch (error) {
      if (error instanceof ExportError) return false;
      throw error;
    }
  };
  return {
    anyLineEnd: dialect.anyLineEnd,
    knowsNotes: true,
    isComment: (bytes, from, to) => isComment(bytes, from, to, dialect),
    fieldsOf(bytes, from, to) {
      if (!read(bytes, from, to)) return null;
      return Array.from({ length: Math.min(spans.count, MOST_FIELDS) }, (_, c) => {
        const start = spans.starts[c]!;
        const end = spans.ends[c]!;
        // An empty text in quotes was put there: it is not what spreadsheets leave of an unused cell.
        const isQuoted = end - start > 2 && bytes[start] === dialect.quote;
        return isQuoted ? bytes.subarray(start + 1, end - 1) : bytes.subarray(start, end);
      });
    },
    isRecordStart(bytes, place) {
      let at = 0;
      while (at < place) {
        if (isComment(bytes, at, bytes.length, dialect))
          at = skipComment(bytes, at, bytes.length, true, dialect);
        else if (read(bytes, at, bytes.length)) at = spans.next;
        else return false;
      }
      return at === place;
    },
  };
}
