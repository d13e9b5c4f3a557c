// The very bytes of the encoder, as sums: the same in every door, and changed only on purpose.
import { expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { openDeflate } from './deflate.ts';

/** Size and CRC-32 of the deflated sample by level; a new encoder or another effort needs new figures. */
const GOLDEN: readonly (readonly [size: number, sum: number])[] = [
  [700055, 538152163],
  [234080, 356052487],
  [233984, 1503793380],
  [233898, 86791285],
  [233931, 1192037913],
  [232798, 2974191775],
  [231875, 777807728],
  [231103, 2377666812],
  [230077, 1474493569],
  [229397, 496812105],
];

/** 700 kB of a mixed table, a run of zeros and noise. */
function sample(): Uint8Array {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(700_000);
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  let at = 0;
  for (let row = 0; at < 500_000; row++) {
    const line = `${row},name ${next() % 977},${(next() >>> 8) / 256},"zürich, ${next() % 13}"\r\n`;
    at += encoder.encodeInto(line, bytes.subarray(at)).written;
  }
  for (at = 600_000; at < bytes.length; at++) bytes[at] = next() >>> 24;
  return bytes;
}

/** The test, for each door to run. */
export function testGoldenBytes(): void {
  it('gives the golden bytes at every level', async () => {
    const deflate = await openDeflate();
    const block = sample();
    const found = Array.from({ length: 10 }, (_, level) => {
      const bytes = deflate.deflateBlock(block, level);
      return [bytes.length, crc32(bytes)];
    });
    expect(found).toEqual(GOLDEN);
  });
}
