// Unpacks bytes by what they begin with, or as the source says, and keeps their start for looking at.
import type { Limits } from '../contract/config.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';
import type { ByteSlices } from '../contract/source-input.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { Peekable } from './peekable.ts';
import { findCard } from './plugins.ts';

/** Bytes looked at to find out how they are packed. */
const MAGIC_BYTES = 4 * 1024;

/** The start of some bytes. */
export interface Head {
  bytes: Uint8Array;
  isWhole: boolean;
}

/** Bytes as they are once unpacked. */
export interface UnpackedBytes {
  name: string;
  /** As stored. */
  sizeBytes: number | null;
  once: boolean;
  stamp?: string;
  /** Codec id or `none`. */
  compression: string;
  /** The first `size` bytes, cut there whatever the chunks. Of bytes that can be read once only before `open`. */
  head(size: number): Promise<Head>;
  /** Has to be called when no head is wanted any more. */
  endHead(): Promise<void>;
  open(): AsyncIterable<Uint8Array>;
  /** Stored bytes read so far in the current pass. */
  bytesRead(): number;
  /** Where nothing is packed and the place can. */
  slices?: ByteSlices;
  besideBytes?: OpenedBytes['besideBytes'];
}

/**
 * Unpacks by `compression`: `none`, a codec's id, or `auto`: by magic bytes, or by name where a codec has none. `isOwn`
 * tells whether the packed bytes are of the wanted kind as they are.
 */
export async function unpackBytes(
  compression: string,
  bytes: OpenedBytes,
  allCodecs: readonly CodecCard[],
  limits: Limits,
  isOwn: (head: Uint8Array) => boolean = () => false,
): Promise<UnpackedBytes> {
  const codecs = allCodecs.filter((card) => card.canDecode);
  let readBytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    readBytes = 0;
    for await (const chunk of bytes.open()) {
      readBytes += chunk.length;
      yield chunk;
    }
  };
  let raw = new Peekable(counted());
  let codec: CodecCard | undefined;
  if (compression === 'auto') {
    const magic = (await raw.peek(MAGIC_BYTES)).subarray(0, MAGIC_BYTES);
    if (!isOwn(magic))
      codec = codecs.find((card) => card.matches(magic) || isNamed(card, bytes.name));
  } else if (compression !== 'none') codec = findCard(codecs, 'codec', compression);
  const module = await codec?.load();
  const unpack = (packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    module ? module.decode!(packed, { name: bytes.name, limits }) : packed;

  /** What was begun and is not read on yet. */
  let first: Peekable | null = new Peekable(unpack(raw));
  const { slices } = bytes;
  return {
    name: bytes.name,
    sizeBytes: bytes.sizeBytes,
    once: bytes.once,
    ...(bytes.stamp !== undefined && { stamp: bytes.stamp }),
    compression: codec?.id ?? 'none',
    async head(size) {
      if (first === null) {
        raw = new Peekable(counted());
        first = new Peekable(unpack(raw));
      }
      // One byte more tells whether it is all.
      const seen = await first.peek(size + 1);
      return { bytes: seen.subarray(0, size), isWhole: seen.length <= size };
    },
    async endHead() {
      if (bytes.once) return;
      await first?.close();
      first = null;
    },
    open() {
      const begun = first;
      first = null;
      if (bytes.once && begun !== null) return begun;
      return unpack(counted());
    },
    bytesRead: () => readBytes,
    ...(codec === undefined && slices !== undefined && { slices }),
    ...(codec === undefined && bytes.besideBytes && { besideBytes: bytes.besideBytes }),
  };
}

/** Whether the name is all there is to know a codec by, and ends as its files do. */
function isNamed(card: CodecCard, name: string): boolean {
  return card.hasNoMagic === true && name.toLowerCase().endsWith(card.extension);
}
