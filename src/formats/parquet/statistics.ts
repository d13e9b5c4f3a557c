// The least and the greatest of a leaf's values, as its statistics state them.
import { wordsOf } from '../../table/gather-column.ts';
import type { LeafBuffer } from './leaf-buffer.ts';
import { PHYSICAL } from './leaf-type.ts';
import { valueContent } from './plain-values.ts';

/** A bound in plain encoding; not exact where a long text was cut. */
export interface Bound {
  bytes: Uint8Array;
  isExact: boolean;
}

export interface Bounds {
  min: Bound;
  max: Bound;
}

/** Longer texts are cut: bounds stand in the footer, which readers hold in memory. */
const MOST_BOUND_BYTES = 64;

type Compare = (a: number, b: number) => number;

/** Compares two values of the leaf by their places. */
function comparisonOf(leaf: LeafBuffer): Compare {
  const { type, bytes, offsets } = leaf;
  const words = wordsOf(bytes);
  const unsigned = new Uint32Array(words.buffer, words.byteOffset, words.length);
  switch (type.order) {
    case 'signed':
      if (type.width === 4) return (a, b) => words[a]! - words[b]!;
      return (a, b) => words[a * 2 + 1]! - words[b * 2 + 1]! || unsigned[a * 2]! - unsigned[b * 2]!;
    case 'unsigned':
      if (type.physical === PHYSICAL.bool) return (a, b) => bytes[a]! - bytes[b]!;
      if (type.width === 4) return (a, b) => unsigned[a]! - unsigned[b]!;
      return (a, b) =>
        unsigned[a * 2 + 1]! - unsigned[b * 2 + 1]! || unsigned[a * 2]! - unsigned[b * 2]!;
    case 'float': {
      const values =
        type.width === 4
          ? new Float32Array(words.buffer, words.byteOffset, words.length)
          : new Float64Array(words.buffer, words.byteOffset, words.length >> 1);
      return (a, b) => values[a]! - values[b]!;
    }
    default: {
      const start = (i: number): number => (type.width === 0 ? offsets[i]! : i * type.width);
      const isSigned = type.order === 'signed-bytes';
      return (a, b) => {
        const [from, other] = [start(a), start(b)];
        const [size, otherSize] = [start(a + 1) - from, start(b + 1) - other];
        const most = Math.min(size, otherSize);
        for (let k = 0; k < most; k++) {
          const difference = bytes[from + k]! - bytes[other + k]!;
          if (difference === 0) continue;
          // The sign stands in the first byte.
          if (isSigned && k === 0) return (bytes[from]! ^ 128) - (bytes[other]! ^ 128);
          return difference;
        }
        return size - otherSize;
      };
    }
  }
}

/** The bounds of values [from, to), or of the `entries` that all of them are; null where there are none to state. */
export function findBounds(
  leaf: LeafBuffer,
  from: number,
  to: number,
  entries: Int32Array | null,
): Bounds | null {
  const { type } = leaf;
  if (type.order === 'none') return null;
  const compare = comparisonOf(leaf);
  let least = -1;
  let greatest = -1;
  const look = (i: number): void => {
    // What does not equal itself (NaN) is no bound.
    if (type.order === 'float' && !(compare(i, i) === 0) && !isInfinite(leaf, i)) return;
    if (least < 0 || isBelow(i, least)) least = i;
    if (greatest < 0 || isBelow(greatest, i)) greatest = i;
  };
  const isBelow = (a: number, b: number): boolean => compare(a, b) < 0;
  if (entries !== null) for (const entry of entries) look(entry);
  else for (let i = from; i < to; i++) look(i);
  if (least < 0) return null;
  const [min, max] = [valueContent(leaf, least), valueContent(leaf, greatest)];
  if (type.order === 'float') return { min: zeroed(min, 128), max: zeroed(max, 0) };
  if (type.width > 0)
    return { min: { bytes: min, isExact: true }, max: { bytes: max, isExact: true } };
  const upper = cutAbove(max, type.meaning !== null);
  return upper === null ? null : { min: cutBelow(min), max: upper };
}

/** The difference of infinities is no number either. */
function isInfinite(leaf: LeafBuffer, i: number): boolean {
  const { width } = leaf.type;
  const view = new DataView(leaf.bytes.buffer, leaf.bytes.byteOffset + i * width, width);
  const value = width === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  return !Number.isNaN(value);
}

/** Zero as a bound has the sign that lets the other zero be inside (parquet.thrift, ColumnOrder). */
function zeroed(bytes: Uint8Array, signByte: number): Bound {
  const last = bytes.length - 1;
  if (bytes.subarray(0, last).every((byte) => byte === 0) && (bytes[last]! & 127) === 0)
    bytes[last] = signByte;
  return { bytes, isExact: true };
}

/** Whole characters of at most so many bytes. */
function prefixOf(bytes: Uint8Array): Uint8Array {
  let size = MOST_BOUND_BYTES;
  while (size > 0 && (bytes[size]! & 0xc0) === 0x80) size--;
  return bytes.slice(0, size > 0 ? size : MOST_BOUND_BYTES);
}

function cutBelow(bytes: Uint8Array): Bound {
  return bytes.length <= MOST_BOUND_BYTES
    ? { bytes, isExact: true }
    : { bytes: prefixOf(bytes), isExact: false };
}

/** A shorter value above it; null where there is none. */
function cutAbove(bytes: Uint8Array, isText: boolean): Bound | null {
  if (bytes.length <= MOST_BOUND_BYTES) return { bytes, isExact: true };
  const prefix = isText ? prefixOf(bytes) : bytes.slice(0, MOST_BOUND_BYTES);
  if (isText) {
    // Texts in UTF-8 are in the order of their characters' numbers.
    const characters = Array.from(decoder.decode(prefix), (text) => text.codePointAt(0)!);
    for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
      if (last === MOST_CODE_POINT) continue;
      const next = last + 1 === FIRST_SURROGATE ? LAST_SURROGATE + 1 : last + 1;
      const text = String.fromCodePoint(...characters, next);
      return { bytes: new TextEncoder().encode(text), isExact: false };
    }
    return null;
  }
  for (let at = prefix.length - 1; at >= 0; at--)
    if (prefix[at]! < 255) {
      prefix[at]!++;
      return { bytes: prefix.slice(0, at + 1), isExact: false };
    }
  return null;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const MOST_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
