// Goes over the members of a JSON object and the elements of an array that stand in a buffer.
import type { JsonScan } from './json-scan.ts';

/**
 * Calls `each` for every member of the object at `at`: its key's inside, whether that holds escapes, and its value. Returns
 * what the scan does: the offset behind the object, INCOMPLETE or WRONG. `each` may return false to stop there (-3).
 */
export function eachMember(
  scan: JsonScan,
  at: number,
  each: (
    keyStart: number,
    keyEnd: number,
    hasEscapes: boolean,
    start: number,
    end: number,
  ) => void | false,
): number {
  const { bytes } = scan;
  let i = scan.space(at + 1);
  if (bytes[i] === 125) return i + 1;
  for (;;) {
    if (bytes[i] !== 34) return scan.unexpected('key', i);
    const keyStart = i + 1;
    const keyEnd = scan.string(keyStart);
    if (keyEnd < 0) return keyEnd;
    const { hasEscapes } = scan;
    i = scan.space(keyEnd + 1);
    if (bytes[i] !== 58) return scan.unexpected('colon', i);
    const start = scan.space(i + 1);
    const end = scan.value(start);
    if (end < 0) return end;
    if (each(keyStart, keyEnd, hasEscapes, start, end) === false) return STOPPED;
    i = scan.space(end);
    if (bytes[i] === 125) return i + 1;
    if (bytes[i] !== 44) return scan.unexpected('comma', i);
    i = scan.space(i + 1);
    if (bytes[i] === 125) return scan.unexpected('trailing-comma', i);
  }
}

/** What {@link eachMember} and {@link eachElement} return when they were stopped. */
export const STOPPED = -3;

/** The same for the elements of the array at `at`. */
export function eachElement(
  scan: JsonScan,
  at: number,
  each: (start: number, end: number) => void | false,
): number {
  const { bytes } = scan;
  let i = scan.space(at + 1);
  if (bytes[i] === 93) return i + 1;
  for (;;) {
    const start = i;
    const end = scan.value(start);
    if (end < 0) return end;
    if (each(start, end) === false) return STOPPED;
    i = scan.space(end);
    if (bytes[i] === 93) return i + 1;
    if (bytes[i] !== 44) return scan.unexpected('comma', i);
    i = scan.space(i + 1);
    if (bytes[i] === 93) return scan.unexpected('trailing-comma', i);
  }
}
