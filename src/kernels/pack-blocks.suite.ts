// The kernel that packs snappy and LZ4 blocks gives the bytes of its twin, which unpack to what they were; shared by Node and the browser.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackLz4Block } from './lz4-block.ts';
import { packLz4BlockPlainly, packSnappyPlainly } from './pack-blocks-twin.ts';
import { packLz4Block, packSnappy } from './pack-blocks.ts';
import { unpackSnappyPlainly } from './snappy-twin.ts';

/** Bytes of which stretches come again: near, far, overlapping themselves. */
const someBytes: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.record({ back: fc.nat(100_000), length: fc.nat(3000) }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => {
    const out: number[] = [];
    for (const part of parts)
      if (part instanceof Uint8Array) out.push(...part);
      else if (out.length > 0) {
        const back = 1 + (part.back % out.length);
        for (let k = 0; k < part.length; k++) out.push(out[out.length - back]!);
      }
    return Uint8Array.from(out);
  });

/** Sizes and contents at which lengths and distances take more bytes. */
const EDGES: Uint8Array[] = [
  ...[0, 1, 4, 5, 12, 13, 14, 60, 61, 256, 257, 65_535, 65_536, 65_537, 70_000].map((size) =>
    new Uint8Array(size).fill(7),
  ),
  ...[60, 61, 300, 70_000].map((size) => Uint8Array.from({ length: size }, (_, i) => (i * i) >> 3)),
];

export function testPackBlocksKernel(): void {
  describe('packing blocks', () => {
    const check = (input: Uint8Array): void => {
      const snappy = packSnappy(input);
      expect(snappy).toEqual(packSnappyPlainly(input));
      const out = new Uint8Array(input.length);
      expect(unpackSnappyPlainly(snappy, out)).toBe(true);
      expect(out).toEqual(Uint8Array.from(input));
      const lz4 = packLz4Block(input);
      expect(lz4).toEqual(packLz4BlockPlainly(input));
      out.fill(0);
      expect(unpackLz4Block(lz4, out, 0)).toBe(input.length);
      expect(out).toEqual(Uint8Array.from(input));
    };

    it('gives what its twin gives, and what unpacks to the same', () => {
      fc.assert(fc.property(someBytes, check), { numRuns: 150 });
    });

    it.each(EDGES.map((bytes) => [bytes.length, bytes] as const))('%i bytes', (_size, bytes) => {
      check(bytes);
    });
  });
}
