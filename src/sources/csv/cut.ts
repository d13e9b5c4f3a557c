// Cuts one text block off a window of bytes: by the fast scan where the records are plain, else by the strict loop.
import { scanCsv } from '../../kernels/csv-scan.ts';
import type { CsvScanDialect } from '../../kernels/csv-scan-twin.ts';
import { takeBuffer } from '../../table/buffer-pool.ts';
import type { CsvDialect } from './dialect.ts';
import { hasPlainRecords, rewritePlainRecords } from './plain-records.ts';
import { rewriteRecords, type Cut, type Place } from './strict.ts';

const LF = 10;

/** Separators a block may have; also bounds the work of one step. */
const MOST_ENDS = 1 << 20;

/** Cuts blocks of `columnCount` columns. */
export interface Cutter {
  /**
   * A block of the whole records in bytes [from, to). `bytes` starts its buffer, whose length is a multiple of 4, and has room
   * for one byte after `to`. `isEnd`: the source ends at `to`. null when no record ends within the window.
   */
  cut(bytes: Uint8Array, from: number, to: number, isEnd: boolean, place: Place): Cut | null;
}

export function createCutter(dialect: CsvDialect, columnCount: number): Cutter {
  const scanDialect: CsvScanDialect = {
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    comment: dialect.comment,
    refusesInnerQuotes: dialect.quoteRules === 'strict',
    stopsAtEmptyLines: columnCount === 1 && dialect.skipEmptyLines === 'always',
  };

  const isLong = hasPlainRecords(dialect);

  return {
    cut(bytes, from, to, isEnd, place) {
      if (dialect.isPlain) {
        let scanTo = to;
        if (isEnd && to > from && bytes[to - 1] !== LF) {
          bytes[to] = LF;
          scanTo = to + 1;
        }
        // No more ends than bytes, and room to see that the next row is wrong: small sources need little.
        const capacity = Math.max(Math.min(MOST_ENDS, scanTo - from + columnCount), columnCount);
        const scan = scanCsv(bytes, from, scanTo, columnCount, scanDialect, capacity);
        const isFull = (scan.rows + 1) * columnCount > capacity;
        const isUsable = scan.isPlain && (isFull || !isEnd || scan.next === scanTo);
        if (isUsable && scan.rows > 0) {
          const count = scan.rows * columnCount;
          const ends = new Uint32Array(takeBuffer(count * 4), 0, count);
          ends.set(scan.ends);
          return {
            block: {
              bytes: bytes.subarray(0, scan.next),
              ends,
              start: from,
              rowCount: scan.rows,
              columnCount,
              dialect: dialect.block,
              firstRow: place.row,
              firstLine: place.line,
            },
            rejectedRows: [],
            rejects: [],
            losses: [],
            next: Math.min(scan.next, to),
            line: place.line + scan.rows + scan.innerBreaks,
          };
        }
        if (isUsable) return null;
      }
      if (isLong) {
        const cut = rewritePlainRecords(bytes, from, to, isEnd, columnCount, dialect, place);
        if (cut !== null) return cut;
      }
      return rewriteRecords(bytes, from, to, isEnd, columnCount, dialect, place);
    },
  };
}
