// Writes values of a leaf in the plain and the split encoding (Encodings.md, PLAIN = 0, BYTE_STREAM_SPLIT = 9).
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { LeafBuffer } from './leaf-buffer.ts';
import { PHYSICAL } from './leaf-type.ts';
import { putBits } from './runs.ts';

/** Values [from, to) one after the other; texts behind their sizes, booleans as bits. */
export function putPlain(out: ByteWriter, leaf: LeafBuffer, from: number, to: number): void {
  const { type, bytes, offsets } = leaf;
  if (type.physical === PHYSICAL.bool) putBits(out, bytes, from, to, 1);
  else if (type.width > 0) out.put(bytes, from * type.width, to * type.width);
  else {
    out.reserve(offsets[to]! - offsets[from]! + (to - from) * 4);
    const target = out.bytes;
    const { view } = out;
    let at = out.length;
    let start = offsets[from]!;
    for (let i = from; i < to; i++) {
      const end = offsets[i + 1]!;
      const size = end - start;
      view.setInt32(at, size, true);
      at += 4;
      if (size > 32) target.set(bytes.subarray(start, end), at);
      else for (let k = 0; k < size; k++) target[at + k] = bytes[start + k]!;
      at += size;
      start = end;
    }
    out.length = at;
  }
}

/** Single values by their places, plain: the entries of a dictionary. */
export function putEntries(out: ByteWriter, leaf: LeafBuffer, entries: Int32Array): void {
  for (const entry of entries) putPlain(out, leaf, entry, entry + 1);
}

/** The first bytes of all values, then the second ones, and so on. */
export function putSplit(out: ByteWriter, leaf: LeafBuffer, from: number, to: number): void {
  const { width } = leaf.type;
  const count = to - from;
  out.reserve(count * width);
  const target = out.bytes;
  let at = out.length;
  for (let k = 0; k < width; k++)
    for (let i = from; i < to; i++) target[at++] = leaf.bytes[i * width + k]!;
  out.length = at;
}

/** The content of value `i`, as statistics state it. */
export function valueContent(leaf: LeafBuffer, i: number): Uint8Array {
  const { type, bytes, offsets } = leaf;
  return type.width === 0
    ? bytes.slice(offsets[i], offsets[i + 1])
    : bytes.slice(i * type.width, (i + 1) * type.width);
}
