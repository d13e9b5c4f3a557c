// Every sequence of bytes that a legacy charset can have, right and wrong, and what came of them in whichever door.
import { describe, expect, it } from 'vitest';
import { crc32 } from '../kernels/crc32.ts';
import { loadDecoder } from './decode.ts';
import { isSingleByte } from './single-byte.ts';

/** Pointers of GB18030 around which the rules of its four-byte sequences change. */
const FOUR_BYTE_POINTERS = [39419, 39420, 188999, 189000, 189001, 1237575, 1237576, 1259999];

/** All single bytes, pairs, and what is longer, a line feed behind each; as the decoders of the standard tell them apart. */
export function everySequence(charset: string): Uint8Array {
  const bytes: number[] = [];
  const put = (...sequence: number[]): void => void bytes.push(...sequence, 10);
  if (charset === 'iso-2022-jp') {
    const toAscii = [0x1b, 0x28, 0x42];
    for (const set of [
      [0x28, 0x42],
      [0x28, 0x4a],
      [0x28, 0x49],
    ])
      for (let byte = 0; byte < 256; byte++) put(0x1b, ...set, byte, ...toAscii);
    for (let lead = 0; lead < 128; lead++)
      for (let trail = 0; trail < 256; trail++) put(0x1b, 0x24, 0x42, lead, trail, ...toAscii);
    for (let first = 0; first < 256; first++)
      for (const second of [0x28, 0x40, 0x42, 0x49, 0x4a, 0x1b, 10]) put(0x1b, first, second, 65);
    return Uint8Array.from(bytes);
  }
  for (let byte = 0; byte < 256; byte++) put(byte);
  if (isSingleByte(charset)) return Uint8Array.from(bytes);
  for (let lead = 0x80; lead < 256; lead++)
    for (let trail = 0; trail < 256; trail++) put(lead, trail, 65);
  if (charset === 'euc-jp')
    for (let second = 0x80; second < 256; second++)
      for (let third = 0; third < 256; third++) put(0x8f, second, third);
  if (charset === 'gb18030') {
    const every = Array.from({ length: 39420 }, (_, pointer) => pointer);
    for (const pointer of [...every, ...FOUR_BYTE_POINTERS])
      put(
        Math.floor(pointer / 12600) + 0x81,
        (Math.floor(pointer / 1260) % 10) + 0x30,
        (Math.floor(pointer / 10) % 126) + 0x81,
        (pointer % 10) + 0x30,
      );
    for (const third of [0, 0x30, 0x7f, 0x80, 0x81, 0xfe, 0xff])
      for (const fourth of [0, 0x2f, 0x30, 0x39, 0x3a, 0x81, 0xff]) put(0x81, 0x30, third, fourth);
  }
  return Uint8Array.from(bytes);
}

/** Bytes in a charset as text; what is invalid becomes U+FFFD. */
export async function readAll(charset: string, bytes: Uint8Array): Promise<string> {
  const decoder = (await loadDecoder(charset))({ onInvalid: 'replace', name: 'a' });
  const parts = [decoder.push(bytes).slice(), decoder.finish()];
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return parts.map((part) => utf8.decode(part)).join('');
}

/** CRC-32 of what every sequence becomes in UTF-8: the browser's test says that its TextDecoder agrees. */
export const CHECKSUMS: ReadonlyMap<string, number> = new Map([
  ['ibm866', 0x6be69639],
  ['iso-8859-2', 0x7ca3c1f7],
  ['iso-8859-3', 0x1f9a0501],
  ['iso-8859-4', 0x095da5aa],
  ['iso-8859-5', 0x469d4309],
  ['iso-8859-6', 0x5de09acc],
  ['iso-8859-7', 0xe000fb39],
  ['iso-8859-8', 0xd25beffb],
  ['iso-8859-10', 0xc40a7403],
  ['iso-8859-13', 0xd7834e33],
  ['iso-8859-14', 0x5a0d1c42],
  ['iso-8859-15', 0x0a94cb69],
  ['iso-8859-16', 0xdefd3b39],
  ['koi8-r', 0x1cf9e789],
  ['koi8-u', 0xd733958c],
  ['macintosh', 0xad6d3063],
  ['windows-874', 0xbcc500c9],
  ['windows-1250', 0x63b6f9a6],
  ['windows-1251', 0xa4b4d7c4],
  ['windows-1252', 0x1ec73b5f],
  ['windows-1253', 0x633de3c9],
  ['windows-1254', 0xde14c265],
  ['windows-1255', 0xd7885f68],
  ['windows-1256', 0x1dd36d57],
  ['windows-1257', 0xa5c3d2c3],
  ['windows-1258', 0x3c504337],
  ['x-mac-cyrillic', 0xae12a17e],
  ['shift_jis', 0x37011031],
  ['euc-jp', 0x90b9befa],
  ['iso-2022-jp', 0xec23695b],
  ['gbk', 0xd640e44c],
  ['gb18030', 0xfb88cc0a],
  ['big5', 0x8f1fe96c],
  ['euc-kr', 0x20529ee2],
]);

export function testChecksums(): void {
  describe('what every sequence of a legacy charset becomes', () => {
    it.each([...CHECKSUMS])('%s', async (charset, checksum) => {
      const text = await readAll(charset, everySequence(charset));
      expect(crc32(new TextEncoder().encode(text)).toString(16)).toBe(checksum.toString(16));
    });
  });
}
