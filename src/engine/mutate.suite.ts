// Damages bytes in the ways that files come to be damaged, or are made to do harm; the same for the same random numbers.

/** Numbers from 0 to below 1. */
export type Random = () => number;

/** What counters, lengths, signs and places of binary formats are afraid of. */
const EXTREMES = [
  0n,
  1n,
  -1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x1_0000n,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_fffen,
  0x1_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  -0x8000_0000_0000_0000n,
];

/** What text formats give a meaning to, and what their readers have to look twice at. */
const TOKENS = [
  ...['{', '}', '[', ']', '"', ',', ':', ';', '\\', '\n', '\r', '\r\n', '\t', '\0', ' ', '""'],
  ...['<', '>', '/>', '</', '&', '&amp;', '&#0;', '&#x110000;', '<!--', ']]>', '<![CDATA[', '<?'],
  ...['<!DOCTYPE a [<!ENTITY b "c">]>', 'xmlns=""', 't="s"', 'r="XFE9"', '<row>', '</row>', '<c'],
  ...[
    'null',
    'true',
    '-',
    '1e999',
    '99999999999999999999',
    '0.',
    'Infinity',
    '\\u',
    '\\ud800',
    '#',
  ],
  ...['\ufeff', 'é', '😀', '__proto__', '2026-02-30', "'"],
].map((token) => new TextEncoder().encode(token));

function join(...pieces: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** A copy of `bytes` with one kind of damage, now and then two or three; `other` gives the second half of what is spliced. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let damaged: Uint8Array = bytes.slice();
  for (let left = Math.floor(random() ** 3 * 3); left >= 0 && damaged.length > 0; left--)
    damaged = KINDS[Math.floor(random() * KINDS.length)]!(damaged, other, random);
  return damaged;
}

const below = (most: number, random: Random): number => Math.floor(random() * most);

/** A place anywhere, or near the start or the end, where most formats keep what governs the rest. */
function placeIn(size: number, random: Random): number {
  const near = below(Math.min(256, size), random);
  return [near, size - 1 - near, below(size, random), below(size, random)][below(4, random)]!;
}

/** A stretch of up to 64 bytes, now and then of any length. */
function stretchIn(size: number, random: Random): [from: number, to: number] {
  const from = placeIn(size, random);
  const most = below(8, random) === 0 ? size : 64;
  return [from, Math.min(size, from + 1 + below(most, random))];
}

const KINDS: ((bytes: Uint8Array, other: Uint8Array, random: Random) => Uint8Array)[] = [
  function flipBits(bytes, _, random) {
    for (let k = below(4, random); k >= 0; k--)
      bytes[placeIn(bytes.length, random)]! ^= 1 << below(8, random);
    return bytes;
  },
  function setByte(bytes, _, random) {
    bytes[placeIn(bytes.length, random)] = [0, 1, 0x7f, 0x80, 0xff][below(5, random)]!;
    return bytes;
  },
  function fill(bytes, _, random) {
    const [from, to] = stretchIn(bytes.length, random);
    const value = below(3, random);
    for (let i = from; i < to; i++) bytes[i] = [0, 0xff, below(256, random)][value]!;
    return bytes;
  },
  function cutOff(bytes, _, random) {
    return bytes.slice(0, placeIn(bytes.length, random));
  },
  function takeOut(bytes, _, random) {
    const [from, to] = stretchIn(bytes.length, random);
    return join(bytes.subarray(0, from), bytes.subarray(to));
  },
  function repeat(bytes, _, random) {
    const [from, to] = stretchIn(bytes.length, random);
    const piece = bytes.subarray(from, to);
    const times = 1 + below(Math.min(50, Math.ceil(100_000 / piece.length)), random);
    return join(
      bytes.subarray(0, to),
      ...Array.from({ length: times }, () => piece),
      bytes.subarray(to),
    );
  },
  function splice(bytes, other, random) {
    if (other.length === 0) return bytes;
    const at = placeIn(bytes.length, random);
    // Where both are of the same make, the same place of the other may still make sense.
    const from =
      below(2, random) === 0 ? Math.min(at, other.length) : placeIn(other.length, random);
    return join(bytes.subarray(0, at), other.subarray(from));
  },
  function setNumber(bytes, _, random) {
    const size = [2, 4, 4, 8][below(4, random)]!;
    if (bytes.length < size) return bytes;
    const place = placeIn(bytes.length - size + 1, random);
    const at = below(4, random) === 0 ? place : place - (place % size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const value = EXTREMES[below(EXTREMES.length, random)]!;
    const isLittle = below(4, random) > 0;
    if (size === 2) view.setInt16(at, Number(BigInt.asIntN(16, value)), isLittle);
    else if (size === 4) view.setInt32(at, Number(BigInt.asIntN(32, value)), isLittle);
    else view.setBigInt64(at, BigInt.asIntN(64, value), isLittle);
    return bytes;
  },
  function putIn(bytes, _, random) {
    const at = placeIn(bytes.length, random);
    const token = TOKENS[below(TOKENS.length, random)]!;
    return join(bytes.subarray(0, at), token, bytes.subarray(at + below(2, random)));
  },
];
