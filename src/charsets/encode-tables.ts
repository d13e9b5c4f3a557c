// Which bytes a charset has for a code point: what its own decoder reads back as that code point, and nothing else.
import { gb18030Ranges, loadIndexes, multiByteIndex } from './multi-byte-index.ts';
import { codePointOfRanges, multiByteCharsets, type Found } from './multi-byte-readers.ts';
import { bytesByCodePoint } from './single-byte.ts';

/**
 * Bytes of a code point from 0x80 up, the first in the highest of the places that are taken (`0x81308130`), 0 where the
 * charset lacks it. An unsigned integer of 32 bits.
 */
export type BytesOf = (codePoint: number) => number;

/** Code points of the planes that tables of several bytes reach. */
const TABLE_SIZE = 0x30000;
const ASTRAL_FIRST = 0x10000;
/** The four-byte sequences of GB18030 from U+10000 on (§10.2 of the Encoding Standard). */
const ASTRAL_POINTER = 189000;

/** Of characters that Big5 has twice, the standard writes the first but for these (§11.1.2). */
const BIG5_LAST = new Set([0x2550, 0x255e, 0x2561, 0x256a, 0x5341, 0x5345]);
/** Pairs before this one are of Hong Kong's supplement, which other readers lack. */
const BIG5_FIRST_WRITTEN = 0xa140;

const isWritten = (charset: string, bytes: number, codePoint: number): boolean => {
  switch (charset) {
    case 'big5':
      return bytes >= BIG5_FIRST_WRITTEN;
    case 'shift_jis': {
      // NEC's copies of IBM's characters (§12.3.2, pointers 8272 to 8835), and characters of users' own.
      const lead = bytes >> 8;
      return lead !== 0xed && lead !== 0xee && !(codePoint >= 0xe000 && codePoint <= 0xf8ff);
    }
    case 'euc-jp':
      // JIS X 0212 is read and never written.
      return bytes <= 0xffff;
    default:
      return true;
  }
};

/** Table of a charset of several bytes, from what its reader makes of every pair. */
function tableOf(charset: string): Uint32Array {
  const read = multiByteCharsets.get(charset)!.open();
  const table = new Uint32Array(TABLE_SIZE);
  const found: Found = { codePoint: 0, second: 0 };
  const put = (bytes: number): void => {
    const { codePoint, second } = found;
    if (second !== 0 || codePoint < 0x80 || !isWritten(charset, bytes, codePoint)) return;
    if (table[codePoint] === 0 || (charset === 'big5' && BIG5_LAST.has(codePoint)))
      table[codePoint] = bytes;
  };
  const sequence = new Uint8Array(2);
  for (let lead = 0x80; lead < 0x100; lead++) {
    sequence[0] = lead;
    // One byte for the euro is of the GBK of old only.
    const isEuro = charset === 'gb18030' && lead === 0x80;
    if (!isEuro && read(sequence, 0, 1, found) === 1) put(lead);
    for (let trail = 0; trail < 0x100; trail++) {
      sequence[1] = trail;
      found.second = 0;
      if (read(sequence, 0, 2, found) === 2) put((lead << 8) | trail);
    }
  }
  return table;
}

function fourBytes(pointer: number): number {
  const first = Math.floor(pointer / 12600) + 0x81;
  const second = (Math.floor(pointer / 1260) % 10) + 0x30;
  const third = (Math.floor(pointer / 10) % 126) + 0x81;
  return first * 2 ** 24 + (second << 16) + (third << 8) + (pointer % 10) + 0x30;
}

/** Pointer of a code point below U+10000 that no pair of GB18030 has. */
function pointerOfRanges(codePoint: number): number {
  if (codePoint === 0xe7c7) return 7457;
  let low = 0;
  let high = gb18030Ranges.length / 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (gb18030Ranges[middle * 2 + 1]! <= codePoint) low = middle;
    else high = middle;
  }
  return gb18030Ranges[low * 2]! + codePoint - gb18030Ranges[low * 2 + 1]!;
}

const tables = new Map<string, Uint32Array>();

/** The tables of ISO-2022-JP are those of JIS X 0208 alone: pairs of 0x21 to 0x7E. */
function jis0208Table(): Uint32Array {
  const table = new Uint32Array(TABLE_SIZE);
  multiByteIndex('jis0208').forEach((codePoint, pointer) => {
    if (codePoint === 0 || pointer >= 94 * 94 || table[codePoint] !== 0) return;
    table[codePoint] = ((Math.floor(pointer / 94) + 0x21) << 8) | ((pointer % 94) + 0x21);
  });
  return table;
}

function singleByteTable(charset: string): Uint32Array {
  const table = new Uint32Array(ASTRAL_FIRST);
  for (const [codePoint, byte] of bytesByCodePoint(charset)) table[codePoint] = byte;
  return table;
}

/** Loads what a charset needs and gives its bytes; the charset is none of the UTF ones. */
export async function loadBytesOf(charset: string): Promise<BytesOf> {
  await loadIndexes(
    charset === 'iso-2022-jp' ? ['jis0208'] : (multiByteCharsets.get(charset)?.needs ?? []),
  );
  let table = tables.get(charset);
  if (table === undefined) {
    if (charset === 'iso-2022-jp') table = jis0208Table();
    else if (multiByteCharsets.has(charset)) table = tableOf(charset);
    else table = singleByteTable(charset);
    tables.set(charset, table);
  }
  const own = table;
  if (charset !== 'gb18030') return (codePoint) => own[codePoint] ?? 0;
  return (codePoint) => {
    if (codePoint >= ASTRAL_FIRST) return fourBytes(ASTRAL_POINTER + codePoint - ASTRAL_FIRST);
    const pair = own[codePoint]!;
    if (pair !== 0) return pair;
    // Some private characters became ordinary ones in 2022: their old places would be read as those.
    const pointer = pointerOfRanges(codePoint);
    return codePointOfRanges(pointer) === codePoint ? fourBytes(pointer) : 0;
  };
}
