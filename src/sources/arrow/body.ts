// Gives parts of a record batch's buffers: read with the batch when it is small, part by part when not, unpacked when packed.
import type { Limits } from '../../contract/config.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import { insistFits } from '../../contract/unpack-limits.ts';
import { unpackLz4Frame } from './lz4-frame.ts';
import { Fault, insist } from '../../contract/fault.ts';
import type { BatchLayout } from './metadata.ts';

export interface Body {
  /** Bytes [from, to) of a buffer. */
  part(buffer: number, from: number, to: number): Promise<Uint8Array>;
  /** Size of a buffer, unpacked. */
  size(buffer: number): Promise<number>;
}

/** Bodies up to this are read with as few reads as their wanted buffers allow. */
const WHOLE_BYTES = 32 << 20;
/** Bytes nobody wants that are rather read than jumped over. */
const GAP_BYTES = 64 << 10;

type Unpack = (input: Uint8Array, size: number) => Uint8Array;

/**
 * Opens the body at `start`; `wanted` tells of each buffer whether it will be looked at. With `isTakenOnce` parts may lie in
 * the body's own bytes: all of them are for one batch, whose they are then. Throws `read.unpack.too-large` for a buffer that
 * is a bomb.
 */
export async function openBody(
  slices: ByteSlices,
  start: number,
  bodyBytes: number,
  layout: BatchLayout,
  wanted: readonly boolean[],
  isTakenOnce: boolean,
  { name, limits }: { name: string; limits: Limits },
): Promise<Body> {
  const { buffers, compression } = layout;
  insist(start + bodyBytes <= slices.sizeBytes, 'it was cut off inside a record batch');
  for (const { offset, length } of buffers)
    insist(offset + length <= bodyBytes, 'a buffer lies outside of its record batch');
  if (compression === 'none' && bodyBytes > WHOLE_BYTES) {
    return {
      async part(buffer, from, to) {
        const { offset, length } = buffers[buffer]!;
        insist(to <= length, 'a buffer is shorter than its column');
        if (from === to) return new Uint8Array(0);
        return slices.read(start + offset + from, start + offset + to);
      },
      size: (buffer) => Promise.resolve(buffers[buffer]!.length),
    };
  }
  const loaded = await loadBuffers(slices, start, layout, wanted);
  const unpack = compression === 'none' ? null : await loadUnpack(compression);
  const unpacked = new Map<number, Uint8Array>();
  const whole = (buffer: number): Uint8Array => {
    const bytes = loaded[buffer]!;
    if (unpack === null || bytes.length === 0) return bytes;
    let found = unpacked.get(buffer);
    if (found === undefined) {
      found = unpackBuffer(bytes, unpack, compression, (packed, size) =>
        insistFits(name, packed, size, limits),
      );
      unpacked.set(buffer, found);
    }
    return found;
  };
  return {
    part(buffer, from, to) {
      const bytes = whole(buffer);
      insist(to <= bytes.length, 'a buffer is shorter than its column');
      return Promise.resolve(isTakenOnce ? bytes.subarray(from, to) : bytes.slice(from, to));
    },
    size: (buffer) => Promise.resolve(whole(buffer).length),
  };
}

async function loadBuffers(
  slices: ByteSlices,
  start: number,
  { buffers }: BatchLayout,
  wanted: readonly boolean[],
): Promise<Uint8Array[]> {
  const inOrder = buffers
    .map((range, index) => ({ ...range, index }))
    .filter(({ index, length }) => wanted[index] === true && length > 0)
    .sort((a, b) => a.offset - b.offset);
  const found: Uint8Array[] = buffers.map(() => new Uint8Array(0));
  for (let i = 0; i < inOrder.length;) {
    const from = inOrder[i]!.offset;
    let to = from + inOrder[i]!.length;
    let next = i + 1;
    while (next < inOrder.length && inOrder[next]!.offset <= to + GAP_BYTES) {
      to = Math.max(to, inOrder[next]!.offset + inOrder[next]!.length);
      next++;
    }
    const bytes = await slices.read(start + from, start + to);
    for (; i < next; i++) {
      const { offset, length, index } = inOrder[i]!;
      found[index] = bytes.subarray(offset - from, offset - from + length);
    }
  }
  return found;
}

async function loadUnpack(compression: 'lz4' | 'zstd'): Promise<Unpack> {
  if (compression === 'lz4') return unpackLz4Frame;
  const { unpackZstd } = await import('../../kernels/zstd.ts');
  return unpackZstd;
}

/** How often over a codec can pack the same byte: a buffer that says more is a lie, whose room is never asked for. */
const MOST_RATIO = { lz4: 256, zstd: 1 << 18 };
const SMALL_BYTES = 1 << 20;

/** A packed buffer begins with its unpacked size; −1 = it is not packed after all. */
function unpackBuffer(
  bytes: Uint8Array,
  unpack: Unpack,
  codec: 'lz4' | 'zstd' | 'none',
  insistFit: (packed: number, size: number) => void,
): Uint8Array {
  insist(bytes.length >= 8, 'a packed buffer is too short');
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true));
  const packed = bytes.subarray(8);
  if (size === -1) return packed;
  const ratio = codec === 'none' ? 1 : MOST_RATIO[codec];
  insist(
    size >= 0 && size < 2 ** 31 && (size <= SMALL_BYTES || size <= packed.length * ratio),
    'a buffer says that it is larger than its codec can make it',
  );
  if (size === 0) return new Uint8Array(0);
  insistFit(packed.length, size);
  let out: Uint8Array;
  try {
    out = unpack(packed, size);
  } catch {
    throw new Fault(`a buffer is not intact ${codec} data`);
  }
  insist(out.length === size, 'a buffer has another size than it says');
  return out;
}
