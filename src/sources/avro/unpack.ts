// Unpacks the blocks of an Avro file: each codec is loaded when a file needs it.
import { Inflate } from 'fflate';
import { crc32 } from '../../kernels/crc32.ts';
import { readSnappyHead } from '../../kernels/snappy-twin.ts';
import { unpackSnappy } from '../../kernels/snappy.ts';
import { Fault, insist } from '../../contract/fault.ts';

export type Unpack = (block: Uint8Array) => Uint8Array;

/** A block is written from memory; one that unpacks to more is a lie. */
const MOST_BYTES = 1 << 28;
const TOO_LARGE = 'a block unpacks to more than 256 MiB';
const CRC_BYTES = 4;
/** Packed bytes inflated at a time, of which each makes 1,032 at most. */
const STEP_BYTES = 1 << 15;

/** The unpacker of the codec that a header names; null for one that cannot be read. */
export async function loadUnpack(codec: string): Promise<Unpack | null> {
  switch (codec) {
    case 'null':
      return (block) => block;
    case 'deflate':
      return inflate;
    case 'snappy':
      return unsnap;
    case 'zstandard': {
      const { unpackZstdFrames } = await import('../../kernels/zstd.ts');
      return (block) => {
        try {
          return unpackZstdFrames(block, MOST_BYTES);
        } catch {
          throw new Fault('a block is not intact Zstandard data, or unpacks to more than 256 MiB');
        }
      };
    }
    default:
      return null;
  }
}

function inflate(block: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isEnded = false;
  const inflater = new Inflate((piece, isLast) => {
    size += piece.length;
    insist(size <= MOST_BYTES, TOO_LARGE);
    pieces.push(piece);
    isEnded ||= isLast;
  });
  try {
    for (let at = 0; at < block.length; at += STEP_BYTES)
      inflater.push(block.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= block.length);
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw new Fault('a block is not intact deflate data');
  }
  insist(isEnded, 'a block is not intact deflate data');
  return joined(pieces, size);
}

/** The block's checksum stands behind it, highest byte first, of what was packed. */
function unsnap(block: Uint8Array): Uint8Array {
  const wrong = 'a block is not intact snappy data';
  insist(block.length > CRC_BYTES, wrong);
  const packed = block.subarray(0, -CRC_BYTES);
  const head = readSnappyHead(packed);
  insist(head !== null, wrong);
  insist(head.size <= MOST_BYTES && head.size <= packed.length * 64, TOO_LARGE);
  const out = new Uint8Array(head.size);
  insist(head.size === 0 || unpackSnappy(packed, out), wrong);
  const sum = new DataView(block.buffer, block.byteOffset + packed.length, CRC_BYTES).getUint32(0);
  insist(crc32(out) === sum, 'the checksum of a block is another');
  return out;
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const out = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
