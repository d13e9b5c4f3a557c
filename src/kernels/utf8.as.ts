/**
 * UTF-8 check and line count (Unicode 16, §3.9, table 3-7), 64 bytes at a time.
 * AssemblyScript, compiled by build.mjs; the typed door to it is utf8.ts, which leaves the exact end to the twin.
 *
 * ASCII goes by an or of its high bits; everything else by the table look-ups of Keiser and Lemire, "Validating UTF-8 in
 * less than one instruction per byte" (2021). Nothing is carried from one call to the next.
 */

const MAX_INPUT: usize = 1 << 18;
const BLOCK: usize = 64;
/** Loads reach up to four bytes back; nothing writes before the input, so zeros stand there. */
const PAD: usize = 64;
/** Everything below belongs to the compiler. */
const INPUT: usize = 65536;
const MEMORY_END: usize = INPUT + MAX_INPUT;
/** How many blocks of four vectors a lane of one byte can count line feeds of. */
const COUNTED_BLOCKS: usize = 63;

// What two neighbours can have wrong, one bit each; it is wrong when all three tables say so.
/** A lead, then no continuation. */
const TOO_SHORT: u8 = 1 << 0;
/** ASCII, then a continuation. */
const TOO_LONG: u8 = 1 << 1;
/** E0, then 80 to 9F. */
const OVERLONG_3: u8 = 1 << 2;
/** F4 to FF, then 90 to BF. */
const TOO_LARGE: u8 = 1 << 3;
/** ED, then A0 to BF. */
const SURROGATE: u8 = 1 << 4;
/** C0 or C1, then a continuation. */
const OVERLONG_2: u8 = 1 << 5;
/** F5 to FF, then 80 to 8F. */
const TOO_LARGE_1000: u8 = 1 << 6;
/** F0, then 80 to 8F; shares a bit with another lead's mistake. */
const OVERLONG_4: u8 = 1 << 6;
/** Two continuations: right, and only right, where a lead of three or four bytes stands before them. */
const TWO_CONTS: u8 = 1 << 7;

/** What hangs on the high halves of two neighbours alone. */
const CARRY: u8 = TOO_SHORT | TOO_LONG | TWO_CONTS;
const LARGE: u8 = CARRY | TOO_LARGE | TOO_LARGE_1000;
const CONT: u8 = TOO_LONG | OVERLONG_2 | TWO_CONTS;

/** By the high half of a byte, what it and its follower can have wrong. */
const LEAD_HIGH: v128 = i8x16(
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TOO_LONG,
  TWO_CONTS,
  TWO_CONTS,
  TWO_CONTS,
  TWO_CONTS,
  TOO_SHORT | OVERLONG_2,
  TOO_SHORT,
  TOO_SHORT | OVERLONG_3 | SURROGATE,
  TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
);
/** By the low half of the same byte. */
const LEAD_LOW: v128 = i8x16(
  CARRY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
  CARRY | OVERLONG_2,
  CARRY,
  CARRY,
  CARRY | TOO_LARGE,
  LARGE,
  LARGE,
  LARGE,
  LARGE,
  LARGE,
  LARGE,
  LARGE,
  LARGE,
  LARGE | SURROGATE,
  LARGE,
  LARGE,
);
/** By the high half of its follower. */
const NEXT_HIGH: v128 = i8x16(
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  CONT | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
  CONT | OVERLONG_3 | TOO_LARGE,
  CONT | SURROGATE | TOO_LARGE,
  CONT | SURROGATE | TOO_LARGE,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
  TOO_SHORT,
);

let lines: u32 = 0;
let isAllAscii: bool = true;

/** Address of the input area: 256 KiB for the caller to write to. */
export function inputAddress(): usize {
  return INPUT;
}

/** Grows the memory; to be called once. False when the memory cannot be had. */
export function setUp(): bool {
  if (__heap_base > INPUT - PAD) return false;
  const pages = <i32>((MEMORY_END + 65535) >>> 16);
  return pages <= memory.size() || memory.grow(pages - memory.size()) >= 0;
}

/**
 * Walks the first `size` bytes of the input area: a multiple of 64 up to 256 KiB, which begins with a character.
 * Returns the length of a well-formed part in whole characters. At most 3 bytes less than `size`: there is nothing wrong,
 * but the last character may be cut. 64 less or more: something within the 67 bytes behind that length is ill-formed.
 */
export function scan(size: usize): usize {
  const end = INPUT + size;
  const lineFeed = i8x16.splat(10);
  let at = INPUT;
  let wideAt = end;
  let isOpen = false;
  let isWrong = false;
  lines = 0;
  while (at < end && !isWrong) {
    const countEnd = min(end, at + COUNTED_BLOCKS * BLOCK);
    let counts = i8x16.splat(0);
    while (at < countEnd) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      if (i8x16.bitmask(v128.or(v128.or(a, b), v128.or(c, d))) === 0) {
        isWrong = isOpen;
      } else {
        if (wideAt === end) wideAt = at;
        isWrong = !isSound(at);
        isOpen = unfinished(at + BLOCK) !== 0;
      }
      if (isWrong) break;
      // A lane is −1 where it holds a line feed.
      const front = i8x16.add(i8x16.eq(a, lineFeed), i8x16.eq(b, lineFeed));
      const back = i8x16.add(i8x16.eq(c, lineFeed), i8x16.eq(d, lineFeed));
      counts = i8x16.sub(counts, i8x16.add(front, back));
      at += BLOCK;
    }
    lines += sum(counts);
  }
  at -= unfinished(at);
  while (wideAt < at && load<u8>(wideAt) < 0x80) wideAt++;
  isAllAscii = wideAt >= at;
  return at - INPUT;
}

/** Line feeds in the part that the last `scan` returned. */
export function lineCount(): u32 {
  return lines;
}

/** Whether that part is ASCII. */
export function isAscii(): bool {
  return isAllAscii;
}

/** Whether each of the 64 bytes at `at` can stand behind those before it. */
function isSound(at: usize): bool {
  const nibble = i8x16.splat(0x0f);
  let wrong = i8x16.splat(0);
  for (const end = at + BLOCK; at < end; at += 16) {
    const before = v128.load(at - 1);
    const byLeadHigh = i8x16.swizzle(LEAD_HIGH, v128.and(i16x8.shr_u(before, 4), nibble));
    const byLeadLow = i8x16.swizzle(LEAD_LOW, v128.and(before, nibble));
    const byNextHigh = i8x16.swizzle(NEXT_HIGH, v128.and(i16x8.shr_u(v128.load(at), 4), nibble));
    const pairs = v128.and(v128.and(byLeadHigh, byLeadLow), byNextHigh);
    // Their high bit stays where a third or fourth byte is due.
    const third = i8x16.sub_sat_u(v128.load(at - 2), i8x16.splat(<i8>(0xe0 - 0x80)));
    const fourth = i8x16.sub_sat_u(v128.load(at - 3), i8x16.splat(<i8>(0xf0 - 0x80)));
    const due = v128.and(v128.or(third, fourth), i8x16.splat(<i8>TWO_CONTS));
    wrong = v128.or(wrong, v128.xor(due, pairs));
  }
  return !v128.any_true(wrong);
}

/** Bytes (0 to 3) before `at` that begin a sequence which goes on at `at`; those before are well-formed. */
function unfinished(at: usize): u32 {
  const last = load<u32>(at - 4);
  if (last >= 0xc0000000) return 1;
  if ((last & 0x00ff0000) >= 0x00e00000) return 2;
  return (last & 0x0000ff00) >= 0x0000f000 ? 3 : 0;
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
