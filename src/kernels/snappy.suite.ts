// The snappy kernel and its twin give the same of every block, sound or not; shared by Node and the browser.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackSnappyPlainly } from './snappy-twin.ts';
import { unpackSnappy } from './snappy.ts';

/** Part of a block: bytes as they are, or a copy of `length` bytes from `back` before. */
type Element = { bytes: Uint8Array } | { back: number; length: number };

const number = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, k) => Math.floor(value / 2 ** (8 * k)) & 255);

/** A block of elements that are written as wide as `spare` asks for, and what it unpacks to. */
function blockOf(elements: readonly Element[], spare: number): [Uint8Array, Uint8Array] {
  const packed: number[] = [];
  const out: number[] = [];
  for (const element of elements) {
    if ('bytes' in element) {
      const length = element.bytes.length - 1;
      if (length < 0) continue;
      const least = length < 60 ? 0 : length < 256 ? 1 : length < 65_536 ? 2 : 3;
      const wide = Math.max(least, spare);
      packed.push((wide === 0 ? length : 59 + wide) << 2, ...number(length, wide));
      for (const byte of element.bytes) {
        packed.push(byte);
        out.push(byte);
      }
      continue;
    }
    if (out.length === 0) continue;
    const back = 1 + (element.back % out.length);
    const length = 1 + (element.length % 64);
    if (spare === 0 && back < 2048 && length >= 4 && length <= 11)
      packed.push(((back >> 8) << 5) | ((length - 4) << 2) | 1, back & 255);
    else if (spare < 3 && back < 65_536) packed.push(((length - 1) << 2) | 2, ...number(back, 2));
    else packed.push(((length - 1) << 2) | 3, ...number(back, 4));
    for (let k = 0; k < length; k++) out.push(out[out.length - back]!);
  }
  const head: number[] = [];
  for (let left = out.length; ; left = Math.floor(left / 128)) {
    head.push(left < 128 ? left : (left & 127) | 128);
    if (left < 128) break;
  }
  return [Uint8Array.from([...head, ...packed]), Uint8Array.from(out)];
}

const literal = fc
  .oneof(
    fc.uint8Array({ maxLength: 70 }),
    fc
      .tuple(fc.nat(900), fc.nat(255))
      .map(([size, seed]) => Uint8Array.from({ length: size }, (_, i) => (i * 7 + seed) & 255)),
  )
  .map((bytes): Element => ({ bytes }));
const copy = fc.record({
  back: fc.oneof(fc.nat(20), fc.nat(5000)),
  length: fc.nat(63),
});
const elements = fc.array(fc.oneof(literal, copy), { maxLength: 40 });

export function testSnappyKernel(): void {
  describe('snappy', () => {
    it('gives what a block is made of, in wasm as in script', () => {
      fc.assert(
        fc.property(elements, fc.nat(4), (parts, spare) => {
          const [packed, wanted] = blockOf(parts, spare);
          for (const unpack of [unpackSnappy, unpackSnappyPlainly]) {
            const out = new Uint8Array(wanted.length);
            expect(unpack(packed, out)).toBe(true);
            expect(out).toEqual(wanted);
          }
        }),
        { numRuns: 150 },
      );
    });

    it('says the same of damaged blocks, in wasm as in script', () => {
      const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(elements, fc.nat(4), damage, fc.nat(), (parts, spare, hits, cut) => {
          const [block, wanted] = blockOf(parts, spare);
          for (const [at, byte] of hits) block[at % block.length] = byte;
          const packed = cut % 3 === 0 ? block.subarray(0, cut % block.length) : block;
          const [here, there] = [wanted.slice(), wanted.slice()];
          const isSound = unpackSnappyPlainly(packed, here);
          expect(unpackSnappy(packed, there)).toBe(isSound);
          if (isSound) expect(there).toEqual(here);
        }),
        { numRuns: 600 },
      );
    });

    it('takes blocks of another size than asked for as damaged', () => {
      const [packed, wanted] = blockOf([{ bytes: Uint8Array.of(1, 2, 3) }], 0);
      for (const unpack of [unpackSnappy, unpackSnappyPlainly])
        for (const size of [0, wanted.length - 1, wanted.length + 1])
          expect(unpack(packed, new Uint8Array(size))).toBe(false);
    });

    it('unpacks what is too large for the kernel, and small blocks behind it', () => {
      const large = Array.from({ length: 700 }, (_, i): Element =>
        i === 0 ? { bytes: new Uint8Array(1000).fill(5) } : { back: 999, length: 63 },
      );
      const [packed, wanted] = blockOf(large, 0);
      const out = new Uint8Array(wanted.length);
      expect(unpackSnappy(packed, out)).toBe(true);
      expect(out).toEqual(wanted);
      // 33 MiB of the same byte, 64 at a time.
      const copies = (33 << 20) / 64;
      const huge = new Uint8Array(5 + 2 + copies * 3);
      let left = copies * 64 + 1;
      let at = 0;
      for (; left >= 128; left = Math.floor(left / 128)) huge[at++] = (left & 127) | 128;
      huge[at++] = left;
      huge.set([0, 9], at);
      at += 2;
      for (let i = 0; i < copies; i++, at += 3) huge.set([(63 << 2) | 2, 1, 0], at);
      const whole = new Uint8Array(copies * 64 + 1);
      expect(unpackSnappy(huge.subarray(0, at), whole)).toBe(true);
      expect(whole.findLastIndex((byte) => byte !== 9)).toBe(-1);
      expect(unpackSnappy(packed, out.fill(0))).toBe(true);
      expect(out).toEqual(wanted);
    });
  });
}
