// Leaves the first and the last lines of a text out: titles above a table, sums below it. A line is a line, whatever quotes it has.
import { sizeText } from './byte-size.ts';
import { ExportError } from './errors.ts';

const CR = 13;
const LF = 10;

/** How many lines to leave out at each end (≥ 0), and what ends a line. */
export interface OuterLines {
  first: number;
  last: number;
  /** A lone CR ends a line too. */
  anyLineEnd: boolean;
}

/** Lines that were left out so far; final once reading has ended. */
export interface LeftOut {
  first: number;
  last: number;
}

/** Offset after the line break at or behind `from`; -1 when there is none. A CR at the very end breaks the line. */
function nextBreak(bytes: Uint8Array, from: number, anyLineEnd: boolean): number {
  const feed = bytes.indexOf(LF, from);
  if (!anyLineEnd) return feed < 0 ? -1 : feed + 1;
  const stop = feed < 0 ? bytes.length : feed;
  for (let i = from; i < stop; i++) if (bytes[i] === CR) return bytes[i + 1] === LF ? i + 2 : i + 1;
  return feed < 0 ? -1 : feed + 1;
}

/** Offsets after the last line breaks, the last one first, `wanted` at most. */
function lastBreaks(bytes: Uint8Array, wanted: number, anyLineEnd: boolean): number[] {
  const found: number[] = [];
  for (let i = bytes.length - 1; i >= 0 && found.length < wanted; i--) {
    if (!anyLineEnd) {
      i = bytes.lastIndexOf(LF, i);
      if (i < 0) break;
      found.push(i + 1);
    } else if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) found.push(i + 1);
  }
  return found;
}

/** Where the lines of a whole text begin and end once the outer ones are left out, and how many those were. */
export function outerLines(
  bytes: Uint8Array,
  { first, last, anyLineEnd }: OuterLines,
): { from: number; to: number; leftOut: LeftOut } {
  let from = 0;
  const leftOut = { first: 0, last: 0 };
  for (; leftOut.first < first && from < bytes.length; leftOut.first++) {
    const next = nextBreak(bytes, from, anyLineEnd);
    from = next < 0 ? bytes.length : next;
  }
  const rest = bytes.subarray(from);
  if (last === 0 || rest.length === 0) return { from, to: bytes.length, leftOut };
  const breaks = lastBreaks(rest, last + 1, anyLineEnd);
  // The break that ends the text is the end of its last line, not the beginning of another.
  const cuts = breaks[0] === rest.length ? breaks.slice(1) : breaks.slice(0, last);
  leftOut.last = Math.min(last, cuts.length + (cuts.length < last ? 1 : 0));
  return { from, to: from + (cuts.length < last ? 0 : cuts[last - 1]!), leftOut };
}

interface Held {
  bytes: Uint8Array;
  /** Offsets after its last breaks, the last one first. */
  breaks: number[];
}

/**
 * The chunks without the outer lines; holds back no more than the last lines. `leftOut` is counted up while they are read.
 * Throws `read.lines-too-large` when the last lines together are larger than `limitBytes`.
 */
export async function* withoutOuterLines(
  chunks: AsyncIterable<Uint8Array>,
  lines: OuterLines,
  leftOut: LeftOut,
  limitBytes: number,
): AsyncGenerator<Uint8Array> {
  const { first, last, anyLineEnd } = lines;
  const held: Held[] = [];
  let heldBytes = 0;
  let inFirst = false;
  let wasReturn = false;

  /** Puts a piece behind the held ones and takes off what cannot belong to the last lines any more. */
  const push = (bytes: Uint8Array, mostBreaks: number): Uint8Array[] => {
    if (bytes.length > 0) {
      held.push({ bytes, breaks: lastBreaks(bytes, last + 1, anyLineEnd) });
      heldBytes += bytes.length;
    }
    let seen = 0;
    for (let i = held.length - 1; i >= 0; i--) {
      const piece = held[i]!;
      seen += piece.breaks.length;
      if (seen < mostBreaks) continue;
      const at = piece.breaks.length - 1 - (seen - mostBreaks);
      const cut = piece.breaks[at]!;
      const free = held.splice(0, i).map((each) => each.bytes);
      if (cut > 0) free.push(piece.bytes.subarray(0, cut));
      // A copy: the chunk is large, and what is held of it is small.
      piece.bytes = piece.bytes.slice(cut);
      piece.breaks = piece.breaks.slice(0, at).map((end) => end - cut);
      for (const each of free) heldBytes -= each.length;
      return free;
    }
    if (heldBytes > limitBytes)
      throw new ExportError('read.lines-too-large', { count: last, limit: sizeText(limitBytes) });
    return [];
  };

  for await (let chunk of chunks) {
    if (anyLineEnd && wasReturn) {
      // Whether a CR alone ends the line shows the byte behind it.
      const joined = new Uint8Array(chunk.length + 1);
      joined[0] = CR;
      joined.set(chunk, 1);
      chunk = joined;
    }
    wasReturn = anyLineEnd && chunk.at(-1) === CR;
    if (wasReturn) chunk = chunk.subarray(0, -1);
    let from = 0;
    while (leftOut.first < first || inFirst) {
      if (from === chunk.length) break;
      if (!inFirst) leftOut.first++;
      const next = nextBreak(chunk, from, anyLineEnd);
      inFirst = next < 0;
      from = next < 0 ? chunk.length : next;
    }
    if (from > 0) chunk = chunk.subarray(from);
    if (chunk.length === 0) continue;
    if (last === 0) yield chunk;
    else yield* push(chunk, last + 1);
  }
  let end: Uint8Array = new Uint8Array(0);
  if (wasReturn && !inFirst && leftOut.first === first) end = new Uint8Array([CR]);
  else if (wasReturn && !inFirst) leftOut.first++;
  if (last === 0) {
    if (end.length > 0) yield end;
    return;
  }
  yield* push(end, last + 1);
  const tail = held.at(-1);
  const isClosed = tail === undefined || tail.breaks[0] === tail.bytes.length;
  if (!isClosed) yield* push(new Uint8Array(0), last);
  for (const { breaks } of held) leftOut.last += breaks.length;
  if (!isClosed) leftOut.last++;
}
