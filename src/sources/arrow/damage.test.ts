// Damaged Arrow data: each ends in a sentence or in rows, soon, and without asking for memory that the data cannot fill.
import { readFileSync } from 'node:fs';
import {
  Dictionary,
  Field,
  Int16,
  Int32,
  List,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  Utf8View,
  vectorFromArray,
} from 'apache-arrow';
import { expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { readAll } from './testing.ts';

const range = Array.from({ length: 200 }, (_, i) => i);
const flat = new Table({
  n: vectorFromArray(
    range.map((i) => (i % 3 ? i : null)),
    new Int32(),
  ),
  t: vectorFromArray(
    range.map((i) => `text ${i}`),
    new Utf8(),
  ),
  d: vectorFromArray(
    range.map((i) => `entry ${i % 5}`),
    new Dictionary(new Utf8(), new Int16()),
  ),
});
const nested = new Table({
  l: vectorFromArray(
    range.map((i) => [i, null]),
    new List(new Field('item', new Int32())),
  ),
  s: vectorFromArray(
    range.map((i) => ({ a: i })),
    new Struct([new Field('a', new Int32())]),
  ),
  v: vectorFromArray(
    range.map((i) => `a text beyond twelve bytes ${i}`),
    new Utf8View(),
  ),
});
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
const files = [
  tableToIPC(flat, 'file'),
  tableToIPC(flat, 'stream'),
  tableToIPC(nested, 'stream'),
  fixture('compressed-lz4.arrow'),
  fixture('compressed-zstd.arrow'),
];

/** Numbers from 0 to below `most`, the same in every run. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** Bytes flipped, set to what numbers like, or cut off; half of them in the first or last part, where the words are. */
function damaged(bytes: Uint8Array, next: (most: number) => number): Uint8Array {
  if (next(10) === 0) return bytes.slice(0, next(bytes.length));
  const copy = bytes.slice();
  for (let k = next(4); k >= 0; k--) {
    const near = next(Math.min(1_000, copy.length));
    const at = [near, copy.length - 1 - near, next(copy.length), next(copy.length)][next(4)]!;
    copy[at] = next(2) === 0 ? copy[at]! ^ (1 << next(8)) : [0, 0xff, 0x7f, 0x80, 1][next(5)]!;
  }
  return copy;
}

it('never ends in anything but rows or a sentence', async () => {
  const next = numbers(20_261_121);
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    const bytes = damaged(files[i % files.length]!, next);
    const startMs = performance.now();
    try {
      await readAll(bytes);
    } catch (thrown) {
      refused++;
      const error = thrown as ExportError;
      if (!(error instanceof ExportError)) throw new Error(`mutation ${i}`, { cause: thrown });
      expect(error.code, `mutation ${i}`).toMatch(/^read\.arrow\./);
      expect(error.message).not.toMatch(/undefined|NaN|\{\w+\}/);
    }
    expect(performance.now() - startMs, `mutation ${i}`).toBeLessThan(3_000);
  }
  expect(refused).toBeGreaterThan(150);
  expect(process.memoryUsage().arrayBuffers).toBeLessThan(512 << 20);
}, 60_000);
