// Reads bits and values out of buffers that may begin at any byte.
import type { FixedValues } from '../../table/batch.ts';
import type { DataType } from '../../table/data-type.ts';
import { createValues } from '../../table/fixed-values.ts';
import type { Body } from './body.ts';
import { insist } from '../../contract/fault.ts';

/** Bits [from, from + count) of a buffer, moved to begin at a byte. */
export async function bitsFrom(
  body: Body,
  buffer: number,
  from: number,
  count: number,
): Promise<Uint8Array> {
  const bytes = await body.part(buffer, from >> 3, (from + count + 7) >> 3);
  const shift = from & 7;
  if (shift === 0) return bytes;
  const moved = new Uint8Array((count + 7) >> 3);
  for (let i = 0; i < moved.length; i++)
    moved[i] = (bytes[i]! >> shift) | ((bytes[i + 1] ?? 0) << (8 - shift));
  return moved;
}

/** `count` values of a type of fixed width, where they stand if they are aligned there. */
export function valuesOf(type: DataType, bytes: Uint8Array, count: number): FixedValues {
  const like = createValues(type, 0)!;
  const length = type.kind === 'decimal' ? count * 2 : count;
  const width = like.BYTES_PER_ELEMENT;
  insist(bytes.length >= length * width, 'a buffer is shorter than its column');
  const isAligned = bytes.byteOffset % width === 0;
  const own = isAligned ? bytes : bytes.slice();
  const make = like.constructor as new (b: ArrayBufferLike, at: number, n: number) => FixedValues;
  return new make(own.buffer, own.byteOffset, length);
}

/** The value of an IEEE 754 half. */
export function floatOfHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
