// What a profile tells of every column: the answer of the verb that looks at many or all values.
import type { ColumnShape } from './column-profile.ts';

/** What is to be looked at. */
export interface ProfileSubject {
  /** The source; missing = the first. */
  sourceId?: string;
  /** A data set instead: its rows behind all its steps. */
  dataset?: string;
  /** All rows; otherwise a sample of them. */
  whole?: boolean;
}

/** Where the rows that were looked at stand in their source. */
export interface SampleOrigin {
  /** `start`: the first rows alone, so that nothing is known of later ones. `spread`: rows from several places. */
  from: 'whole' | 'start' | 'spread';
  /** Places of one file, or files of many; 1 unless spread. */
  places: number;
  /** The same for people. */
  sentence: string;
}

/** A value that does not fit the type of its column. */
export interface InvalidValue {
  /** 1-based; 0 where the source has no lines, or where they were not counted. */
  line: number;
  value: string;
}

/** One of the most frequent values. */
export interface TopValue {
  /** Shortened. */
  value: string;
  /** So often it came, or at most so often: then it came at least `count - over` times. */
  count: number;
  /** 0 when `count` is exact. */
  over: number;
}

/** A text by its length in characters. */
export interface TextLength {
  characters: number;
  /** Shortened. */
  value: string;
}

/**
 * What the values of one column are. Rows = nullCount + invalidCount + the values that all else is about. NaN and infinities
 * count in `notFiniteCount`, and are left out of min, max, mean, stddev and shape.
 */
export interface ProfiledColumn {
  name: string;
  /** Which of the columns of this name, 0 = first. */
  nth: number;
  type: string;
  /** Why it has this type; empty behind steps. */
  sentence: string;
  /**
   * The type that all values looked at fit, and why, where the source proposed another one from its first rows. As a column's
   * declared type it spares a run its fresh start. Missing where both are the same, where the user set the type, and where
   * values carry their types.
   */
  proposedType?: { type: string; sentence: string };
  nullCount: number;
  /** Texts without a character, which are not null. */
  emptyCount: number;
  notFiniteCount: number;
  /** How many different values there are; an estimate is within about 2 %. */
  distinct: { count: number; isEstimate: boolean };
  /** Least and greatest value; texts by code points; null where there is none, and for nested types. */
  min: string | null;
  max: string | null;
  /** Of numbers; the standard deviation is that of a sample (n - 1). */
  mean: number | null;
  stddev: number | null;
  /** The most frequent values, most frequent first; of many different values only those that stand out. */
  top: TopValue[];
  /** How numbers, dates and times are spread, in bins of equal width; null for others. */
  histogram: (ColumnShape & { kind: 'range' }) | null;
  /** Of texts. */
  longest: TextLength | null;
  shortest: TextLength | null;
  invalidCount: number;
  /** The first 20. */
  invalid: InvalidValue[];
}

export interface Profile {
  /** The source's name, or the data set's id. */
  name: string;
  /** Rows that were looked at. */
  rows: number;
  /** Rows that the source or a step left out as unfit meanwhile. */
  rejectedRows: number;
  /** Whether those are all rows. */
  isWhole: boolean;
  /** Where those rows come from. */
  sample: SampleOrigin;
  /** Rows there are, as far as the sample tells; null when unknown. */
  estimatedRows: number | null;
  columns: ProfiledColumn[];
  elapsedMs: number;
  /** It was broken off: what was counted until then. */
  isCancelled: boolean;
}
