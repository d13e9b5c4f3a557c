// The UTF-8 kernel beside its twin and the runtime's own decoder, for each door to run.
import { describe, expect, it } from 'vitest';
import { scanUtf8Plainly } from './utf8-twin.ts';
import { openUtf8Kernel, scanUtf8 } from './utf8.ts';

/** A small seeded generator (mulberry32), so that a failing text can be made again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Both ends of every range of bytes that the standard tells apart, and a line feed. */
const EDGES = [
  0x00, 0x0a, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
  0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff,
];

/** Pieces of text that are right: all lengths, first and last code point of each. */
const SOUND = [
  'plain, ',
  '\n',
  '\r\n',
  'x'.repeat(70),
  '1,2\n'.repeat(40),
  '\u0080',
  'ü',
  '\u07ff',
  '\u0800',
  '東京',
  '\ud7ff',
  '\ue000',
  '\ufeff',
  '\uffff',
  '\u{10000}',
  '😀',
  '\u{10ffff}',
].map((text) => new TextEncoder().encode(text));

/** Bytes that are wrong, each in another way: alone, cut, overlong, a surrogate, too large. */
const UNSOUND = [
  [0x80],
  [0xbf, 0xbf],
  [0xc3],
  [0xe6, 0x9d],
  [0xf0, 0x9f, 0x98],
  [0xc0, 0x80],
  [0xc1, 0xbf],
  [0xe0, 0x80, 0x80],
  [0xe0, 0x9f, 0xbf],
  [0xf0, 0x80, 0x80, 0x80],
  [0xf0, 0x8f, 0xbf, 0xbf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xbf, 0xbf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xff],
].map((bytes) => Uint8Array.from(bytes));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Every code point that is one, in order. */
function allCharacters(): Uint8Array {
  const codePoints: string[] = [];
  for (let c = 0; c <= 0x10ffff; c++) {
    if (c < 0xd800 || c > 0xdfff) codePoints.push(String.fromCodePoint(c));
  }
  return new TextEncoder().encode(codePoints.join(''));
}

const kernel = openUtf8Kernel();

/** Without `expect`, which is slow: what differs, or nothing. */
function difference(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const found = JSON.stringify(kernel!(bytes, start, end));
  const wanted = JSON.stringify(scanUtf8Plainly(bytes, start, end));
  return found === wanted ? '' : `${String(bytes)} [${start}, ${end}): ${found}, not ${wanted}`;
}

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The tests, for each door to run. */
export function testUtf8Kernel(): void {
  describe('the UTF-8 kernel', () => {
    it('can be had here', () => {
      expect(kernel).not.toBeNull();
      expect(openUtf8Kernel()).toBe(kernel);
    });

    it('takes every character there is', () => {
      const bytes = allCharacters();
      const wanted = { end: bytes.length, lines: 1, sequence: 1, isAscii: false };
      expect(kernel!(bytes, 0, bytes.length)).toEqual(wanted);
      expect(scanUtf8(bytes, 0, bytes.length)).toEqual(wanted);
      expect(kernel!(bytes, 0, 128)).toEqual({ end: 128, lines: 1, sequence: 1, isAscii: true });
    });

    it('finds with its twin what is wrong in any four bytes, astride blocks or not', () => {
      const bytes = new Uint8Array(192).fill(0x61);
      let count = 0;
      for (const a of EDGES) {
        for (const b of EDGES) {
          for (const c of EDGES) {
            for (const d of EDGES) {
              const at = 58 + (count++ % 9);
              bytes.set([a, b, c, d], at);
              const found = kernel!(bytes, 0, 192);
              const wanted = scanUtf8Plainly(bytes, 0, 192);
              if (
                found.end !== wanted.end ||
                found.sequence !== wanted.sequence ||
                found.lines !== wanted.lines ||
                found.isAscii !== wanted.isAscii
              )
                expect.fail(difference(bytes));
              bytes.fill(0x61, at, at + 4);
            }
          }
        }
      }
      expect(count).toBe(EDGES.length ** 4);
    });

    it('sees what its twin sees in any text, cut anywhere', () => {
      let valid = 0;
      let invalid = 0;
      for (let seed = 0; seed < 300; seed++) {
        const random = randomFrom(seed);
        const parts = Array.from({ length: 1 + random(14) }, () => {
          if (random(12) === 0) return UNSOUND[random(UNSOUND.length)]!;
          if (random(30) === 0) return Uint8Array.from({ length: random(9) }, () => random(256));
          return SOUND[random(SOUND.length)]!;
        });
        const bytes = joined(parts);
        for (let end = 0; end <= bytes.length; end++) {
          const start = random(3) === 0 ? random(end + 1) : 0;
          const text = difference(bytes, start, end);
          if (text !== '') expect.fail(`seed ${seed}: ${text}`);
        }
        const isSound = kernel!(bytes, 0, bytes.length).end === bytes.length;
        expect(isSound, `seed ${seed}`).toBe(isValid(bytes));
        if (isSound) valid++;
        else invalid++;
      }
      expect(Math.min(valid, invalid)).toBeGreaterThan(60);
    });

    it('sees what its twin sees in pure noise', () => {
      for (let seed = 0; seed < 2000; seed++) {
        const random = randomFrom(seed + 5000);
        const bytes = Uint8Array.from({ length: random(200) }, () => random(256));
        // Behind good text, so that the noise does not end every scan at its first byte.
        const text = difference(joined([SOUND[3]!, SOUND[random(SOUND.length)]!, bytes]));
        if (text !== '') expect.fail(`seed ${seed}: ${text}`);
      }
    });

    it('is not put off by characters astride its pieces, nor blind to mistakes there', () => {
      const line = new TextEncoder().encode('1,ü,東京,😀,plain text of a row\n');
      // Pieces are 4, 8, 16 … 256 KiB long.
      const large = joined(Array.from({ length: 17_000 }, () => line));
      const borders = [0, 4, 12, 28, 60, 124, 252, 508].map((kib) => kib * 1024);
      for (let shift = 0; shift < line.length; shift++) {
        const text = difference(large, shift, large.length);
        if (text !== '') expect.fail(text.slice(-200));
      }
      for (let seed = 0; seed < 400; seed++) {
        const random = randomFrom(seed);
        const at = Math.max(0, borders[random(borders.length)]! + random(140) - 70);
        const kept = large[at]!;
        large[at] = EDGES[random(EDGES.length)]!;
        const text = difference(large, 0, Math.min(large.length, at + random(5000)));
        large[at] = kept;
        if (text !== '') expect.fail(`seed ${seed}, byte ${at}: ${text.slice(-200)}`);
      }
    });

    it('counts a line feed in every byte', () => {
      const bytes = new Uint8Array(600_001).fill(10);
      const wanted = { end: 600_001, lines: 600_001, sequence: 1, isAscii: true };
      expect(kernel!(bytes, 0, bytes.length)).toEqual(wanted);
    });

    it('calls ASCII what is ASCII before a character that is cut or wrong', () => {
      for (const at of [62, 63, 64, 127, 4095, 4096]) {
        for (const tail of [[0xc3], [0xf0, 0x9f], [0xc3, 0x61]]) {
          const bytes = new Uint8Array(at + 200).fill(0x61);
          bytes.set(tail, at);
          const whole = kernel!(bytes, 0, bytes.length);
          expect(whole).toMatchObject({ end: at, isAscii: true });
          expect(whole.sequence).toBeLessThan(0);
          const cut = tail[tail.length - 1] === 0x61 ? 1 : tail.length;
          const wanted = { end: at, sequence: 0, isAscii: true };
          expect(kernel!(bytes, 0, at + cut)).toMatchObject(wanted);
        }
      }
    });
  });
}
