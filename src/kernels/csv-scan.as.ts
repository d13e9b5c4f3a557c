/**
 * Finds where the fields of CSV records end, 64 bytes at a time, and stops at anything unusual.
 * AssemblyScript, compiled by build.mjs; the typed door to it is csv-scan.ts, which asks the twin about what is unusual.
 *
 * Quotes are followed as Langdale and Lemire do, "Parsing gigabytes of JSON per second" (2019): the running xor of the quotes
 * tells what lies inside. That holds only while every quote opens a field, closes it or is doubled, so this is checked.
 */

const MAX_INPUT: usize = 1 << 14;
const MAX_ENDS: usize = 1 << 20;
const BLOCK: usize = 64;
/** How many blocks of four vectors a lane of one byte can count line feeds of. */
const COUNTED_BLOCKS: usize = 63;
/** Everything below belongs to the compiler. */
const ENDS: usize = 65536;
/** The limit is looked at between stretches of counted blocks; ends are written a few at a time. */
const ENDS_PAD: usize = (COUNTED_BLOCKS + 1) * BLOCK;
const INPUT: usize = ENDS + ((MAX_ENDS + ENDS_PAD) << 2);
const MEMORY_END: usize = INPUT + MAX_INPUT + BLOCK;

const CR: u8 = 13;
const LF: u8 = 10;

let delimiter: u8 = 0;
let quote: u8 = 0;
let comment: u8 = 0;
/** All ones or none. */
let quotes: v128 = i64x2.splat(0);
let comments: u64 = 0;
let stopsAtEmptyLines: bool = false;
/** Every block needs the whole look. */
let isCareful: bool = false;
let columnCount: usize = 1;
let limit: usize = 0;

/** After the last end written. */
let out: usize = ENDS;
let rows: usize = 0;
let lines: usize = 0;
let breaks: u32 = 0;
let walked: u32 = 0;

// What the byte before a block was: all ones where it lay inside quotes, else one bit each.
let inside: u64 = 0;
let wasSeparator: u64 = 1;
let wasLineEnd: u64 = 1;
let wasClosing: u64 = 0;
let wasCrAfterClosing: u64 = 0;
let wasOnlyCr: u64 = 0;

/** Address of the input area: 16 KiB for the caller to write to. */
export function inputAddress(): usize {
  return INPUT;
}

/** Address of the ends: 1 Mi and some more words, which the caller may write to as well. */
export function endsAddress(): usize {
  return ENDS;
}

/** Grows the memory; to be called once. False when the memory cannot be had. */
export function setUp(): bool {
  if (__heap_base > ENDS) return false;
  const pages = <i32>((MEMORY_END + 65535) >>> 16);
  return pages <= memory.size() || memory.grow(pages - memory.size()) >= 0;
}

/**
 * Sets the bytes to look for (quote and comment: -1 for none; delimiter and quote are neither alike nor a line feed), the number of
 * columns (1 or more) and after how many ends to stop (up to 1 Mi).
 */
export function setDialect(
  newDelimiter: i32,
  newQuote: i32,
  newComment: i32,
  newStopsAtEmptyLines: bool,
  newColumnCount: usize,
  newLimit: usize,
): void {
  delimiter = <u8>newDelimiter;
  quote = <u8>newQuote;
  quotes = i64x2.splat(newQuote >= 0 ? -1 : 0);
  comment = <u8>newComment;
  comments = newComment >= 0 ? -1 : 0;
  stopsAtEmptyLines = newStopsAtEmptyLines;
  isCareful = newComment >= 0 || newStopsAtEmptyLines;
  columnCount = newColumnCount;
  limit = newLimit;
}

/** Begins at a record's start, behind `rowCount` rows whose ends stand there already. */
export function begin(rowCount: usize): void {
  rows = rowCount;
  lines = rowCount;
  out = ENDS + ((rowCount * columnCount) << 2);
  breaks = 0;
  inside = 0;
  wasSeparator = 1;
  wasLineEnd = 1;
  wasClosing = 0;
  wasCrAfterClosing = 0;
  wasOnlyCr = 0;
}

/**
 * Walks the first `size` bytes of the input area, which stand at `offset` in the source, where the last walk ended. `size` is up to
 * 16 KiB, and a multiple of 64 where another walk follows; `filler` is a byte that the dialect gives no meaning.
 * False: something unusual is in the record after those of `rowCount`, or within 64 bytes of the end, or the limit is reached.
 */
export function scan(size: usize, offset: u32, filler: i32): bool {
  const end = INPUT + size;
  const fill = i8x16.splat(<i8>filler);
  for (let k: usize = 0; k < BLOCK; k += 16) v128.store(end + k, fill);
  const delimiterLanes = i8x16.splat(delimiter);
  const quoteLanes = i8x16.splat(quote);
  const lineFeedLanes = i8x16.splat(LF);
  const enabled = quotes;
  const always = isCareful;
  const toOffset = offset - <u32>INPUT;
  const outEnd = ENDS + (limit << 2);
  let at = INPUT;
  let to = out;
  let isUsual = true;
  while (at < end && isUsual && to < outEnd) {
    const countEnd = min(end, at + COUNTED_BLOCKS * BLOCK);
    let counts = i8x16.splat(0);
    while (at < countEnd) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      const quoteA = i8x16.eq(a, quoteLanes);
      const quoteB = i8x16.eq(b, quoteLanes);
      const quoteC = i8x16.eq(c, quoteLanes);
      const quoteD = i8x16.eq(d, quoteLanes);
      const feedA = i8x16.eq(a, lineFeedLanes);
      const feedB = i8x16.eq(b, lineFeedLanes);
      const feedC = i8x16.eq(c, lineFeedLanes);
      const feedD = i8x16.eq(d, lineFeedLanes);
      const anyQuote = v128.and(v128.or(v128.or(quoteA, quoteB), v128.or(quoteC, quoteD)), enabled);
      let separators: u64;
      if (!v128.any_true(anyQuote) && (inside | wasClosing | wasCrAfterClosing) === 0 && !always) {
        separators = mask(
          v128.or(i8x16.eq(a, delimiterLanes), feedA),
          v128.or(i8x16.eq(b, delimiterLanes), feedB),
          v128.or(i8x16.eq(c, delimiterLanes), feedC),
          v128.or(i8x16.eq(d, delimiterLanes), feedD),
        );
        wasSeparator = separators >> 63;
        // A lane is −1 where it holds a line feed.
        counts = i8x16.sub(counts, i8x16.add(i8x16.add(feedA, feedB), i8x16.add(feedC, feedD)));
      } else {
        const quoteMask = mask(
          v128.and(quoteA, enabled),
          v128.and(quoteB, enabled),
          v128.and(quoteC, enabled),
          v128.and(quoteD, enabled),
        );
        const feeds = mask(feedA, feedB, feedC, feedD);
        const crs = matches(at, CR);
        const all = feeds | matches(at, delimiter);
        const within = prefixXor(quoteMask) ^ inside;
        separators = all & ~within;
        const ending = feeds & ~within;
        const opening = quoteMask & within;
        const closing = quoteMask & ~within;
        const afterSeparator = (separators << 1) | wasSeparator;
        const afterClosing = (closing << 1) | wasClosing;
        const crAfterClosing = afterClosing & crs;
        const afterCr = (crAfterClosing << 1) | wasCrAfterClosing;
        let unusual =
          (opening & ~(afterSeparator | afterClosing)) |
          (afterClosing & ~(all | quoteMask | crs)) |
          (afterCr & ~feeds);
        if (always) {
          const onlyCr = crs & afterSeparator;
          if (stopsAtEmptyLines) unusual |= ending & (afterSeparator | (onlyCr << 1) | wasOnlyCr);
          if (comments !== 0) unusual |= ((ending << 1) | wasLineEnd) & matches(at, comment);
          wasOnlyCr = onlyCr >> 63;
          wasLineEnd = ending >> 63;
        }
        if (unusual !== 0) {
          isUsual = false;
          break;
        }
        inside = <u64>((<i64>within) >> 63);
        wasSeparator = separators >> 63;
        wasClosing = closing >> 63;
        wasCrAfterClosing = crAfterClosing >> 63;
        lines += <usize>popcnt(ending);
        breaks += <u32>popcnt(feeds & within);
      }
      const blockEnd = to + ((<usize>popcnt(separators)) << 2);
      const blockOffset = <u32>at + toOffset;
      // Four at a time, also where there are fewer: what is too much is written over.
      while (to < blockEnd) {
        store<u32>(to, blockOffset + <u32>ctz(separators));
        separators &= separators - 1;
        store<u32>(to, blockOffset + <u32>ctz(separators), 4);
        separators &= separators - 1;
        store<u32>(to, blockOffset + <u32>ctz(separators), 8);
        separators &= separators - 1;
        store<u32>(to, blockOffset + <u32>ctz(separators), 12);
        separators &= separators - 1;
        to += 16;
      }
      to = blockEnd;
      at += BLOCK;
    }
    lines += sum(counts);
  }
  out = to;
  walked = <u32>min(at, end) + toOffset;
  return hasShape(toOffset) && isUsual && at >= end;
}

/** Whole records found, counted from `begin`'s; their ends stand from the first word on. */
export function rowCount(): usize {
  return rows;
}

/** Line feeds outside quotes before `walkedTo`, counted from `begin`'s rows. */
export function lineCount(): usize {
  return lines;
}

/** Line feeds inside quotes before `walkedTo`, since `begin`. */
export function breakCount(): u32 {
  return breaks;
}

/** Where in the source the last walk ended. */
export function walkedTo(): u32 {
  return walked;
}

/** Whether every record found has its columns; counts those that the last walk completed. */
function hasShape(toOffset: u32): bool {
  const whole = ((out - ENDS) >> 2) / columnCount;
  // As many line feeds as records, and one at the end of each: there is none elsewhere.
  if (whole !== lines) return false;
  if (columnCount > 1) {
    const step = columnCount << 2;
    let wrong: u32 = 0;
    for (let at = ENDS + (rows + 1) * step - 4; at < out; at += step)
      wrong |= (<u32>load<u8>(<usize>(load<u32>(at) - toOffset))) ^ LF;
    if (wrong !== 0) return false;
  }
  rows = whole;
  return true;
}

/** Which of the 64 bytes at `at` are `byte`. */
function matches(at: usize, byte: u8): u64 {
  const lanes = i8x16.splat(byte);
  return mask(
    i8x16.eq(v128.load(at), lanes),
    i8x16.eq(v128.load(at, 16), lanes),
    i8x16.eq(v128.load(at, 32), lanes),
    i8x16.eq(v128.load(at, 48), lanes),
  );
}

/** The high bits of 64 lanes. */
function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  const front = (<u32>i8x16.bitmask(a)) | ((<u32>i8x16.bitmask(b)) << 16);
  const back = (<u32>i8x16.bitmask(c)) | ((<u32>i8x16.bitmask(d)) << 16);
  return (<u64>front) | ((<u64>back) << 32);
}

/** Bit k: whether an odd number of bits 0 to k is set. */
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

/** The sum of 16 unsigned bytes. */
function sum(counts: v128): u32 {
  const fours = i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_u(counts));
  return (
    i32x4.extract_lane(fours, 0) +
    i32x4.extract_lane(fours, 1) +
    i32x4.extract_lane(fours, 2) +
    i32x4.extract_lane(fours, 3)
  );
}
