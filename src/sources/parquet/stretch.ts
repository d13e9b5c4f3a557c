// Some rows of one leaf as they were read: levels, and the values that are not null side by side.
import { ByteSink, ByteStore } from './byte-sink.ts';
import type { Dictionary } from './values.ts';

/** Some rows of a leaf. */
export interface Stretch {
  rowCount: number;
  /** Entries: one a row, more where lists are in between. */
  entryCount: number;
  reps: Uint8Array | null;
  defs: Uint8Array | null;
  valueCount: number;
  /** `valueCount` values of the leaf's width (booleans: a byte each), in a buffer of their own. */
  fixed: Uint8Array | null;
  /** `valueCount` byte arrays; none while there are `codes`. */
  sink: ByteSink | null;
  /** Instead of byte arrays: `valueCount` places in `dictionary`. */
  codes: Int32Array | null;
  dictionary: Dictionary | null;
}

/** Writes the byte arrays that codes stand for. */
export function spellOut(stretch: Stretch): void {
  const { codes, dictionary, sink, valueCount } = stretch;
  stretch.codes = null;
  stretch.dictionary = null;
  if (codes === null || dictionary === null) return;
  const { store, offsets } = dictionary;
  for (let i = 0; i < valueCount; i++)
    sink!.append(store!, offsets![codes[i]!]!, offsets![codes[i]! + 1]!);
}

/** The first `rowCount` rows, and the others in buffers of their own. `width`: bytes of a fixed value. */
export function splitStretch(
  stretch: Stretch,
  rowCount: number,
  maxDef: number,
  width: number,
): [Stretch, Stretch] {
  const { reps, defs, entryCount, valueCount, fixed, sink, codes } = stretch;
  let entries = rowCount;
  if (reps !== null) {
    let rows = 0;
    for (entries = 0; entries < entryCount; entries++)
      if (reps[entries] === 0 && rows++ === rowCount) break;
  }
  const values = defs === null ? entries : countEqual(defs, 0, entries, maxDef);
  const kept: Stretch = { ...stretch, rowCount, entryCount: entries, valueCount: values };
  const rest: Stretch = {
    rowCount: stretch.rowCount - rowCount,
    entryCount: entryCount - entries,
    reps: reps?.slice(entries, entryCount) ?? null,
    defs: defs?.slice(entries, entryCount) ?? null,
    valueCount: valueCount - values,
    fixed: null,
    sink: null,
    codes: codes?.slice(values, valueCount) ?? null,
    dictionary: stretch.dictionary,
  };
  if (fixed !== null) {
    rest.fixed = new Uint8Array(wholeWords(rest.valueCount * width));
    rest.fixed.set(fixed.subarray(values * width, valueCount * width));
  }
  if (sink !== null && codes !== null) rest.sink = new ByteSink(0, 0);
  else if (sink !== null) {
    const from = sink.offsets[values]!;
    rest.sink = new ByteSink(rest.valueCount, sink.length - from);
    const store = new ByteStore(sink.bytes);
    for (let i = values; i < valueCount; i++)
      rest.sink.append(store, sink.offsets[i]!, sink.offsets[i + 1]!);
    kept.sink = sink;
    sink.count = values;
    sink.length = from;
  }
  return [kept, rest];
}

/** So many bytes, and what is missing to whole words of 64 bits. */
export const wholeWords = (bytes: number): number => (bytes + 7) & ~7;

export function countEqual(levels: Uint8Array, from: number, count: number, level: number): number {
  let found = 0;
  for (let i = from; i < from + count; i++) if (levels[i] === level) found++;
  return found;
}
