/**
 * Deflate encoder (RFC 1951): one input of up to 1 MiB becomes a run of deflate blocks that is never final and ends on a byte.
 * AssemblyScript, compiled by build.mjs; the typed door to it is deflate.ts.
 *
 * Nothing is carried from one call to the next, so the output is a function of (input, level) alone, and outputs of
 * successive inputs concatenate into one stream, which `03 00` ends.
 */

const MAX_INPUT: usize = 1 << 20;
/** Wide loads may read past the end of the input by less than this. */
const PAD: usize = 64;

const HASH_BITS: u32 = 16;
const WINDOW: i32 = 32768;
const WINDOW_MASK: i32 = WINDOW - 1;
/**
 * Shorter matches rarely pay for their distance in tables of text: hashing five bytes instead of four is faster and, at
 * level 6, makes CSV 2 to 4 % smaller.
 */
const MIN_MATCH: u32 = 5;
const MAX_MATCH: u32 = 258;
/** Tokens of one block: small enough to follow the data's statistics, large enough to bury the header. */
const TOKEN_LIMIT: u32 = 24576;
/** Most tokens that one turn of the main loop can add. */
const TOKEN_SLACK: u32 = 300;
const MAX_STORED: u32 = 65535;

const LIT_COUNT: i32 = 286;
const DIST_COUNT: i32 = 30;
const CL_COUNT: i32 = 19;
const END_OF_BLOCK: i32 = 256;

// Memory, by hand; everything below INPUT belongs to the compiler.
const INPUT: usize = 65536;
const HEAD: usize = INPUT + MAX_INPUT + PAD;
const PREV: usize = HEAD + (4 << HASH_BITS);
const TOKENS: usize = PREV + (4 << 15);
const LIT_FREQ: usize = TOKENS + ((<usize>TOKEN_LIMIT + PAD) << 2);
const DIST_FREQ: usize = LIT_FREQ + 288 * 4;
const CL_FREQ: usize = DIST_FREQ + 32 * 4;
/** Code lengths, one byte a symbol, literals then distances, as the header run-length codes them. */
const LIT_LENS: usize = CL_FREQ + 32 * 4;
const DIST_LENS: usize = LIT_LENS + 288;
const CL_LENS: usize = DIST_LENS + 32;
const ALL_LENS: usize = CL_LENS + 32;
/** Codes, bit-reversed, with their length in the top byte. */
const LIT_CODES: usize = ALL_LENS + 320;
const DIST_CODES: usize = LIT_CODES + 288 * 4;
const CL_CODES: usize = DIST_CODES + 32 * 4;
/** Per match length − 3: code and extra bits merged, bit count in the top byte. */
const MATCH_CODES: usize = CL_CODES + 32 * 4;
/** The fixed codes of RFC 1951 §3.2.6. */
const FIXED_LIT_LENS: usize = MATCH_CODES + 256 * 4;
const FIXED_DIST_LENS: usize = FIXED_LIT_LENS + 288;
const FIXED_LIT_CODES: usize = FIXED_DIST_LENS + 32;
const FIXED_DIST_CODES: usize = FIXED_LIT_CODES + 288 * 4;
/** Per match length − 3: index of its length symbol (0–28). */
const LENGTH_INDEX: usize = FIXED_DIST_CODES + 32 * 4;
/** Per length symbol: extra bits (u8) and smallest length − 3 (u8). */
const LENGTH_EXTRA: usize = LENGTH_INDEX + 256;
const LENGTH_BASE: usize = LENGTH_EXTRA + 32;
const CL_ORDER: usize = LENGTH_BASE + 32;
/** Scratch of the code builder: keys, weights, counts per length, next code per length. */
const SORT_KEYS: usize = CL_ORDER + 32;
const WEIGHTS: usize = SORT_KEYS + 288 * 4;
const LEN_COUNTS: usize = WEIGHTS + 288 * 4;
const NEXT_CODES: usize = LEN_COUNTS + 64 * 4;
/** The header's run-length symbols: symbol in the low byte, value of its extra bits above. */
const RUNS: usize = NEXT_CODES + 64 * 4;
const OUTPUT: usize = RUNS + 320 * 4;
const MEMORY_END: usize = OUTPUT + MAX_INPUT + (1 << 16);

let out: usize = OUTPUT;
let bitBuffer: u64 = 0;
let bitCount: u32 = 0;
let endsStored: bool = false;

/** Address of the input area: 1 MiB for the caller to write to. */
export function inputAddress(): usize {
  return INPUT;
}

/** Address of the output, valid until the next call of `deflate`. */
export function outputAddress(): usize {
  return OUTPUT;
}

/** Grows the memory and fills the constant tables; to be called once. False when the memory cannot be had. */
export function setUp(): bool {
  if (__heap_base > INPUT) return false;
  const pages = <i32>((MEMORY_END + 65535) >>> 16);
  if (pages > memory.size() && memory.grow(pages - memory.size()) < 0) return false;

  let length: u32 = 0;
  for (let index: u32 = 0; index < 28; index++) {
    const extra: u32 = index < 8 ? 0 : (index >> 2) - 1;
    store<u8>(LENGTH_EXTRA + index, extra);
    store<u8>(LENGTH_BASE + index, length);
    for (let k: u32 = 0; k < (<u32>1) << extra; k++) store<u8>(LENGTH_INDEX + length++, index);
  }
  // Length 258 has a symbol of its own, without extra bits.
  store<u8>(LENGTH_EXTRA + 28, 0);
  store<u8>(LENGTH_BASE + 28, 255);
  store<u8>(LENGTH_INDEX + 255, 28);

  store<u8>(CL_ORDER, 16);
  store<u8>(CL_ORDER + 1, 17);
  store<u8>(CL_ORDER + 2, 18);
  store<u8>(CL_ORDER + 3, 0);
  for (let k: u32 = 0; k < 15; k++) {
    // 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15
    store<u8>(CL_ORDER + 4 + k, k & 1 ? 7 - (k >> 1) : 8 + (k >> 1));
  }

  memory.fill(FIXED_LIT_LENS, 8, 144);
  memory.fill(FIXED_LIT_LENS + 144, 9, 112);
  memory.fill(FIXED_LIT_LENS + 256, 7, 24);
  memory.fill(FIXED_LIT_LENS + 280, 8, 8);
  memory.fill(FIXED_DIST_LENS, 5, 32);
  assignCodes(FIXED_LIT_LENS, 288, FIXED_LIT_CODES);
  assignCodes(FIXED_DIST_LENS, 32, FIXED_DIST_CODES);
  return true;
}

/**
 * Encodes the first `size` bytes of the input area (0 to 1 MiB).
 * `depth` = most candidates looked at per position, 0 stores; a match shorter than `lazy` waits for a better one at the
 * next byte (0 = never); one of `nice` bytes or more ends the search. Returns the number of output bytes.
 */
export function deflate(size: u32, depth: i32, lazy: u32, nice: u32): u32 {
  out = OUTPUT;
  bitBuffer = 0;
  bitCount = 0;
  endsStored = true;
  memory.fill(INPUT + size, 0, PAD);
  if (depth <= 0) {
    if (size > 0) writeStored(0, size);
  } else if (depth === 1) {
    compressFast(size);
  } else {
    compressChained(size, depth, lazy, nice);
  }
  if (!endsStored) writeStored(0, 0);
  return <u32>(out - OUTPUT);
}

// ---- Matches -------------------------------------------------------------------------------------------------------

/** Slot of the five bytes at a position. */
function hashAt(position: i32): usize {
  const hash = (load<u64>(INPUT + position) << 24) * 0x9e3779b185ebca87;
  return HEAD + ((<usize>(hash >>> (64 - HASH_BITS))) << 2);
}

/** Puts a position at the head of its chain and returns the one that was there, or −1. */
function insert(position: i32): i32 {
  const slot = hashAt(position);
  const before = load<i32>(slot);
  store<i32>(slot, position);
  store<i32>(PREV + ((<usize>(position & WINDOW_MASK)) << 2), before);
  return before;
}

function matchLength(a: usize, b: usize, limit: u32): u32 {
  let length: u32 = 0;
  do {
    const difference = load<u64>(a + length) ^ load<u64>(b + length);
    if (difference) {
      length += <u32>(ctz(difference) >>> 3);
      break;
    }
    length += 8;
  } while (length < limit);
  return min(length, limit);
}

/** The longest match of more than `best` bytes along a chain, as length << 16 | distance, or 0. */
function longestMatch(
  position: i32,
  first: i32,
  floor: i32,
  best: u32,
  limit: u32,
  depth: i32,
  nice: u32,
): u32 {
  const here = INPUT + position;
  let candidate = first;
  let found: u32 = 0;
  // A longer match must agree in the four bytes that end one past the best.
  let tail = load<u32>(here + best - 3);
  do {
    const there = INPUT + candidate;
    if (load<u32>(there + best - 3) === tail) {
      const length = matchLength(here, there, limit);
      if (length > best) {
        best = length;
        found = (length << 16) | (position - candidate);
        if (length >= nice || length >= limit) break;
        tail = load<u32>(here + best - 3);
      }
    }
    candidate = load<i32>(PREV + ((<usize>(candidate & WINDOW_MASK)) << 2));
  } while (candidate > floor && --depth > 0);
  return found;
}

function countUp(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

function putLiteral(token: usize, position: i32): usize {
  const byte = <u32>load<u8>(INPUT + position);
  store<u32>(token, byte);
  countUp(LIT_FREQ + (byte << 2));
  return token + 4;
}

function putMatch(token: usize, length: u32, distance: u32): usize {
  store<u32>(token, 0x80000000 | ((length - 3) << 15) | (distance - 1));
  countUp(LIT_FREQ + 257 * 4 + ((<usize>load<u8>(LENGTH_INDEX + length - 3)) << 2));
  countUp(DIST_FREQ + ((<usize>distanceCode(distance - 1)) << 2));
  return token + 4;
}

/** Symbol of a distance − 1 (RFC 1951 §3.2.5): two per power of two. */
function distanceCode(d: u32): u32 {
  if (d < 4) return d;
  const top: u32 = 31 - clz(d);
  return (top << 1) | ((d >>> (top - 1)) & 1);
}

function startTokens(): void {
  memory.fill(LIT_FREQ, 0, 288 * 4);
  memory.fill(DIST_FREQ, 0, 32 * 4);
}

/** Greedy, one candidate a position, no chains. */
function compressFast(size: u32): void {
  memory.fill(HEAD, 0xff, 4 << HASH_BITS);
  startTokens();
  const full = TOKENS + ((TOKEN_LIMIT - TOKEN_SLACK) << 2);
  const lastStart = <i32>size - <i32>MIN_MATCH;
  let token: usize = TOKENS;
  let blockStart = 0;
  let i = 0;
  while (i <= lastStart) {
    if (token > full) {
      writeBlock(blockStart, i, token);
      startTokens();
      token = TOKENS;
      blockStart = i;
    }
    const slot = hashAt(i);
    const candidate = load<i32>(slot);
    store<i32>(slot, i);
    if (
      candidate > max(i - WINDOW, -1) &&
      (load<u64>(INPUT + candidate) ^ load<u64>(INPUT + i)) << 24 === 0
    ) {
      const length = matchLength(INPUT + i, INPUT + candidate, min(MAX_MATCH, size - i));
      token = putMatch(token, length, i - candidate);
      const end = i + <i32>length;
      // Every other position inside is enough for the next match to be found, at half the price.
      for (let k = i + 1; k < min(end, lastStart + 1); k += 2) store<i32>(hashAt(k), k);
      i = end;
    } else {
      token = putLiteral(token, i++);
    }
  }
  while (i < <i32>size) token = putLiteral(token, i++);
  if (token > TOKENS) writeBlock(blockStart, size, token);
}

/** Hash chains; greedy when `lazy` is 0. */
function compressChained(size: u32, depth: i32, lazy: u32, nice: u32): void {
  memory.fill(HEAD, 0xff, 4 << HASH_BITS);
  startTokens();
  const full = TOKENS + ((TOKEN_LIMIT - TOKEN_SLACK) << 2);
  const lastStart = <i32>size - <i32>MIN_MATCH;
  let token: usize = TOKENS;
  let blockStart = 0;
  let i = 0;
  while (i <= lastStart) {
    if (token > full) {
      writeBlock(blockStart, i, token);
      startTokens();
      token = TOKENS;
      blockStart = i;
    }
    let candidate = insert(i);
    let floor = max(i - WINDOW, -1);
    let match: u32 = 0;
    if (candidate > floor) {
      match = longestMatch(
        i,
        candidate,
        floor,
        MIN_MATCH - 1,
        min(MAX_MATCH, size - i),
        depth,
        nice,
      );
    }
    if (!match) {
      token = putLiteral(token, i++);
      continue;
    }
    let next = i + 1;
    while (match >>> 16 < lazy && next <= lastStart) {
      candidate = insert(next);
      floor = max(next - WINDOW, -1);
      const limit = min(MAX_MATCH, size - next);
      let better: u32 = 0;
      if (candidate > floor && match >>> 16 < limit) {
        better = longestMatch(next, candidate, floor, match >>> 16, limit, depth, nice);
      }
      next++;
      if (!better) break;
      token = putLiteral(token, i++);
      match = better;
    }
    token = putMatch(token, match >>> 16, match & 0xffff);
    i += <i32>(match >>> 16);
    for (const end = min(i, lastStart + 1); next < end; next++) insert(next);
  }
  while (i < <i32>size) token = putLiteral(token, i++);
  if (token > TOKENS) writeBlock(blockStart, size, token);
}

// ---- Codes ---------------------------------------------------------------------------------------------------------

/** Code lengths of at most `maxLength` bits for `count` frequencies; always at least two codes, so every code is complete. */
function buildLengths(freq: usize, count: i32, maxLength: i32, lens: usize): void {
  memory.fill(lens, 0, count);
  let n = 0;
  for (let symbol = 0; symbol < count; symbol++) {
    const f = load<u32>(freq + (symbol << 2));
    if (f) store<u32>(SORT_KEYS + (n++ << 2), (f << 9) | symbol);
  }
  for (let symbol = 0; n < 2; symbol++) {
    if (!load<u32>(freq + (symbol << 2))) store<u32>(SORT_KEYS + (n++ << 2), (1 << 9) | symbol);
  }
  sortKeys(n);
  for (let k = 0; k < n; k++) store<u32>(WEIGHTS + (k << 2), load<u32>(SORT_KEYS + (k << 2)) >>> 9);
  minimumRedundancy(n);

  memory.fill(LEN_COUNTS, 0, 64 * 4);
  for (let k = 0; k < n; k++) {
    countUp(LEN_COUNTS + ((<usize>min(load<u32>(WEIGHTS + (k << 2)), <u32>maxLength)) << 2));
  }
  // Codes cut to the limit overfill the code space: lengthen shorter ones until it is exactly full.
  let used: u32 = 0;
  for (let k = 1; k <= maxLength; k++) used += load<u32>(LEN_COUNTS + (k << 2)) << (maxLength - k);
  while (used > (<u32>1) << maxLength) {
    const deepest = LEN_COUNTS + (maxLength << 2);
    store<u32>(deepest, load<u32>(deepest) - 1);
    for (let k = maxLength - 1; k > 0; k--) {
      const at = LEN_COUNTS + (k << 2);
      if (load<u32>(at)) {
        store<u32>(at, load<u32>(at) - 1);
        store<u32>(at + 4, load<u32>(at + 4) + 2);
        break;
      }
    }
    used--;
  }
  let k = n;
  for (let length = 1; length <= maxLength; length++) {
    for (let left = load<u32>(LEN_COUNTS + (length << 2)); left > 0; left--) {
      k--;
      store<u8>(lens + (load<u32>(SORT_KEYS + (k << 2)) & 511), length);
    }
  }
}

/** Shell sort: keys are unique, so the order is settled, and n is at most 286. */
function sortKeys(n: i32): void {
  for (
    let gap = n > 40 ? 40 : n > 13 ? 13 : 4;
    gap > 0;
    gap = gap > 13 ? 13 : gap > 4 ? 4 : gap > 1 ? 1 : 0
  ) {
    for (let k = gap; k < n; k++) {
      const key = load<u32>(SORT_KEYS + (k << 2));
      let j = k;
      while (j >= gap) {
        const other = load<u32>(SORT_KEYS + ((j - gap) << 2));
        if (other <= key) break;
        store<u32>(SORT_KEYS + (j << 2), other);
        j -= gap;
      }
      store<u32>(SORT_KEYS + (j << 2), key);
    }
  }
}

function weight(k: i32): i32 {
  return load<i32>(WEIGHTS + (k << 2));
}

function setWeight(k: i32, value: i32): void {
  store<i32>(WEIGHTS + (k << 2), value);
}

/** Moffat and Katajainen, in place: ascending weights become their code lengths, n at least 2. */
function minimumRedundancy(n: i32): void {
  setWeight(0, weight(0) + weight(1));
  let root = 0;
  let leaf = 2;
  for (let next = 1; next < n - 1; next++) {
    if (leaf >= n || weight(root) < weight(leaf)) {
      setWeight(next, weight(root));
      setWeight(root++, next);
    } else {
      setWeight(next, weight(leaf++));
    }
    if (leaf >= n || (root < next && weight(root) < weight(leaf))) {
      setWeight(next, weight(next) + weight(root));
      setWeight(root++, next);
    } else {
      setWeight(next, weight(next) + weight(leaf++));
    }
  }
  setWeight(n - 2, 0);
  for (let next = n - 3; next >= 0; next--) setWeight(next, weight(weight(next)) + 1);
  let available = 1;
  let used = 0;
  let depth = 0;
  root = n - 2;
  let next = n - 1;
  while (available > 0) {
    while (root >= 0 && weight(root) === depth) {
      used++;
      root--;
    }
    while (available > used) {
      setWeight(next--, depth);
      available--;
    }
    available = 2 * used;
    depth++;
    used = 0;
  }
}

/** Canonical codes (RFC 1951 §3.2.2), bit-reversed, length in the top byte. */
function assignCodes(lens: usize, count: i32, codes: usize): void {
  memory.fill(LEN_COUNTS, 0, 64 * 4);
  for (let k = 0; k < count; k++) countUp(LEN_COUNTS + ((<usize>load<u8>(lens + k)) << 2));
  let code: u32 = 0;
  store<u32>(LEN_COUNTS, 0);
  for (let length = 1; length <= 15; length++) {
    code = (code + load<u32>(LEN_COUNTS + ((length - 1) << 2))) << 1;
    store<u32>(NEXT_CODES + (length << 2), code);
  }
  for (let k = 0; k < count; k++) {
    const length = <u32>load<u8>(lens + k);
    let entry: u32 = 0;
    if (length) {
      const at = NEXT_CODES + (length << 2);
      let straight = load<u32>(at);
      store<u32>(at, straight + 1);
      for (let bit: u32 = 0; bit < length; bit++) {
        entry = (entry << 1) | (straight & 1);
        straight >>>= 1;
      }
      entry |= length << 24;
    }
    store<u32>(codes + (k << 2), entry);
  }
}

// ---- Writing -------------------------------------------------------------------------------------------------------

/** At most 48 bits at a time. */
function putBits(value: u64, count: u32): void {
  bitBuffer |= value << bitCount;
  bitCount += count;
  if (bitCount >= 16) flushBits();
}

/** Writes the whole bytes that are waiting; at most 7 bits stay. */
function flushBits(): void {
  store<u64>(out, bitBuffer);
  out += bitCount >>> 3;
  bitBuffer >>>= bitCount & ~7;
  bitCount &= 7;
}

function writeStored(from: u32, to: u32): void {
  do {
    const size = min(to - from, MAX_STORED);
    putBits(0, 3);
    bitCount = (bitCount + 7) & ~7;
    putBits((<u64>size) | ((<u64>(size ^ 0xffff)) << 16), 32);
    flushBits();
    memory.copy(out, INPUT + from, size);
    out += size;
    from += size;
  } while (from < to);
  endsStored = true;
}

function tokenBits(litLens: usize, distLens: usize): u32 {
  let bits: u32 = 0;
  for (let k = 0; k < LIT_COUNT; k++)
    bits += load<u32>(LIT_FREQ + (k << 2)) * <u32>load<u8>(litLens + k);
  for (let k = 0; k < DIST_COUNT; k++)
    bits += load<u32>(DIST_FREQ + (k << 2)) * <u32>load<u8>(distLens + k);
  return bits;
}

/** Turns the code lengths of both alphabets into the header's run-length symbols (RFC 1951 §3.2.7); returns their end. */
function collectRuns(litUsed: i32, distUsed: i32): usize {
  memory.copy(ALL_LENS, LIT_LENS, litUsed);
  memory.copy(ALL_LENS + litUsed, DIST_LENS, distUsed);
  memory.fill(CL_FREQ, 0, 32 * 4);
  const total = litUsed + distUsed;
  let run: usize = RUNS;
  let k = 0;
  while (k < total) {
    const value = <i32>load<u8>(ALL_LENS + k);
    let length = 1;
    while (k + length < total && <i32>load<u8>(ALL_LENS + k + length) === value) length++;
    k += length;
    if (value) {
      run = putRun(run, value, 0);
      length--;
    }
    while (length >= 3) {
      if (value) {
        const part = min(length, 6);
        run = putRun(run, 16, part - 3);
        length -= part;
      } else if (length >= 11) {
        const part = min(length, 138);
        run = putRun(run, 18, part - 11);
        length -= part;
      } else {
        run = putRun(run, 17, length - 3);
        length = 0;
      }
    }
    for (; length > 0; length--) run = putRun(run, value, 0);
  }
  return run;
}

function putRun(run: usize, symbol: i32, extra: i32): usize {
  store<u32>(run, symbol | (extra << 8));
  countUp(CL_FREQ + (symbol << 2));
  return run + 4;
}

function runExtraBits(symbol: u32): u32 {
  return symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
}

/** Writes the tokens, which stand for the input bytes from `from` to `to`, in the cheapest of the three block types. */
function writeBlock(from: u32, to: u32, tokensEnd: usize): void {
  store<u32>(LIT_FREQ + END_OF_BLOCK * 4, 1);
  buildLengths(LIT_FREQ, LIT_COUNT, 15, LIT_LENS);
  buildLengths(DIST_FREQ, DIST_COUNT, 15, DIST_LENS);
  let litUsed = LIT_COUNT;
  while (litUsed > 257 && !load<u8>(LIT_LENS + litUsed - 1)) litUsed--;
  let distUsed = DIST_COUNT;
  while (distUsed > 1 && !load<u8>(DIST_LENS + distUsed - 1)) distUsed--;
  const runsEnd = collectRuns(litUsed, distUsed);
  buildLengths(CL_FREQ, CL_COUNT, 7, CL_LENS);
  let clUsed = CL_COUNT;
  while (clUsed > 4 && !load<u8>(CL_LENS + load<u8>(CL_ORDER + clUsed - 1))) clUsed--;

  let extraBits: u32 = 0;
  for (let k = 8; k < 28; k++) {
    extraBits += load<u32>(LIT_FREQ + ((257 + k) << 2)) * <u32>load<u8>(LENGTH_EXTRA + k);
  }
  for (let k = 4; k < DIST_COUNT; k++)
    extraBits += load<u32>(DIST_FREQ + (k << 2)) * ((k >> 1) - 1);
  let dynamicBits = 3 + 14 + 3 * clUsed + extraBits + tokenBits(LIT_LENS, DIST_LENS);
  for (let symbol = 0; symbol < CL_COUNT; symbol++) {
    const bits = <u32>load<u8>(CL_LENS + symbol) + runExtraBits(symbol);
    dynamicBits += load<u32>(CL_FREQ + (symbol << 2)) * bits;
  }
  const fixedBits = 3 + extraBits + tokenBits(FIXED_LIT_LENS, FIXED_DIST_LENS);
  const size = to - from;
  const storedBits = 8 * (size + 5 * ((size + MAX_STORED - 1) / MAX_STORED));

  if (storedBits <= min(dynamicBits, fixedBits)) {
    writeStored(from, to);
    return;
  }
  endsStored = false;
  if (fixedBits <= dynamicBits) {
    putBits(0b010, 3);
    writeTokens(tokensEnd, FIXED_LIT_CODES, FIXED_DIST_CODES);
    return;
  }
  putBits(0b100, 3);
  putBits((litUsed - 257) | ((distUsed - 1) << 5) | ((clUsed - 4) << 10), 14);
  for (let k = 0; k < clUsed; k++) putBits(load<u8>(CL_LENS + load<u8>(CL_ORDER + k)), 3);
  assignCodes(CL_LENS, CL_COUNT, CL_CODES);
  for (let run = RUNS; run < runsEnd; run += 4) {
    const symbol = load<u32>(run) & 255;
    const code = load<u32>(CL_CODES + (symbol << 2));
    const length = code >>> 24;
    putBits((code & 0xffffff) | ((load<u32>(run) >>> 8) << length), length + runExtraBits(symbol));
  }
  assignCodes(LIT_LENS, LIT_COUNT, LIT_CODES);
  assignCodes(DIST_LENS, DIST_COUNT, DIST_CODES);
  writeTokens(tokensEnd, LIT_CODES, DIST_CODES);
}

function writeTokens(end: usize, litCodes: usize, distCodes: usize): void {
  for (let k: u32 = 0; k < 256; k++) {
    const index = <u32>load<u8>(LENGTH_INDEX + k);
    const code = load<u32>(litCodes + ((257 + index) << 2));
    const length = code >>> 24;
    const value = (code & 0xffffff) | ((k - load<u8>(LENGTH_BASE + index)) << length);
    store<u32>(MATCH_CODES + (k << 2), value | ((length + load<u8>(LENGTH_EXTRA + index)) << 24));
  }
  // Locals, as globals would be written back at every token.
  let at = out;
  let buffer = bitBuffer;
  let count = <u64>bitCount;
  for (let token: usize = TOKENS; token < end; token += 4) {
    const t = load<u32>(token);
    if (t < 256) {
      const code = load<u32>(litCodes + (t << 2));
      buffer |= (<u64>(code & 0xffffff)) << count;
      count += code >>> 24;
    } else {
      const code = load<u32>(MATCH_CODES + (((t >>> 15) & 255) << 2));
      buffer |= (<u64>(code & 0xffffff)) << count;
      count += code >>> 24;
      const d = t & 0x7fff;
      const symbol = distanceCode(d);
      const distCode = load<u32>(distCodes + (symbol << 2));
      buffer |= (<u64>(distCode & 0xffffff)) << count;
      count += distCode >>> 24;
      if (d >= 4) {
        const extra = (symbol >>> 1) - 1;
        buffer |= ((<u64>d) & (((<u64>1) << extra) - 1)) << count;
        count += extra;
      }
    }
    if (count >= 16) {
      store<u64>(at, buffer);
      at += <usize>(count >>> 3);
      buffer >>>= count & ~7;
      count &= 7;
    }
  }
  out = at;
  bitBuffer = buffer;
  bitCount = <u32>count;
  const endCode = load<u32>(litCodes + (END_OF_BLOCK << 2));
  putBits(endCode & 0xffffff, endCode >>> 24);
}
