// The key table numbers keys as a map of strings would; the hash spreads.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashBytes } from './hash-bytes.ts';
import { createKeyTable } from './key-table.ts';

const utf8 = new TextEncoder();

it('numbers keys in the order in which they first came', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 400 }),
      fc.nat(3),
      (keys, offset) => {
        const table = createKeyTable(1);
        const numbers = new Map<string, number>();
        for (const key of keys) {
          const framed = Uint8Array.of(...new Uint8Array(offset).fill(9), ...key, 9);
          const name = key.join();
          expect(table.find(framed, offset, offset + key.length)).toBe(numbers.get(name) ?? -1);
          if (!numbers.has(name)) numbers.set(name, numbers.size);
          expect(table.findOrAdd(framed, offset, offset + key.length)).toBe(numbers.get(name));
        }
        expect(table.size).toBe(numbers.size);
        for (const [name, number] of numbers) expect(table.keyAt(number).join()).toBe(name);
        table.clear();
        expect(table.size).toBe(0);
        for (const key of keys) expect(table.find(key, 0, key.length)).toBe(-1);
      },
    ),
  );
});

it('numbers many keys at once as it does one by one', () => {
  const anyKeys = fc.array(fc.uint8Array({ maxLength: 3, max: 3 }), { maxLength: 300 });
  const ends = (keys: Uint8Array[]): Uint32Array => {
    let size = 0;
    return Uint32Array.from(keys, (key) => (size += key.length));
  };
  const bytes = (keys: Uint8Array[]): Uint8Array =>
    Uint8Array.from(keys.flatMap((key) => [...key]));
  fc.assert(
    fc.property(fc.array(anyKeys, { maxLength: 3 }), anyKeys, (batches, asked) => {
      const table = createKeyTable(1);
      const twin = createKeyTable(1);
      for (const keys of batches) {
        const numbers = new Int32Array(keys.length);
        table.findOrAddAll(bytes(keys), ends(keys), numbers);
        expect([...numbers]).toEqual(keys.map((key) => twin.findOrAdd(key, 0, key.length)));
        expect(table.size).toBe(twin.size);
      }
      const found = new Int32Array(asked.length);
      table.findAll(bytes(asked), ends(asked), found);
      expect([...found]).toEqual(asked.map((key) => twin.find(key, 0, key.length)));
    }),
  );
});

it('grows, and says how much memory it takes', () => {
  const table = createKeyTable();
  const before = table.memoryBytes;
  const keyOf = (i: number): Uint8Array => utf8.encode(`key number ${i}`);
  for (let i = 0; i < 50_000; i++) table.findOrAdd(keyOf(i), 0, keyOf(i).length);
  for (let i = 0; i < 50_000; i += 997) expect(table.find(keyOf(i), 0, keyOf(i).length)).toBe(i);
  expect(table.size).toBe(50_000);
  expect(before).toBeLessThan(20_000);
  expect(table.memoryBytes).toBeGreaterThan(50_000 * (16 + 8));
  expect(table.memoryBytes).toBeLessThan(50_000 * 16 * 4);
});

it('hashes 200,000 similar keys without one collision in 64 bits, and evenly in each lane', () => {
  const seen = new Set<bigint>();
  const out = new Uint32Array(2);
  const buckets = [new Uint32Array(256), new Uint32Array(256)];
  const keys = new Uint8Array(8);
  const view = new DataView(keys.buffer);
  for (let i = 0; i < 200_000; i++) {
    view.setUint32(4, i);
    hashBytes(keys, 0, 8, out);
    seen.add((BigInt(out[1]!) << 32n) | BigInt(out[0]!));
    buckets[0]![out[0]! & 255]!++;
    buckets[1]![out[1]! >>> 24]!++;
  }
  expect(seen.size).toBe(200_000);
  // 781 each on average: six standard deviations around it.
  for (const bucket of buckets) {
    expect(Math.min(...bucket)).toBeGreaterThan(610);
    expect(Math.max(...bucket)).toBeLessThan(950);
  }
});

it('gives another hash for every length, place and seed', () => {
  const hashes = new Set<string>();
  const out = new Uint32Array(2);
  for (let size = 0; size < 40; size++)
    for (const seed of [0, 1, 2]) {
      hashBytes(new Uint8Array(size), 0, size, out, seed);
      hashes.add(out.join());
      hashBytes(new Uint8Array(size + 2).fill(1), 1, size + 1, out, seed);
      hashes.add(out.join());
    }
  // The empty text is the same whatever stands around it.
  expect(hashes.size).toBe(40 * 3 * 2 - 3);
});
