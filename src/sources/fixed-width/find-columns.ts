// Finds columns by the places that are blank in every line.
import type { LayoutColumn } from './columns.ts';
import { Places } from './places.ts';
import type { FixedWidthOptions } from './options.ts';

const TAB = 9;
const SPACE = 32;

/** Lines looked at; more say no more. */
const MOST_LINES = 2_000;
/** Places looked at. */
const MOST_PLACES = 20_000;
/** Lines from which one blank place is a border: in a few, words end at the same place by chance. */
const SURE_LINES = 8;

/** Bytes [from, to) of one line. */
export interface LineSpan {
  from: number;
  to: number;
  /** 1-based. */
  line: number;
}

/** Lines spread evenly over all of them. */
export function spreadLines(lines: readonly LineSpan[]): LineSpan[] {
  const step = Math.max(1, lines.length / MOST_LINES);
  return Array.from(
    { length: Math.min(lines.length, MOST_LINES) },
    (_, i) => lines[Math.floor(i * step)]!,
  );
}

interface Run {
  from: number;
  to: number;
  /** Lines whose text begins where the run does, and lines whose text ends where it does. */
  atStart: number;
  atEnd: number;
}

/** Stretches of places that some line fills, between places that all leave blank. */
function filledRuns(
  bytes: Uint8Array,
  lines: readonly LineSpan[],
  measure: FixedWidthOptions['measure'],
): Run[] {
  const places = new Places(measure);
  const isFilled = new Uint8Array(MOST_PLACES);
  const isBlankAt = (place: number): boolean => {
    const byte = place < places.count ? bytes[places.offset(place)] : SPACE;
    return byte === SPACE || byte === TAB;
  };
  let farthest = 0;
  for (const { from, to } of lines) {
    places.take(bytes, from, to);
    const most = Math.min(places.count, MOST_PLACES);
    farthest = Math.max(farthest, most);
    for (let place = 0; place < most; place++) if (!isBlankAt(place)) isFilled[place] = 1;
  }
  const least = lines.length >= SURE_LINES ? 1 : 2;
  const runs: Run[] = [];
  for (let place = 0; place < farthest; place++) {
    if (isFilled[place] === 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && place - last.to < least) last.to = place + 1;
    else runs.push({ from: place, to: place + 1, atStart: 0, atEnd: 0 });
  }
  for (const { from, to } of lines) {
    places.take(bytes, from, to);
    for (const run of runs) {
      if (!isBlankAt(run.from)) run.atStart++;
      if (!isBlankAt(run.to - 1)) run.atEnd++;
    }
  }
  return runs;
}

/** Puts runs without a name to the one before: blanks that all its values have at the same place are inside of them. */
function joinUnnamed(bytes: Uint8Array, runs: Run[], names: LineSpan, places: Places): Run[] {
  places.take(bytes, names.from, names.to);
  const joined: Run[] = [];
  for (const run of runs) {
    const name = bytes.subarray(places.offset(run.from), places.offset(run.to));
    const isNamed = name.some((byte) => byte !== SPACE && byte !== TAB);
    const before = joined.at(-1);
    if (isNamed || before === undefined) joined.push(run);
    else before.to = run.to;
  }
  return joined;
}

/**
 * The columns of these lines, wide enough for longer values than theirs, but with a blank place left between any two, which
 * tells when a value is longer still. The last one is open. `names`: the line that names every column, where there is one.
 */
export function findColumns(
  bytes: Uint8Array,
  lines: readonly LineSpan[],
  measure: FixedWidthOptions['measure'],
  names: LineSpan | null = null,
): LayoutColumn[] {
  const found = filledRuns(bytes, lines, measure);
  const runs = names === null ? found : joinUnnamed(bytes, found, names, new Places(measure));
  const columns = runs.map(({ from, to }): LayoutColumn => ({ name: null, from, to }));
  for (let i = 1; i < runs.length; i++) {
    const before = runs[i - 1]!;
    const behind = runs[i]!;
    const spare = behind.from - before.to - 1;
    // Values grow away from the side they all touch.
    const growsRight = before.atStart >= before.atEnd;
    const growsLeft = behind.atEnd > behind.atStart;
    const toBefore = growsRight && growsLeft ? Math.floor(spare / 2) : growsLeft ? 0 : spare;
    columns[i - 1]!.to += toBefore;
    columns[i]!.from -= growsLeft ? spare - toBefore : 0;
  }
  if (columns.length > 0) {
    columns[0]!.from = 0;
    columns.at(-1)!.to = Infinity;
  }
  return columns;
}
