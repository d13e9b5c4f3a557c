/** CRC-32 as gzip and zip want it (reflected 0xEDB88320): running, eight bytes a turn, and joined from parts. */

const POLYNOMIAL = 0xedb88320;

/** Eight tables of 256 in one array: table k advances a byte over k further zero bytes. */
const TABLES = makeTables();

function makeTables(): Uint32Array {
  const tables = new Uint32Array(8 * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1;
    tables[n] = c;
  }
  for (let n = 256; n < 2048; n++) {
    const before = tables[n - 256] as number;
    tables[n] = (before >>> 8) ^ (tables[before & 255] as number);
  }
  return tables;
}

/**
 * CRC-32 of `bytes`, continued from `before`, the CRC-32 (0 to 2^32 − 1) of what came ahead of them.
 * `before` defaults to 0, the CRC of nothing.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const t = TABLES;
  let c = ~before;
  let i = 0;
  const wide = bytes.length - 7;
  for (; i < wide; i += 8) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    c =
      t[1792 + (c & 255)]! ^
      t[1536 + ((c >>> 8) & 255)]! ^
      t[1280 + ((c >>> 16) & 255)]! ^
      t[1024 + (c >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!;
  }
  for (; i < bytes.length; i++) c = (c >>> 8) ^ t[(c ^ bytes[i]!) & 255]!;
  return ~c >>> 0;
}

/** a·b modulo the polynomial, both reflected: bit 31 stands for x^0. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return product >>> 0;
}

/** SQUARES[k] = x^(8·2^k): 2^k zero bytes; 53 of them cover every safe length. */
const SQUARES = makeSquares();

function makeSquares(): readonly number[] {
  const squares: number[] = [];
  let power = 1 << 30; // x^1
  for (let k = 0; k < 3; k++) power = multiply(power, power);
  for (let k = 0; k < 53; k++) {
    squares.push(power);
    power = multiply(power, power);
  }
  return squares;
}

/**
 * CRC-32 of A followed by B, from the CRC-32 of each and the length of B in bytes (0 to 2^53 − 1).
 * A power-of-two length, such as a whole block of 1 MiB, costs one multiplication of 32 steps, any other at most 53.
 */
export function combineCrc32(crcA: number, crcB: number, lengthB: number): number {
  let shifted = crcA;
  for (let k = 0, left = lengthB; left > 0; k++, left = Math.floor(left / 2)) {
    if (left % 2 === 1) shifted = multiply(SQUARES[k]!, shifted);
  }
  return (shifted ^ crcB) >>> 0;
}
