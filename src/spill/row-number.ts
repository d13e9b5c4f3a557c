// Numbers of rows in keys: bytes that order as the numbers do, so that rows can be put back in the order they came.
import type { ByteWriter } from '../table/byte-writer.ts';

/** Bytes of a row's number: enough for 2^48 rows. */
export const NUMBER_BYTES = 6;
export const MOST_NUMBER = 2 ** 48 - 1;

/** Appends a number from 0 to {@link MOST_NUMBER}. */
export function putNumber(number: number, out: ByteWriter): void {
  const high = Math.floor(number / 2 ** 32);
  for (const byte of [high >> 8, high]) out.byte(byte & 255);
  for (const shift of [24, 16, 8, 0]) out.byte((number >>> shift) & 255);
}

/** The number that stands at `at`. */
export function numberAt(bytes: Uint8Array, at: number): number {
  let number = 0;
  for (let i = at; i < at + NUMBER_BYTES; i++) number = number * 256 + bytes[i]!;
  return number;
}
