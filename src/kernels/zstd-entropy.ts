/** The entropy codes of Zstandard (RFC 8878 §4): tables of states, Huffman codes, and streams of bits read from their end. */

class ZstdError extends Error {
  override readonly name = 'ZstdError';
}

/** Throws an Error that says `detail` unless `holds`. */
export function insist(holds: boolean, detail: string): asserts holds {
  if (!holds) throw new ZstdError(detail);
}

/** A table of finite state entropy (§4.1): by state its symbol, and how it goes on. */
export interface FseTable {
  log: number;
  symbols: Uint8Array;
  bits: Uint8Array;
  bases: Uint16Array;
}

/** The code of literals that stood last in a frame; null before the first. */
export interface HuffmanState {
  huffmanBits: number;
  /** By the next `huffmanBits` bits: the symbol × 16 + the bits of its code. */
  huffman: Uint16Array | null;
}

/** From how often each symbol comes, −1 for less than once (§4.1.1). */
export function buildTable(log: number, counts: readonly number[]): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const next = new Uint16Array(counts.length);
  let high = size;
  for (let s = 0; s < counts.length; s++)
    if (counts[s] === -1) {
      symbols[--high] = s;
      next[s] = 1;
    }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (let s = 0; s < counts.length; s++) {
    const count = counts[s]!;
    if (count <= 0) continue;
    next[s] = count;
    for (let i = 0; i < count; i++) {
      symbols[at] = s;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  insist(at === 0, 'a table of states does not add up');
  for (let i = 0; i < size; i++) {
    const state = next[symbols[i]!]!++;
    bits[i] = log - (31 - Math.clz32(state));
    bases[i] = (state << bits[i]!) - size;
  }
  return { log, symbols, bits, bases };
}

/** The table that stands at `from`, and where it ends (§4.1.1). */
export function readTable(
  bytes: Uint8Array,
  from: number,
  end: number,
  mostLog: number,
  mostSymbol: number,
): { table: FseTable; end: number } {
  let bit = from * 8;
  const peek = (count: number): number => {
    const at = bit >> 3;
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    return (word >> (bit & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  insist(log <= mostLog, 'a table of states is too large');
  let left = 1 << log;
  const counts: number[] = [];
  while (left > 0) {
    insist(counts.length <= mostSymbol && bit <= end * 8, 'a table of states does not add up');
    const width = 32 - Math.clz32(left + 1);
    const value = peek(width);
    const lower = (1 << (width - 1)) - 1;
    const threshold = (1 << width) - 2 - left;
    let count: number;
    if ((value & lower) < threshold) {
      count = value & lower;
      bit += width - 1;
    } else {
      count = value > lower ? value - threshold : value;
      bit += width;
    }
    count--;
    counts.push(count);
    left -= Math.abs(count);
    if (count !== 0) continue;
    for (let more = 3; more === 3;) {
      more = peek(2);
      bit += 2;
      for (let k = 0; k < more; k++) counts.push(0);
      insist(counts.length <= mostSymbol + 1, 'a table of states does not add up');
    }
  }
  insist(
    left === 0 && counts.length <= mostSymbol + 1 && bit <= end * 8,
    'a table of states does not add up',
  );
  return { table: buildTable(log, counts), end: (bit + 7) >> 3 };
}

/** A table of which every state is the same symbol. */
export function sameTable(symbol: number): FseTable {
  return {
    log: 0,
    symbols: Uint8Array.of(symbol),
    bits: new Uint8Array(1),
    bases: new Uint16Array(1),
  };
}

/** Bits of a stream that is read from its end; its last one marks where it begins. */
export function lastBit(bytes: Uint8Array, from: number, to: number): number {
  insist(to > from && bytes[to - 1] !== 0, 'a stream of bits has no end');
  return to * 8 - 8 + (31 - Math.clz32(bytes[to - 1]!));
}

/** `count` ≤ 24 bits from `bit` on. */
export function bitsAt(bytes: Uint8Array, bit: number, count: number): number {
  const at = bit >> 3;
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return (word >>> (bit & 7)) & ((1 << count) - 1);
}

const MOST_HUFFMAN_BITS = 11;

/** Reads the code of the literals (§4.2.1) into the state; returns where it ends. */
export function readHuffman(
  bytes: Uint8Array,
  from: number,
  end: number,
  state: HuffmanState,
): number {
  const head = bytes[from]!;
  const weights = new Uint8Array(256);
  let count = 0;
  let at = from + 1;
  if (head >= 128) {
    count = head - 127;
    insist(at + ((count + 1) >> 1) <= end, 'a code of literals is cut off');
    for (let i = 0; i < count; i++)
      weights[i] = (i & 1) === 0 ? bytes[at + (i >> 1)]! >> 4 : bytes[at + (i >> 1)]! & 15;
    at += (count + 1) >> 1;
  } else {
    const to = at + head;
    insist(to <= end, 'a code of literals is cut off');
    const { table, end: begin } = readTable(bytes, at, to, 6, 255);
    count = readWeights(bytes, begin, to, table, weights);
    at = to;
  }
  let sum = 0;
  for (let i = 0; i < count; i++) {
    insist(weights[i]! <= MOST_HUFFMAN_BITS, 'a code of literals is too long');
    if (weights[i]! > 0) sum += 1 << (weights[i]! - 1);
  }
  insist(sum > 0, 'a code of literals is empty');
  const most = 32 - Math.clz32(sum);
  insist(most <= MOST_HUFFMAN_BITS, 'a code of literals is too long');
  const left = (1 << most) - sum;
  insist((left & (left - 1)) === 0, 'a code of literals does not add up');
  weights[count++] = 32 - Math.clz32(left);
  const table = new Uint16Array(1 << most);
  // Longest codes first, those of one length in the order of their symbols.
  const starts = new Uint16Array(MOST_HUFFMAN_BITS + 2);
  for (let i = 0; i < count; i++)
    if (weights[i]! > 0) starts[weights[i]! + 1]! += 1 << (weights[i]! - 1);
  for (let w = 1; w < starts.length; w++) starts[w]! += starts[w - 1]!;
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const start = starts[weight]!;
    const next = start + (1 << (weight - 1));
    table.fill((i << 4) | (most + 1 - weight), start, next);
    starts[weight] = next;
  }
  state.huffman = table;
  state.huffmanBits = most;
  return at;
}

/** Weights as two states take turns in giving them; returns how many. */
function readWeights(
  bytes: Uint8Array,
  from: number,
  to: number,
  { log, symbols, bits, bases }: FseTable,
  weights: Uint8Array,
): number {
  const start = from * 8;
  let bit = lastBit(bytes, from, to) - log;
  let one = bitsAt(bytes, bit, log);
  bit -= log;
  let two = bitsAt(bytes, bit, log);
  insist(bit >= start, 'a code of literals is cut off');
  for (let count = 0; count < 254;) {
    weights[count++] = symbols[one]!;
    bit -= bits[one]!;
    if (bit < start) {
      weights[count++] = symbols[two]!;
      return count;
    }
    one = bases[one]! + bitsAt(bytes, bit, bits[one]!);
    [one, two] = [two, one];
  }
  throw new ZstdError('a code of literals is too long');
}

/** One stream of coded literals into `out` [at, end), which it has to fill exactly. */
export function readStream(
  bytes: Uint8Array,
  from: number,
  to: number,
  { huffman, huffmanBits }: HuffmanState,
  out: Uint8Array,
  at: number,
  end: number,
): void {
  const table = huffman!;
  const mask = (1 << huffmanBits) - 1;
  const start = from * 8;
  let bit = lastBit(bytes, from, to);
  while (at < end) {
    // Below the start of the stream stands something else, which no whole code looks at.
    const low = bit - huffmanBits;
    const byte = low >> 3;
    const word = bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16);
    const entry = table[(word >> (low & 7)) & mask]!;
    out[at++] = entry >> 4;
    bit -= entry & 15;
    if (bit < start) break;
  }
  insist(at === end && bit === start, 'literals do not end where they say');
}
