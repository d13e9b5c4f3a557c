// What was foreseen of an export when it began, and how far off that was.

/** What was foreseen of an export when it began. */
export interface Foreseen {
  bytes: number;
  lowBytes: number;
  highBytes: number;
  ms: number | null;
  /** Of all rows, not of a sample. */
  isExact: boolean;
  /** Rows that were encoded for it. */
  sampledRows: number;
}

/** What was foreseen beside what came; shares are of what was foreseen: 0.02 = 2 % more came. */
export interface ForecastError {
  foreseen: Foreseen;
  bytes: number;
  bytesError: number;
  /** Whether the size came to lie where it was expected. */
  isWithin: boolean;
  /** Of the run, without comparing the values of its files. */
  ms: number;
  msError: number | null;
}
