// How the multi-byte charsets are read character by character, by the algorithms of the Encoding Standard.
import { gb18030Ranges, multiByteIndex, type IndexName } from './multi-byte-index.ts';

/** Where a reader leaves what it found. */
export interface Found {
  codePoint: number;
  /** A second code point, 0 = none: four pointers of Big5 have one. */
  second: number;
}

/**
 * Reads the character at `at`, whose first byte is 0x80 or above, of bytes that end at `end`. Gives the bytes it takes;
 * below 0: so many bytes mean nothing; 0: the end cuts it off.
 */
export type ReadCharacter = (bytes: Uint8Array, at: number, end: number, found: Found) => number;

/** After a wrong trail byte: an ASCII byte is read again, any other is lost with its lead byte. */
const wrongTrail = (trail: number): number => (trail < 0x80 ? -1 : -2);

function openShiftJis(): ReadCharacter {
  const index = multiByteIndex('jis0208');
  return (bytes, at, end, found) => {
    const lead = bytes[at]!;
    if (lead === 0x80) {
      found.codePoint = lead;
      return 1;
    }
    if (lead >= 0xa1 && lead <= 0xdf) {
      found.codePoint = 0xff61 - 0xa1 + lead;
      return 1;
    }
    if (lead === 0xa0 || lead > 0xfc) return -1;
    if (at + 1 >= end) return 0;
    const trail = bytes[at + 1]!;
    if (trail < 0x40 || trail === 0x7f || trail > 0xfc) return wrongTrail(trail);
    const row = lead - (lead < 0xa0 ? 0x81 : 0xc1);
    const pointer = row * 188 + trail - (trail < 0x7f ? 0x40 : 0x41);
    // Characters of users' own.
    if (pointer >= 8836 && pointer <= 10715) {
      found.codePoint = 0xe000 - 8836 + pointer;
      return 2;
    }
    found.codePoint = index[pointer] ?? 0;
    return found.codePoint === 0 ? wrongTrail(trail) : 2;
  };
}

const isGraphic = (byte: number): boolean => byte >= 0xa1 && byte <= 0xfe;

function openEucJp(): ReadCharacter {
  const jis0208 = multiByteIndex('jis0208');
  const jis0212 = multiByteIndex('jis0212');
  return (bytes, at, end, found) => {
    const lead = bytes[at]!;
    if (lead !== 0x8e && lead !== 0x8f && !isGraphic(lead)) return -1;
    if (at + 1 >= end) return 0;
    const trail = bytes[at + 1]!;
    if (lead === 0x8e && trail >= 0xa1 && trail <= 0xdf) {
      found.codePoint = 0xff61 - 0xa1 + trail;
      return 2;
    }
    if (lead === 0x8f && isGraphic(trail)) {
      if (at + 2 >= end) return 0;
      const third = bytes[at + 2]!;
      found.codePoint = isGraphic(third) ? jis0212[(trail - 0xa1) * 94 + third - 0xa1]! : 0;
      if (found.codePoint !== 0) return 3;
      return third < 0x80 ? -2 : -3;
    }
    found.codePoint =
      isGraphic(lead) && isGraphic(trail) ? jis0208[(lead - 0xa1) * 94 + trail - 0xa1]! : 0;
    return found.codePoint === 0 ? wrongTrail(trail) : 2;
  };
}

function openEucKr(): ReadCharacter {
  const index = multiByteIndex('euc-kr');
  return (bytes, at, end, found) => {
    const lead = bytes[at]!;
    if (lead === 0x80 || lead === 0xff) return -1;
    if (at + 1 >= end) return 0;
    const trail = bytes[at + 1]!;
    const isTrail = trail >= 0x41 && trail <= 0xfe;
    found.codePoint = isTrail ? index[(lead - 0x81) * 190 + trail - 0x41]! : 0;
    return found.codePoint === 0 ? wrongTrail(trail) : 2;
  };
}

/** Pointers of Big5 that mean a letter and a combining mark. */
const BIG5_PAIRS = new Map([
  [1133, [0xca, 0x304]],
  [1135, [0xca, 0x30c]],
  [1164, [0xea, 0x304]],
  [1166, [0xea, 0x30c]],
]);

function openBig5(): ReadCharacter {
  const index = multiByteIndex('big5');
  return (bytes, at, end, found) => {
    const lead = bytes[at]!;
    if (lead === 0x80 || lead === 0xff) return -1;
    if (at + 1 >= end) return 0;
    const trail = bytes[at + 1]!;
    const isTrail = (trail >= 0x40 && trail <= 0x7e) || isGraphic(trail);
    if (!isTrail) return wrongTrail(trail);
    const pointer = (lead - 0x81) * 157 + trail - (trail < 0x7f ? 0x40 : 0x62);
    found.codePoint = index[pointer]!;
    if (found.codePoint !== 0) return 2;
    const pair = BIG5_PAIRS.get(pointer);
    if (pair === undefined) return wrongTrail(trail);
    [found.codePoint, found.second] = pair as [number, number];
    return 2;
  };
}

/** The code point of a four-byte sequence, 0 = none (§10.2, index gb18030 ranges). */
export function codePointOfRanges(pointer: number): number {
  if (pointer > 1237575 || (pointer > 39419 && pointer < 189000)) return 0;
  if (pointer >= 189000) return pointer - 189000 + 0x10000;
  if (pointer === 7457) return 0xe7c7;
  let low = 0;
  let high = gb18030Ranges.length / 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (gb18030Ranges[middle * 2]! <= pointer) low = middle;
    else high = middle;
  }
  return gb18030Ranges[low * 2 + 1]! + pointer - gb18030Ranges[low * 2]!;
}

/** GBK is read by it too. */
function openGb18030(): ReadCharacter {
  const index = multiByteIndex('gb18030');
  const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
  return (bytes, at, end, found) => {
    const first = bytes[at]!;
    if (first === 0x80) {
      found.codePoint = 0x20ac;
      return 1;
    }
    if (first === 0xff) return -1;
    if (at + 1 >= end) return 0;
    const second = bytes[at + 1]!;
    if (!isDigit(second)) {
      if (second < 0x40 || second === 0x7f || second === 0xff) return wrongTrail(second);
      const cell = second - (second < 0x7f ? 0x40 : 0x41);
      found.codePoint = index[(first - 0x81) * 190 + cell]!;
      return found.codePoint === 0 ? wrongTrail(second) : 2;
    }
    if (at + 2 >= end) return 0;
    const third = bytes[at + 2]!;
    if (third < 0x81 || third === 0xff) return -1;
    if (at + 3 >= end) return 0;
    const fourth = bytes[at + 3]!;
    if (!isDigit(fourth)) return -1;
    const pointer =
      (first - 0x81) * 12600 + (second - 0x30) * 1260 + (third - 0x81) * 10 + fourth - 0x30;
    found.codePoint = codePointOfRanges(pointer);
    return found.codePoint === 0 ? -4 : 4;
  };
}

interface MultiByteCharset {
  needs: readonly IndexName[];
  /** Once the tables it needs are loaded. */
  open: () => ReadCharacter;
}

/** The charsets of several bytes in which an ASCII byte is always itself. */
export const multiByteCharsets: ReadonlyMap<string, MultiByteCharset> = new Map([
  ['shift_jis', { needs: ['jis0208'], open: openShiftJis }],
  ['euc-jp', { needs: ['jis0208', 'jis0212'], open: openEucJp }],
  ['gb18030', { needs: ['gb18030'], open: openGb18030 }],
  ['gbk', { needs: ['gb18030'], open: openGb18030 }],
  ['big5', { needs: ['big5'], open: openBig5 }],
  ['euc-kr', { needs: ['euc-kr'], open: openEucKr }],
]);
