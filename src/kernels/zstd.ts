/** Zstandard blocks → bytes (RFC 8878 §3.1.1): no block costs more than the 128 KiB it may hold, whatever it says. */
import {
  BLOCK_HEAD_BYTES,
  MOST_BLOCK_BYTES,
  blockHeader,
  frameHeader,
  magicOf,
  skippableBytes,
  type BlockHeader,
  type FrameHeader,
} from './zstd-frame.ts';
import {
  bitsAt,
  buildTable,
  insist,
  lastBit,
  readHuffman,
  readStream,
  readTable,
  sameTable,
  type FseTable,
  type HuffmanState,
} from './zstd-entropy.ts';

/** Zeros around a block, so that looking at bits before its start or behind its end needs no check. */
const PADDING = 16;

/** Of a frame: what blocks leave to those behind them. */
export interface ZstdState extends HuffmanState {
  lengths: FseTable | null;
  offsets: FseTable | null;
  matches: FseTable | null;
  repeats: [number, number, number];
}

/** The state at the start of a frame. */
export function zstdState(): ZstdState {
  return {
    huffmanBits: 0,
    huffman: null,
    lengths: null,
    offsets: null,
    matches: null,
    repeats: [1, 4, 8],
  };
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const twos = (count: number): number[] => ones(count).map(() => 2);
const rare = (count: number): number[] => ones(count).map(() => -1);
// §3.1.1.3.2.2.
const LENGTHS = buildTable(6, [
  4,
  3,
  ...twos(11),
  1,
  1,
  1,
  ...twos(9),
  3,
  2,
  ...ones(5),
  ...rare(4),
]);
const MATCHES = buildTable(6, [1, 4, 3, ...twos(6), ...ones(37), ...rare(7)]);
const OFFSETS = buildTable(5, [...ones(6), 2, 2, 2, ...ones(15), ...rare(5)]);

/** Values from which codes count, each by the bits that follow it. */
function basesOf(first: number, bits: Uint8Array): Uint32Array {
  let base = first;
  return Uint32Array.from(bits, (count) => {
    const own = base;
    base += 2 ** count;
    return own;
  });
}
const LENGTH_BITS = Uint8Array.from([
  ...Array.from({ length: 16 }, () => 0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
]);
const LENGTH_BASES = basesOf(0, LENGTH_BITS);
const MATCH_BITS = Uint8Array.from([
  ...Array.from({ length: 32 }, () => 0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
]);
const MATCH_BASES = basesOf(3, MATCH_BITS);
const MOST_OFFSET_CODE = 31;

/** Unpacks blocks; one after the other, of any number of frames. */
export class ZstdBlocks {
  readonly #block = new Uint8Array(MOST_BLOCK_BYTES + 2 * PADDING);
  readonly #literals = new Uint8Array(MOST_BLOCK_BYTES);

  /**
   * Unpacks the compressed block `input` [from, to) to `out` at `at`, before which `known` bytes of the frame stand that it
   * may point back to, `most` bytes at most. Returns where it ends. Throws an Error for a block that makes no sense or
   * does not fit.
   */
  unpack(
    input: Uint8Array,
    from: number,
    to: number,
    state: ZstdState,
    out: Uint8Array,
    at: number,
    known: number,
    most: number,
  ): number {
    insist(to - from <= MOST_BLOCK_BYTES, 'a block is too large');
    const bytes = this.#block;
    bytes.set(input.subarray(from, to), PADDING);
    const end = PADDING + to - from;
    bytes.fill(0, end, end + PADDING);
    const literals = this.#readLiterals(bytes, PADDING, end, state);
    return unpackSequences(bytes, literals.end, end, state, {
      literals: this.#literals,
      literalsEnd: literals.size,
      out,
      at,
      outEnd: Math.min(out.length, at + most),
      first: at - known,
    });
  }

  /** §3.1.1.3.1. */
  #readLiterals(
    bytes: Uint8Array,
    from: number,
    end: number,
    state: ZstdState,
  ): { size: number; end: number } {
    const literals = this.#literals;
    const head = bytes[from]!;
    const kind = head & 3;
    const form = (head >> 2) & 3;
    if (kind < 2) {
      const headBytes = (form & 1) === 0 ? 1 : form === 1 ? 2 : 3;
      const size =
        headBytes === 1
          ? head >> 3
          : headBytes === 2
            ? (head >> 4) | (bytes[from + 1]! << 4)
            : (head >> 4) | (bytes[from + 1]! << 4) | (bytes[from + 2]! << 12);
      const at = from + headBytes;
      const next = kind === 0 ? at + size : at + 1;
      insist(size <= MOST_BLOCK_BYTES && next <= end, 'literals are cut off');
      if (kind === 0) literals.set(bytes.subarray(at, next));
      else literals.fill(bytes[at]!, 0, size);
      return { size, end: next };
    }
    const headBytes = form < 2 ? 3 : form + 2;
    const width = form < 2 ? 10 : form === 2 ? 14 : 18;
    const size = bitsAt(bytes, from * 8 + 4, width);
    const packed = bitsAt(bytes, from * 8 + 4 + width, width);
    let at = from + headBytes;
    const to = at + packed;
    insist(size <= MOST_BLOCK_BYTES && to <= end, 'literals are cut off');
    if (kind === 2) at = readHuffman(bytes, at, to, state);
    insist(state.huffman !== null && at <= to, 'literals have no code');
    if (form === 0) {
      readStream(bytes, at, to, state, literals, 0, size);
      return { size, end: to };
    }
    const quarter = (size + 3) >> 2;
    insist(at + 6 <= to && quarter * 3 <= size, 'literals are cut off');
    let stream = at + 6;
    for (let k = 0; k < 4; k++) {
      const next = k === 3 ? to : stream + (bytes[at + 2 * k]! | (bytes[at + 2 * k + 1]! << 8));
      insist(next <= to, 'literals are cut off');
      readStream(
        bytes,
        stream,
        next,
        state,
        literals,
        k * quarter,
        k === 3 ? size : (k + 1) * quarter,
      );
      stream = next;
    }
    return { size, end: to };
  }
}

interface Target {
  literals: Uint8Array;
  literalsEnd: number;
  out: Uint8Array;
  at: number;
  outEnd: number;
  /** Where in `out` what can be pointed back to begins. */
  first: number;
}

/** The tables of the sequences, by their modes (§3.1.1.3.2.1); returns where the sequences begin. */
function readTables(bytes: Uint8Array, from: number, end: number, state: ZstdState): number {
  const modes = bytes[from]!;
  insist((modes & 3) === 0, 'sequences have an unknown mode');
  let at = from + 1;
  const read = (
    mode: number,
    given: FseTable,
    last: FseTable | null,
    mostLog: number,
    mostSymbol: number,
  ): FseTable => {
    if (mode === 0) return given;
    if (mode === 1) {
      const symbol = bytes[at++]!;
      insist(symbol <= mostSymbol && at <= end, 'sequences have an unknown code');
      return sameTable(symbol);
    }
    if (mode === 3) {
      insist(last !== null, 'sequences have no table');
      return last;
    }
    const found = readTable(bytes, at, end, mostLog, mostSymbol);
    at = found.end;
    return found.table;
  };
  state.lengths = read(modes >> 6, LENGTHS, state.lengths, 9, LENGTH_BITS.length - 1);
  state.offsets = read((modes >> 4) & 3, OFFSETS, state.offsets, 8, MOST_OFFSET_CODE);
  state.matches = read((modes >> 2) & 3, MATCHES, state.matches, 9, MATCH_BITS.length - 1);
  return at;
}

/** §3.1.1.3.2 and §3.1.1.4: literals and what stood before, in turns. */
function unpackSequences(
  bytes: Uint8Array,
  from: number,
  end: number,
  state: ZstdState,
  { literals, literalsEnd, out, at, outEnd, first }: Target,
): number {
  insist(from < end, 'sequences are cut off');
  let count = bytes[from]!;
  let begin = from + 1;
  if (count === 255) {
    count = (bytes[from + 1]! | (bytes[from + 2]! << 8)) + 0x7f00;
    begin = from + 3;
  } else if (count > 127) {
    count = ((count - 128) << 8) | bytes[from + 1]!;
    begin = from + 2;
  }
  let literal = 0;
  if (count > 0) {
    insist(begin < end, 'sequences are cut off');
    begin = readTables(bytes, begin, end, state);
    const { lengths, offsets, matches, repeats } = state;
    const start = begin * 8;
    let bit = lastBit(bytes, begin, end) - lengths!.log;
    let lengthState = bitsAt(bytes, bit, lengths!.log);
    bit -= offsets!.log;
    let offsetState = bitsAt(bytes, bit, offsets!.log);
    bit -= matches!.log;
    let matchState = bitsAt(bytes, bit, matches!.log);
    for (;;) {
      const offsetCode = offsets!.symbols[offsetState]!;
      const matchCode = matches!.symbols[matchState]!;
      const lengthCode = lengths!.symbols[lengthState]!;
      let value: number;
      if (offsetCode <= 24) {
        bit -= offsetCode;
        value = (1 << offsetCode) + bitsAt(bytes, bit, offsetCode);
      } else {
        bit -= offsetCode - 16;
        value = bitsAt(bytes, bit, offsetCode - 16) * 65_536;
        bit -= 16;
        value += 2 ** offsetCode + bitsAt(bytes, bit, 16);
      }
      const matchBits = MATCH_BITS[matchCode]!;
      bit -= matchBits;
      const matchLength = MATCH_BASES[matchCode]! + bitsAt(bytes, bit, matchBits);
      const lengthBits = LENGTH_BITS[lengthCode]!;
      bit -= lengthBits;
      const length = LENGTH_BASES[lengthCode]! + bitsAt(bytes, bit, lengthBits);
      insist(
        bit >= start && literal + length <= literalsEnd && at + length + matchLength <= outEnd,
        'a sequence goes too far',
      );

      let offset = value - 3;
      if (value > 3) {
        repeats[2] = repeats[1];
        repeats[1] = repeats[0];
        repeats[0] = offset;
      } else {
        const place = length === 0 ? value : value - 1;
        offset = place === 3 ? repeats[0] - 1 : repeats[place as 0 | 1 | 2];
        if (place > 0) {
          if (place > 1) repeats[2] = repeats[1];
          repeats[1] = repeats[0];
          repeats[0] = offset;
        }
      }

      if (length > 24) out.set(literals.subarray(literal, literal + length), at);
      else for (let i = 0; i < length; i++) out[at + i] = literals[literal + i]!;
      literal += length;
      at += length;
      const source = at - offset;
      insist(source >= first && offset > 0, 'a sequence points to before the start');
      if (matchLength > 24 && offset >= matchLength)
        out.copyWithin(at, source, source + matchLength);
      else for (let i = 0; i < matchLength; i++) out[at + i] = out[source + i]!;
      at += matchLength;

      if (--count === 0) break;
      const lengthMore = lengths!.bits[lengthState]!;
      bit -= lengthMore;
      lengthState = lengths!.bases[lengthState]! + bitsAt(bytes, bit, lengthMore);
      const matchMore = matches!.bits[matchState]!;
      bit -= matchMore;
      matchState = matches!.bases[matchState]! + bitsAt(bytes, bit, matchMore);
      const offsetMore = offsets!.bits[offsetState]!;
      bit -= offsetMore;
      offsetState = offsets!.bases[offsetState]! + bitsAt(bytes, bit, offsetMore);
      insist(bit >= start, 'sequences are cut off');
    }
    insist(bit === start, 'sequences do not end where they say');
  } else insist(begin === end, 'something follows the literals');
  const rest = literalsEnd - literal;
  insist(at + rest <= outEnd, 'a block is larger than it may be');
  out.set(literals.subarray(literal, literalsEnd), at);
  return at + rest;
}

/**
 * Any number of whole frames to exactly `size` bytes; checksums are not compared. Throws an Error for anything else.
 */
export function unpackZstd(input: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  insist(unpackFrames(input, out) === size, 'a size is wrong');
  return out;
}

/**
 * Any number of whole frames, whose size nobody says, to their bytes; checksums are not compared. Throws an Error for anything
 * else, and before room for more than `most` bytes is asked for.
 */
export function unpackZstdFrames(input: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const room = roomOf(input);
  insist(room <= most, 'it may unpack to more than is wanted');
  const out = new Uint8Array(room);
  return out.subarray(0, unpackFrames(input, out));
}

/** A block of a frame, and where its content begins. */
interface PlacedBlock {
  header: FrameHeader;
  block: BlockHeader;
  at: number;
  isFirst: boolean;
}

/** The blocks of all frames in their order; the frames end where the input does. */
function* blocksOf(input: Uint8Array): Generator<PlacedBlock> {
  let at = 0;
  while (at < input.length) {
    const rest = input.subarray(at);
    const magic = magicOf(rest);
    if (magic === 'skippable' && rest.length >= 8) {
      at += 8 + skippableBytes(rest);
      continue;
    }
    const header = magic === 'frame' ? frameHeader(rest) : 'wrong';
    insist(typeof header === 'object' && !header.hasDictionary, 'it does not begin with a frame');
    at += header.headBytes;
    for (let isFirst = true, isLast = false; !isLast; isFirst = false) {
      insist(at + BLOCK_HEAD_BYTES <= input.length, 'it is cut off');
      const head = input.subarray(at, at + BLOCK_HEAD_BYTES);
      const block = blockHeader(head, Math.max(header.windowBytes, 1));
      insist(block !== null, 'a block is of no known kind');
      at += BLOCK_HEAD_BYTES;
      insist(at + block.packedBytes <= input.length, 'it is cut off');
      yield { header, block, at, isFirst };
      at += block.packedBytes;
      isLast = block.isLast;
    }
    if (header.hasChecksum) at += 4;
  }
  insist(at === input.length, 'a size is wrong');
}

/** What frames unpack to at most, by the heads of their blocks. */
function roomOf(input: Uint8Array): number {
  let room = 0;
  let most = 0;
  for (const { header, block, isFirst } of blocksOf(input)) {
    most = (isFirst ? 0 : most) + block.mostBytes;
    if (block.isLast) room += Math.min(most, header.contentBytes ?? most);
  }
  return room;
}

/** The bytes that were written. */
function unpackFrames(input: Uint8Array, out: Uint8Array): number {
  const blocks = new ZstdBlocks();
  let state = zstdState();
  let first = 0;
  let to = 0;
  for (const { header, block, at, isFirst } of blocksOf(input)) {
    if (isFirst) {
      state = zstdState();
      first = to;
    }
    const known = Math.min(to - first, header.windowBytes);
    to = unpackBlock(blocks, input, at, block, state, out, to, known);
    const isWhole = header.contentBytes === null || to - first === header.contentBytes;
    insist(!block.isLast || isWhole, 'a size is wrong');
  }
  return to;
}

/** One block of any kind, behind its header at `from`, as `ZstdBlocks.unpack` does. */
export function unpackBlock(
  blocks: ZstdBlocks,
  input: Uint8Array,
  from: number,
  { kind, packedBytes, unpackedBytes, mostBytes }: BlockHeader,
  state: ZstdState,
  out: Uint8Array,
  at: number,
  known: number,
): number {
  if (kind === 'packed')
    return blocks.unpack(input, from, from + packedBytes, state, out, at, known, mostBytes);
  insist(at + unpackedBytes <= out.length, 'a block is larger than it may be');
  if (kind === 'same') out.fill(input[from]!, at, at + unpackedBytes);
  else out.set(input.subarray(from, from + packedBytes), at);
  return at + unpackedBytes;
}
