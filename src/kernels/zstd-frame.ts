// The outside of Zstandard data (RFC 8878 §3.1): frames, their headers, and the blocks in them.

const FRAME_MAGIC = [0x28, 0xb5, 0x2f, 0xfd] as const;
/** The upper 28 bits of the magic number of a frame to be skipped. */
const SKIPPABLE = 0x0184d2a5;
export const SKIPPABLE_HEAD_BYTES = 8;
export const BLOCK_HEAD_BYTES = 3;
/** Most bytes of a block, packed or unpacked. */
export const MOST_BLOCK_BYTES = 128 * 1024;

export interface FrameHeader {
  /** Of the header, magic number included. */
  headBytes: number;
  windowBytes: number;
  /** Of the content; null when it is not said. */
  contentBytes: number | null;
  hasChecksum: boolean;
  hasDictionary: boolean;
}

/** How the bytes begin: a frame, one to be skipped, neither, or too few to say. */
export function magicOf(bytes: Uint8Array): 'frame' | 'skippable' | 'wrong' | 'more' {
  let mayBeFrame = true;
  for (let i = 0; i < Math.min(4, bytes.length); i++)
    if (bytes[i] !== FRAME_MAGIC[i]) mayBeFrame = false;
  if (bytes.length < 4)
    return mayBeFrame || bytes.length === 0 || (bytes[0]! & 0xf0) === 0x50 ? 'more' : 'wrong';
  if (mayBeFrame) return 'frame';
  const upper = (bytes[0]! >>> 4) | (bytes[1]! << 4) | (bytes[2]! << 12) | (bytes[3]! << 20);
  return upper === SKIPPABLE ? 'skippable' : 'wrong';
}

function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return value;
}

/** Size of the content of a frame to be skipped, whose first 8 bytes these are. */
export function skippableBytes(bytes: Uint8Array): number {
  return littleEndian(bytes, 4, 4);
}

/** The header of a frame (§3.1.1.1); `more` when the bytes end inside it, `wrong` for a reserved bit. */
export function frameHeader(bytes: Uint8Array): FrameHeader | 'more' | 'wrong' {
  if (bytes.length < 5) return 'more';
  const descriptor = bytes[4]!;
  if ((descriptor & 8) !== 0) return 'wrong';
  const isSingle = (descriptor & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeCode = descriptor >>> 6;
  const sizeBytes = sizeCode === 0 ? Number(isSingle) : 1 << sizeCode;
  const headBytes = 5 + Number(!isSingle) + dictionaryBytes + sizeBytes;
  if (bytes.length < headBytes) return 'more';
  const sizeAt = headBytes - sizeBytes;
  const contentBytes =
    sizeBytes === 0 ? null : littleEndian(bytes, sizeAt, sizeBytes) + (sizeCode === 1 ? 256 : 0);
  let windowBytes = contentBytes ?? 0;
  if (!isSingle) {
    const base = 2 ** (10 + (bytes[5]! >>> 3));
    windowBytes = base + (base / 8) * (bytes[5]! & 7);
  }
  return {
    headBytes,
    windowBytes,
    contentBytes,
    hasChecksum: (descriptor & 4) !== 0,
    hasDictionary: littleEndian(bytes, sizeAt - dictionaryBytes, dictionaryBytes) !== 0,
  };
}

/** One block of a frame (§3.1.1.2). */
export interface BlockHeader {
  isLast: boolean;
  /** As it is, one byte many times, or packed. */
  kind: 'plain' | 'same' | 'packed';
  /** Of the block without its header. */
  packedBytes: number;
  /** Of a packed block unknown: 0. */
  unpackedBytes: number;
  /** Most bytes it may unpack to. */
  mostBytes: number;
}

/** The block whose header these three bytes are; null for one that cannot be. */
export function blockHeader(bytes: Uint8Array, windowBytes: number): BlockHeader | null {
  const head = littleEndian(bytes, 0, 3);
  const kind = (['plain', 'same', 'packed', null] as const)[(head >>> 1) & 3]!;
  const size = head >>> 3;
  const mostBytes = Math.min(MOST_BLOCK_BYTES, Math.max(windowBytes, 1));
  if (kind === null || size > mostBytes) return null;
  return {
    isLast: (head & 1) === 1,
    kind,
    packedBytes: kind === 'same' ? 1 : size,
    unpackedBytes: kind === 'packed' ? 0 : size,
    mostBytes,
  };
}
