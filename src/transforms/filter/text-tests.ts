// Tests on the UTF-8 bytes of a text value: byte order is code point order, so nothing is decoded but for patterns.
import { RE2JS } from 're2js';
import type { Comparison, TextTest } from '../../contract/filter.ts';
import { compilePattern } from '../../expression/compile-pattern.ts';
import { foldBytes, foldedLength, foldText, type Folded } from './fold-case.ts';

/** Whether the content bytes [start, end) pass. */
export type BytesTest = (bytes: Uint8Array, start: number, end: number) => boolean;

const encoder = new TextEncoder();

function isAt(wanted: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function equals(wanted: Uint8Array): BytesTest {
  return (bytes, start, end) => end - start === wanted.length && isAt(wanted, bytes, start);
}

function contains(wanted: Uint8Array): BytesTest {
  if (wanted.length === 0) return () => true;
  const first = wanted[0]!;
  return (bytes, start, end) => {
    const last = end - wanted.length;
    for (let i = start; i <= last; i++)
      if (bytes[i] === first && isAt(wanted, bytes, i)) return true;
    return false;
  };
}

function compareBytes(bytes: Uint8Array, start: number, end: number, to: Uint8Array): number {
  const length = Math.min(end - start, to.length);
  for (let i = 0; i < length; i++) {
    const difference = bytes[start + i]! - to[i]!;
    if (difference !== 0) return difference;
  }
  return end - start - to.length;
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = end - start;
  for (let i = start; i < end; i++) h = (Math.imul(h, 31) + bytes[i]!) | 0;
  return h;
}

function among(wanted: readonly Uint8Array[]): BytesTest {
  const byHash = new Map<number, Uint8Array[]>();
  for (const value of wanted) {
    const h = hash(value, 0, value.length);
    const same = byHash.get(h);
    if (same) same.push(value);
    else byHash.set(h, [value]);
  }
  return (bytes, start, end) => {
    const candidates = byHash.get(hash(bytes, start, end));
    if (candidates === undefined) return false;
    for (const value of candidates)
      if (end - start === value.length && isAt(value, bytes, start)) return true;
    return false;
  };
}

function matches(pattern: string, folds: Folded | null): BytesTest {
  const lowers = folds === 'case' || folds === 'both';
  const written = folds === null || folds === 'case' ? pattern : foldText(pattern, 'accents');
  const compiled = compilePattern(written, lowers ? RE2JS.CASE_INSENSITIVE : 0);
  const test: BytesTest = (bytes, start, end) => compiled.test(bytes.subarray(start, end));
  return folds === null || folds === 'case' ? test : folded(test, 'accents');
}

function folded(test: BytesTest, folds: Folded): BytesTest {
  return (bytes, start, end) => {
    const scratch = foldBytes(bytes, start, end, folds);
    return test(scratch, 0, foldedLength());
  };
}

/** The test of one comparison, list or text condition. `!=` is not among them: it is `=` turned round. */
export function createTextTest(
  op: Exclude<Comparison, '!='> | TextTest | 'in',
  values: readonly string[],
  folds: Folded | null,
): BytesTest {
  if (op === 'matches') return matches(values[0]!, folds);
  const wanted = values.map((value) => encoder.encode(folds ? foldText(value, folds) : value));
  const test = plainTest(op, wanted);
  return folds ? folded(test, folds) : test;
}

function plainTest(
  op: Exclude<Comparison, '!='> | Exclude<TextTest, 'matches'> | 'in',
  wanted: readonly Uint8Array[],
): BytesTest {
  const value = wanted[0] ?? new Uint8Array(0);
  switch (op) {
    case '=':
      return equals(value);
    case '<':
      return (bytes, start, end) => compareBytes(bytes, start, end, value) < 0;
    case '<=':
      return (bytes, start, end) => compareBytes(bytes, start, end, value) <= 0;
    case '>':
      return (bytes, start, end) => compareBytes(bytes, start, end, value) > 0;
    case '>=':
      return (bytes, start, end) => compareBytes(bytes, start, end, value) >= 0;
    case 'in':
      return wanted.length === 1 ? equals(value) : among(wanted);
    case 'contains':
      return contains(value);
    case 'starts-with':
      return (bytes, start, end) => end - start >= value.length && isAt(value, bytes, start);
    case 'ends-with':
      return (bytes, start, end) =>
        end - start >= value.length && isAt(value, bytes, end - value.length);
  }
}

/** Both tests at once: `between` and `in-range` of texts. */
export function bothTests(first: BytesTest, second: BytesTest): BytesTest {
  return (bytes, start, end) => first(bytes, start, end) && second(bytes, start, end);
}
