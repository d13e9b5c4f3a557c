// Unpacks pages: each codec is loaded when a file needs it, and gives exactly the size that the page says, or fails.
import { crc32 } from '../../kernels/crc32.ts';
import { unpackLz4Block } from '../../kernels/lz4-block.ts';
import { unpackSnappy } from '../../kernels/snappy.ts';
import { Fault, insist } from '../../contract/fault.ts';
import { takeBuffer } from '../../table/buffer-pool.ts';

/**
 * Packed bytes to exactly `size` unpacked ones, whose buffer may be given back to the pool. Throws when they are not.
 */
export type Unpack = (input: Uint8Array, size: number) => Uint8Array;

const NAMES = ['none', 'snappy', 'gzip', 'lzo', 'brotli', 'lz4', 'zstd', 'lz4 raw'];

export const codecName = (codec: number): string => NAMES[codec] ?? `codec ${codec}`;

/** How often over a codec can pack the same byte: a page that says more is a lie, whose room is never asked for. */
const MOST_RATIO: readonly number[] = [1, 32, 1_040, 0, 1 << 20, 256, 1 << 18, 256];
const SMALL_BYTES = 1 << 20;

/** The unpacker of a codec; null for one that cannot be read. */
export async function loadUnpack(codec: number): Promise<Unpack | null> {
  const unpack = await loadPlain(codec);
  if (unpack === null) return null;
  const ratio = MOST_RATIO[codec]!;
  return (input, size) => {
    insist(
      size <= SMALL_BYTES || size <= input.length * ratio,
      'a page says that it is larger than its codec can make it',
    );
    if (size === 0) return new Uint8Array(0);
    try {
      return unpack(input, size);
    } catch (thrown) {
      if (thrown instanceof Fault) throw thrown;
      throw new Fault(`a page is not intact ${codecName(codec)} data`);
    }
  };
}

async function loadPlain(codec: number): Promise<Unpack | null> {
  switch (codec) {
    case 0:
      return (input, size) => {
        insist(input.length === size, 'a page has another size than it says');
        return input;
      };
    case 1:
      return unpackSnappyPage;
    case 2: {
      const { gunzip } = await import('hyparquet-compressors');
      return (input, size) => checkedGzip(input, gunzip(input, new Uint8Array(size)));
    }
    case 4: {
      const { decompressBrotli } = await import('hyparquet-compressors');
      return decompressBrotli;
    }
    case 5:
      return unpackHadoopLz4;
    case 6: {
      const { unpackZstd } = await import('../../kernels/zstd.ts');
      return unpackZstd;
    }
    case 7:
      return unpackLz4;
    default:
      return null;
  }
}

function unpackSnappyPage(input: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(takeBuffer(size), 0, size);
  insist(unpackSnappy(input, out), 'a page is not intact snappy data');
  return out;
}

/** The last member's checksum and size, which a page that is too short or wrong cannot have. */
function checkedGzip(input: Uint8Array, out: Uint8Array): Uint8Array {
  const isGzip = input[0] === 31 && input[1] === 139;
  if (!isGzip) return out;
  insist(input.length >= 18, 'a page is not intact gzip data');
  const trailer = new DataView(input.buffer, input.byteOffset + input.length - 8, 8);
  const size = trailer.getUint32(4, true);
  insist(
    size <= out.length && crc32(out.subarray(out.length - size)) === trailer.getUint32(0, true),
    'a page is not intact gzip data',
  );
  return out;
}

function unpackLz4(input: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  insist(unpackLz4Block(input, out, 0) === size, 'a page has another size than it says');
  return out;
}

/** LZ4 as Hadoop wraps it, blocks behind two big-endian sizes; some writers left the wrapping out. */
function unpackHadoopLz4(input: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  let at = 0;
  let to = 0;
  while (at + 8 <= input.length) {
    const unpacked = view.getUint32(at);
    const packed = view.getUint32(at + 4);
    if (packed > input.length - at - 8 || unpacked > size - to) return unpackLz4(input, size);
    try {
      const block = input.subarray(at + 8, at + 8 + packed);
      const room = out.subarray(to, to + unpacked);
      if (unpackLz4Block(block, room, 0) !== unpacked) return unpackLz4(input, size);
    } catch {
      return unpackLz4(input, size);
    }
    at += 8 + packed;
    to += unpacked;
  }
  if (at < input.length || to < size) return unpackLz4(input, size);
  return out;
}
