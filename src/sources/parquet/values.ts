// Reads the values of one data page in each encoding: of fixed width to bytes side by side, byte arrays to a sink.
import { ByteSink, ByteStore } from './byte-sink.ts';
import { openDelta } from './delta.ts';
import { Fault, insist } from '../../contract/fault.ts';
import { viewOf } from '../../table/copy-words.ts';
import { openRuns, type LevelReader } from './runs.ts';

/** Values of fixed width; `out` holds them from its start, value i at i · width. */
export interface FixedReader {
  read(out: Uint8Array, at: number, count: number): void;
  /** Of the next `count` values those at the first `found` of `places`, which ascend; the others are passed by. */
  pick(out: Uint8Array, at: number, places: Int32Array, found: number, count: number): void;
}

export interface BytesReader {
  read(sink: ByteSink, count: number): void;
  /** As {@link FixedReader.pick}. */
  pick(sink: ByteSink, places: Int32Array, found: number, count: number): void;
  /** The next `count` values as places in the dictionary; missing where they stand for themselves. */
  readCodes?(out: Int32Array, at: number, count: number): void;
  /** No value is longer, or 0: all of them together are no longer than the page. */
  longest: number;
}

/** The values of a dictionary page. */
export interface Dictionary {
  count: number;
  fixed: Uint8Array | null;
  offsets: Int32Array | null;
  store: ByteStore | null;
  longest: number;
}

/** Indices looked up at once. */
const STRETCH = 4096;
/** Values of a page whose lengths are all needed at once. */
const MOST_LENGTHS = 1 << 26;

const tooFew = 'a page holds fewer values than it says';

/** PLAIN values of `width` bytes in [start, end). */
export function openPlainFixed(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
): FixedReader {
  const source = viewOf(bytes);
  let from = start;
  return {
    read(out, at, count) {
      const size = count * width;
      insist(from + size <= end, tooFew);
      out.set(bytes.subarray(from, from + size), at * width);
      from += size;
    },
    pick(out, at, places, found, count) {
      const size = count * width;
      insist(from + size <= end, tooFew);
      if (width === 8 || width === 4) {
        const words = new Int32Array(out.buffer, out.byteOffset, out.length >> 2);
        let to = (at * width) >> 2;
        for (let i = 0; i < found; i++) {
          const value = from + places[i]! * width;
          words[to++] = source.getInt32(value, true);
          if (width === 8) words[to++] = source.getInt32(value + 4, true);
        }
      } else
        for (let i = 0; i < found; i++) {
          const value = from + places[i]! * width;
          out.set(bytes.subarray(value, value + width), (at + i) * width);
        }
      from += size;
    },
  };
}

/** A reader that picks by reading all. */
function picking(width: number, read: FixedReader['read']): FixedReader {
  let all = new Uint8Array(0);
  return {
    read,
    pick(out, at, places, found, count) {
      if (all.length < count * width) all = new Uint8Array((count * width + 7) & ~7);
      read(all, 0, count);
      for (let i = 0; i < found; i++)
        for (let k = 0; k < width; k++) out[(at + i) * width + k] = all[places[i]! * width + k]!;
    },
  };
}

/** As {@link picking}, of byte arrays. */
function pickingBytes(longest: number, read: BytesReader['read']): BytesReader {
  return {
    longest,
    read,
    pick(sink, places, found, count) {
      const all = new ByteSink(count, 0);
      read(all, count);
      const store = new ByteStore(all.bytes);
      for (let i = 0; i < found; i++)
        sink.append(store, all.offsets[places[i]!]!, all.offsets[places[i]! + 1]!);
    },
  };
}

/** PLAIN booleans: bits. */
export function openPlainBits(bytes: Uint8Array, start: number, end: number): FixedReader {
  let bit = 0;
  return picking(1, (out, at, count) => {
    insist(start + (bit + count) / 8 <= end, tooFew);
    for (let i = 0; i < count; i++, bit++)
      out[at + i] = (bytes[start + Math.floor(bit / 8)]! >> (bit % 8)) & 1;
  });
}

/** Booleans as runs behind the size of them. */
export function openRunBits(bytes: Uint8Array, start: number, end: number): FixedReader {
  insist(start + 4 <= end, tooFew);
  const size = new DataView(bytes.buffer, bytes.byteOffset + start, 4).getUint32(0, true);
  insist(size <= end - start - 4, tooFew);
  const runs = openRuns(bytes, start + 4, start + 4 + size, 1);
  return picking(1, (out, at, count) => runs.read(out, at, count));
}

export function openDeltaFixed(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
): FixedReader {
  insist(width === 4 || width === 8, 'a page has an encoding that does not fit its type');
  const reader = openDelta(bytes, start, end, width === 8);
  return picking(width, (out, at, count) => {
    const words = new Int32Array(out.buffer, out.byteOffset, out.length >> 2);
    reader.read(words, at, count);
  });
}

/** BYTE_STREAM_SPLIT: the first bytes of all values, then the second ones… */
export function openSplit(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
): FixedReader {
  const total = width === 0 ? 0 : Math.floor((end - start) / width);
  let done = 0;
  return picking(width, (out, at, count) => {
    insist(done + count <= total, tooFew);
    for (let k = 0; k < width; k++) {
      const stream = start + k * total + done;
      let to = at * width + k;
      for (let i = 0; i < count; i++, to += width) out[to] = bytes[stream + i]!;
    }
    done += count;
  });
}

/** Fixed-width values that stand as byte arrays. */
export function openFixedOfBytes(
  reader: BytesReader,
  width: number,
  makeSink: () => ByteSink,
): FixedReader {
  return picking(width, (out, at, count) => {
    const sink = makeSink();
    reader.read(sink, count);
    for (let i = 1; i <= sink.count; i++)
      insist(sink.offsets[i]! === i * width, 'a value has another length than its column');
    out.set(sink.bytes.subarray(0, sink.length), at * width);
  });
}

/** PLAIN byte arrays: each behind its length. */
export function openPlainBytes(bytes: Uint8Array, start: number, end: number): BytesReader {
  const store = new ByteStore(bytes);
  let at = start;
  return {
    longest: 0,
    read(sink, count) {
      for (let i = 0; i < count; i++) {
        insist(at + 4 <= end, tooFew);
        const size =
          bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
        at += 4;
        if (size < 0 || size > end - at) throw new Fault(tooFew);
        sink.append(store, at, at + size);
        at += size;
      }
    },
    pick(sink, places, found, count) {
      const { view } = store;
      // The last length that can be read whole.
      const last = end - 4;
      let next = 0;
      let wanted = found > 0 ? places[0]! : -1;
      for (let i = 0; i < count; i++) {
        if (at > last) throw new Fault(tooFew);
        const size = view.getInt32(at, true);
        at += 4;
        if (size < 0 || size > end - at) throw new Fault(tooFew);
        if (i === wanted) {
          sink.append(store, at, at + size);
          next++;
          wanted = next < found ? places[next]! : -1;
        }
        at += size;
      }
    },
  };
}

interface Lengths {
  lengths: Int32Array;
  end: number;
  total: number;
  longest: number;
}

function readLengths(bytes: Uint8Array, start: number, end: number): Lengths {
  const reader = openDelta(bytes, start, end, false);
  insist(reader.count <= MOST_LENGTHS, 'a page holds too many values');
  const lengths = new Int32Array(reader.count);
  reader.read(lengths, 0, reader.count);
  let total = 0;
  let longest = 0;
  for (const length of lengths) {
    insist(length >= 0, 'a length is out of range');
    total += length;
    if (length > longest) longest = length;
  }
  return { lengths, end: reader.end(), total, longest };
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
export function openLengthsThenBytes(bytes: Uint8Array, start: number, end: number): BytesReader {
  const { lengths, end: from, total, longest } = readLengths(bytes, start, end);
  insist(from + total <= end, tooFew);
  const store = new ByteStore(bytes);
  let at = from;
  let done = 0;
  return {
    longest,
    read(sink, count) {
      insist(done + count <= lengths.length, tooFew);
      for (let i = 0; i < count; i++) {
        const size = lengths[done++]!;
        sink.append(store, at, at + size);
        at += size;
      }
    },
    pick(sink, places, found, count) {
      insist(done + count <= lengths.length, tooFew);
      let next = 0;
      for (let i = 0; i < count; i++) {
        const size = lengths[done++]!;
        if (next < found && places[next] === i) {
          sink.append(store, at, at + size);
          next++;
        }
        at += size;
      }
    },
  };
}

/** DELTA_BYTE_ARRAY: how much of the value before begins this one, then what follows it. */
export function openFrontCoded(bytes: Uint8Array, start: number, end: number): BytesReader {
  const prefixes = readLengths(bytes, start, end);
  const suffixes = readLengths(bytes, prefixes.end, end);
  insist(prefixes.lengths.length === suffixes.lengths.length, tooFew);
  insist(suffixes.end + suffixes.total <= end, tooFew);
  const store = new ByteStore(bytes);
  let at = suffixes.end;
  let done = 0;
  // The value before may be in a sink that is gone by the next call.
  let before = new ByteStore(new Uint8Array(0));
  return pickingBytes(prefixes.longest + suffixes.longest, (sink, count) => {
    insist(done + count <= prefixes.lengths.length, tooFew);
    for (let i = 0; i < count; i++, done++) {
      const prefix = prefixes.lengths[done]!;
      const suffix = suffixes.lengths[done]!;
      if (i === 0) {
        insist(prefix <= before.bytes.length, 'a value begins with more than the one before it');
        sink.appendTwo(before, 0, prefix, store, at, at + suffix);
      } else {
        const from = sink.offsets[sink.count - 1]!;
        insist(
          prefix <= sink.offsets[sink.count]! - from,
          'a value begins with more than the one before it',
        );
        sink.repeat(from, prefix, store, at, at + suffix);
      }
      at += suffix;
    }
    if (count > 0)
      before = new ByteStore(
        sink.bytes.slice(sink.offsets[sink.count - 1]!, sink.offsets[sink.count]!),
      );
  });
}

/** Runs of dictionary indices behind their bit width. */
function openIndices(bytes: Uint8Array, start: number, end: number): LevelReader {
  // A page of nulls alone may have no bytes at all.
  if (start >= end) return openRuns(bytes, end, end, 1);
  return openRuns(bytes, start + 1, end, bytes[start]!);
}

/** Reads indices in stretches, each checked to be in the dictionary. */
function stretches(
  indices: LevelReader,
  entries: number,
): (count: number, take: (found: Int32Array, count: number, before: number) => void) => void {
  const buffer = new Int32Array(STRETCH);
  return (count, take) => {
    for (let done = 0; done < count; done += STRETCH) {
      const n = Math.min(count - done, STRETCH);
      indices.read(buffer, 0, n);
      for (let i = 0; i < n; i++)
        if (buffer[i]! >>> 0 >= entries) throw new Fault('an index is beyond its dictionary');
      take(buffer, n, done);
    }
  };
}

export function openFixedIndices(
  bytes: Uint8Array,
  start: number,
  end: number,
  dictionary: Dictionary,
  width: number,
): FixedReader {
  const each = stretches(openIndices(bytes, start, end), dictionary.count);
  const entries = dictionary.fixed!;
  const words =
    width % 4 === 0
      ? new Int32Array(entries.buffer, entries.byteOffset, entries.length >> 2)
      : null;
  return {
    pick(out, at, places, wanted, count) {
      const outWords =
        words === null ? null : new Int32Array(out.buffer, out.byteOffset, out.length >> 2);
      let next = 0;
      each(count, (found, n, before) => {
        for (; next < wanted && places[next]! < before + n; next++) {
          const entry = found[places[next]! - before]!;
          if (width === 4) outWords![at + next] = words![entry]!;
          else if (width === 8) {
            outWords![(at + next) * 2] = words![entry * 2]!;
            outWords![(at + next) * 2 + 1] = words![entry * 2 + 1]!;
          } else
            for (let k = 0; k < width; k++)
              out[(at + next) * width + k] = entries[entry * width + k]!;
        }
      });
    },
    read(out, at, count) {
      const outWords =
        words === null ? null : new Int32Array(out.buffer, out.byteOffset, out.length >> 2);
      each(count, (found, n) => {
        if (width === 4) for (let i = 0; i < n; i++) outWords![at + i] = words![found[i]!]!;
        else if (width === 8)
          for (let i = 0; i < n; i++) {
            const entry = found[i]! * 2;
            outWords![(at + i) * 2] = words![entry]!;
            outWords![(at + i) * 2 + 1] = words![entry + 1]!;
          }
        else
          for (let i = 0; i < n; i++) {
            const entry = found[i]! * width;
            const to = (at + i) * width;
            for (let k = 0; k < width; k++) out[to + k] = entries[entry + k]!;
          }
        at += n;
      });
    },
  };
}

export function openBytesIndices(
  bytes: Uint8Array,
  start: number,
  end: number,
  dictionary: Dictionary,
): BytesReader {
  const each = stretches(openIndices(bytes, start, end), dictionary.count);
  const offsets = dictionary.offsets!;
  const entries = dictionary.store!;
  return {
    longest: dictionary.longest,
    read(sink, count) {
      each(count, (found, n) => {
        for (let i = 0; i < n; i++) {
          const index = found[i]!;
          sink.append(entries, offsets[index]!, offsets[index + 1]!);
        }
      });
    },
    pick(sink, places, wanted, count) {
      let next = 0;
      each(count, (found, n, before) => {
        for (; next < wanted && places[next]! < before + n; next++) {
          const index = found[places[next]! - before]!;
          sink.append(entries, offsets[index]!, offsets[index + 1]!);
        }
      });
    },
    readCodes(out, at, count) {
      each(count, (found, n, before) => {
        for (let i = 0; i < n; i++) out[at + before + i] = found[i]!;
      });
    },
  };
}
