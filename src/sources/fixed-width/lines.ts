// The fields of one line: cut at its places, padding taken off, and whether anything stands outside of them.
import type { LayoutColumn } from './columns.ts';
import type { FixedWidthOptions } from './options.ts';
import { Places } from './places.ts';

const TAB = 9;
const SPACE = 32;
const BAR = 124;

const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB;

/** Cuts lines into fields; what it says holds until the next line. */
export interface LineCutter {
  /** Takes the line of bytes [from, to). */
  cut(bytes: Uint8Array, from: number, to: number): void;
  /** Whether it has nothing but blanks. */
  isBlank: boolean;
  places: Places;
  /** Columns that begin within the line; the others are missing. Columns count in their order in the line. */
  found: number;
  /** Byte offsets of the fields' contents, by column. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** First place of what stands outside of all columns; -1 = nothing does. */
  outside(bytes: Uint8Array): number;
}

/** Places no column has, in ranges [from, to). */
function gapsOf(columns: readonly LayoutColumn[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let end = 0;
  for (const { from, to } of columns.toSorted((a, b) => a.from - b.from)) {
    if (from > end) gaps.push({ from: end, to: from });
    end = Math.max(end, to);
  }
  if (end < Infinity) gaps.push({ from: end, to: Infinity });
  return gaps;
}

export function createLineCutter(
  columns: readonly LayoutColumn[],
  { measure, trim }: Pick<FixedWidthOptions, 'measure' | 'trim'>,
): LineCutter {
  const places = new Places(measure);
  const gaps = gapsOf(columns);
  const cutter: LineCutter = {
    isBlank: false,
    places,
    found: 0,
    starts: new Uint32Array(columns.length),
    ends: new Uint32Array(columns.length),
    cut(bytes, from, to) {
      let first = from;
      while (first < to && isBlank(bytes[first]!)) first++;
      cutter.isBlank = first === to;
      places.take(bytes, from, to);
      cutter.found = 0;
      for (let c = 0; c < columns.length; c++) {
        const column = columns[c]!;
        let start = places.offset(column.from);
        let end = places.offset(column.to);
        if (column.from < places.count) cutter.found++;
        if (trim !== 'none') while (end > start && isBlank(bytes[end - 1]!)) end--;
        if (trim === 'both') while (start < end && isBlank(bytes[start]!)) start++;
        cutter.starts[c] = start;
        cutter.ends[c] = end;
      }
    },
    outside(bytes) {
      for (const gap of gaps) {
        if (gap.from >= places.count) break;
        const to = places.offset(gap.to);
        for (let i = places.offset(gap.from); i < to; i++)
          if (!isBlank(bytes[i]!) && bytes[i] !== BAR) {
            let place = gap.from;
            while (places.offset(place + 1) <= i && place < places.count) place++;
            return place;
          }
      }
      return -1;
    },
  };
  return cutter;
}
