// Digits straight into a buffer: whole numbers, dates and clock times without a string in between.
import { civilFromDays } from './parse-value.ts';

const ZERO = 48;

/** The two digits of 0 to 99, side by side. */
const PAIRS = new Uint8Array(200);
for (let n = 0; n < 100; n++) {
  PAIRS[n * 2] = ZERO + Math.floor(n / 10);
  PAIRS[n * 2 + 1] = ZERO + (n % 10);
}

/** Two digits at `at`, of 0 to 99. */
export function putTwo(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = PAIRS[value * 2]!;
  bytes[at + 1] = PAIRS[value * 2 + 1]!;
}

/** Exactly `digits` digits, which must hold `value`, a whole number from 0 to 10^9 − 1. */
function putSmallPadded(bytes: Uint8Array, at: number, value: number, digits: number): void {
  let rest = value | 0;
  let to = at + digits;
  while (to - 2 >= at) {
    const left = (rest / 100) | 0;
    const pair = (rest - left * 100) << 1;
    to -= 2;
    bytes[to] = PAIRS[pair]!;
    bytes[to + 1] = PAIRS[pair + 1]!;
    rest = left;
  }
  if (to > at) bytes[at] = ZERO + rest;
}

function countSmall(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9;
}

const BILLION = 1e9;

/** Exactly `digits` digits, zeros first: `value` is a whole number from 0 to 2^53 that has no more. Returns where they end. */
export function putPadded(bytes: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value;
  let end = at + digits;
  while (end - at > 9) {
    const left = Math.floor(rest / BILLION);
    putSmallPadded(bytes, end - 9, rest - left * BILLION, 9);
    end -= 9;
    rest = left;
  }
  putSmallPadded(bytes, at, rest, end - at);
  return at + digits;
}

/** The digits of a whole number from 0 to 2^53, at most 16. Returns where they end. */
export function putWhole(bytes: Uint8Array, at: number, value: number): number {
  if (value < BILLION) {
    const digits = countSmall(value);
    putSmallPadded(bytes, at, value, digits);
    return at + digits;
  }
  const left = Math.floor(value / BILLION);
  const end = at + countSmall(left);
  putSmallPadded(bytes, at, left, end - at);
  putSmallPadded(bytes, end, value - left * BILLION, 9);
  return end + 9;
}

/** As {@link putWhole}, of whole numbers within ±2^53; −0 is 0. */
export function putInteger(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0) return putWhole(bytes, at, value);
  bytes[at] = 45;
  return putWhole(bytes, at + 1, -value);
}

/** `YYYY-MM-DD` of days since 1970; returns where it ends, or -1 for years outside 0 to 9999, and nothing is written. */
export function putDate(bytes: Uint8Array, at: number, days: number): number {
  if (days < -719_528 || days > 2_932_896) return -1;
  const { year, month, day } = civilFromDays(days);
  const century = (year / 100) | 0;
  putTwo(bytes, at, century);
  putTwo(bytes, at + 2, year - century * 100);
  bytes[at + 4] = 45;
  putTwo(bytes, at + 5, month);
  bytes[at + 7] = 45;
  putTwo(bytes, at + 8, day);
  return at + 10;
}

/** `hh:mm:ss` of seconds since midnight, 0 to 359,999. */
export function putClock(bytes: Uint8Array, at: number, seconds: number): number {
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  putTwo(bytes, at, hours);
  bytes[at + 2] = 58;
  putTwo(bytes, at + 3, minutes - hours * 60);
  bytes[at + 5] = 58;
  putTwo(bytes, at + 6, seconds - minutes * 60);
  return at + 8;
}
