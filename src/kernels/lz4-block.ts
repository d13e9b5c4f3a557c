/** Unpacks LZ4 blocks (lz4_Block_format.md), bounded by the room given. */

/**
 * Unpacks the block `input` to out[at…] and gives where it ended there. Matches may reach back to out[0] (linked blocks of a
 * frame). Throws RangeError for a block that is not intact or does not fit.
 */
export function unpackLz4Block(input: Uint8Array, out: Uint8Array, at: number): number {
  const end = input.length;
  let from = 0;
  let to = at;
  const more = (start: number): number => {
    let length = start;
    for (;;) {
      if (from >= end) throw new RangeError('lz4 block ends early');
      const b = input[from++]!;
      length += b;
      if (b < 255) return length;
    }
  };
  while (from < end) {
    const token = input[from++]!;
    let literals = token >> 4;
    if (literals === 15) literals = more(15);
    if (literals > end - from || literals > out.length - to)
      throw new RangeError('lz4 literals beyond the end');
    if (literals < 24) for (let k = 0; k < literals; k++) out[to + k] = input[from + k]!;
    else out.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === end) return to;
    if (from + 2 > end) throw new RangeError('lz4 block ends early');
    const back = input[from]! | (input[from + 1]! << 8);
    from += 2;
    let length = token & 15;
    if (length === 15) length = more(15);
    length += 4;
    if (back === 0 || back > to || length > out.length - to)
      throw new RangeError('lz4 match out of range');
    const start = to - back;
    if (length < 24 || back < length)
      for (let k = 0; k < length; k++) out[to + k] = out[start + k]!;
    else out.copyWithin(to, start, start + length);
    to += length;
  }
  return to;
}
