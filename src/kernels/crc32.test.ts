// CRC-32 against zlib's through gzip trailers, known answers, and joins at every kind of length.
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { combineCrc32, crc32 } from './crc32.ts';

/** The independent answer: gzip writes it eight bytes before its end. */
function crcByZlib(bytes: Uint8Array): number {
  const packed = gzipSync(bytes, { level: 1 });
  return packed.readUInt32LE(packed.length - 8);
}

describe('crc32', () => {
  it('gives the known check values', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
    expect(crc32(new Uint8Array(32))).toBe(0x190a55ad);
    expect(crc32(new Uint8Array(32).fill(255))).toBe(0xff6cab0b);
  });

  it('agrees with zlib, whole and continued at any cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        const expected = crcByZlib(bytes);
        expect(crc32(bytes)).toBe(expected);
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('joins parts of any length, also whole blocks of 1 MiB', () => {
    const bytes = new Uint8Array((1 << 21) + 77);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * i) >>> 7;
    const expected = crcByZlib(bytes);
    for (const cut of [0, 1, 7, 8, 255, 1 << 20, (1 << 20) + 77, bytes.length - 1, bytes.length]) {
      const tail = bytes.subarray(cut);
      expect(combineCrc32(crc32(bytes.subarray(0, cut)), crc32(tail), tail.length)).toBe(expected);
    }
  });

  it('joins lengths over 4 GiB as doubling does', () => {
    // A run of zeros, doubled 34 times, must equal the run joined in one go.
    let doubled = crc32(new Uint8Array(1));
    for (let k = 0; k < 34; k++) doubled = combineCrc32(doubled, doubled, 2 ** k);
    const tail = combineCrc32(crc32(new Uint8Array(1)), 0, 0);
    expect(combineCrc32(0, doubled, 2 ** 34)).toBe(doubled);
    let rest = tail;
    for (let k = 0; k < 34; k++) {
      let zeros = crc32(new Uint8Array(1));
      for (let j = 0; j < k; j++) zeros = combineCrc32(zeros, zeros, 2 ** j);
      rest = combineCrc32(rest, zeros, 2 ** k);
    }
    expect(rest).toBe(doubled);
  });
});
