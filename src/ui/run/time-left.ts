// How far an export is and how long it may take yet, with how sure that is.
import type { Progress } from '../../contract/report.ts';

/** Rows of the source as far as they are known before it is read. */
export interface ExpectedRows {
  rows: number;
  isExact: boolean;
}

/** Of the last so many forecasts the spread is taken: three seconds of them. */
const REMEMBERED = 30;
/** Fewer forecasts say nothing about how sure they are. */
const LEAST = 5;

/** Forecasts of the whole time, in ms, with what this progress foretells added. */
export function foretell(before: readonly number[], progress: Progress): readonly number[] {
  if (progress.etaMs === null) return before;
  return [...before, progress.elapsedMs + progress.etaMs].slice(-REMEMBERED);
}

/** Half the span of the last forecasts, in ms; null while there are too few. */
export function spreadOf(foretold: readonly number[]): number | null {
  if (foretold.length < LEAST) return null;
  return (Math.max(...foretold) - Math.min(...foretold)) / 2;
}

/** 0 to 1 by bytes sent, else by bytes read, else by rows of a known number; undefined while neither is known. */
export function shareOf(
  progress: Progress | null,
  expected: ExpectedRows | null,
): number | undefined {
  if (progress === null) return undefined;
  const { sending } = progress;
  if (sending)
    return sending.isCounted || sending.files > 1 ? sending.bytes / sending.bytesTotal : undefined;
  if (progress.bytesTotal) return Math.min(1, progress.bytesIn / progress.bytesTotal);
  if (expected?.isExact && expected.rows > 0) return Math.min(1, progress.rowsIn / expected.rows);
  return undefined;
}
