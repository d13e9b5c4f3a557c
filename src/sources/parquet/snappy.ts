// Unpacks snappy blocks (google/snappy format_description.txt).
import { insist } from './fault.ts';

const broken = 'a page is not intact snappy data';

/** The unpacked bytes, which must be `size`. */
export function unpackSnappy(input: Uint8Array, size: number): Uint8Array {
  let at = 0;
  let said = 0;
  for (let unit = 1; ; unit *= 128) {
    insist(at < input.length && at < 5, broken);
    const b = input[at++]!;
    said += (b & 127) * unit;
    if (b < 128) break;
  }
  insist(said === size, broken);
  const out = new Uint8Array(size);
  const end = input.length;
  let to = 0;
  while (at < end) {
    const tag = input[at++]!;
    let length = tag >> 2;
    if ((tag & 3) === 0) {
      if (length >= 60) {
        const more = length - 59;
        insist(at + more <= end, broken);
        length = 0;
        for (let k = 0; k < more; k++) length += input[at + k]! * 2 ** (8 * k);
        at += more;
      }
      length++;
      insist(length <= end - at && length <= size - to, broken);
      if (length < 24) for (let k = 0; k < length; k++) out[to + k] = input[at + k]!;
      else out.set(input.subarray(at, at + length), to);
      at += length;
      to += length;
      continue;
    }
    let back: number;
    if ((tag & 3) === 1) {
      length = (length & 7) + 4;
      back = ((tag >> 5) << 8) | input[at++]!;
    } else if ((tag & 3) === 2) {
      length++;
      back = input[at]! | (input[at + 1]! << 8);
      at += 2;
    } else {
      length++;
      back =
        (input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16) | (input[at + 3]! << 24)) >>>
        0;
      at += 4;
    }
    insist(at <= end && back > 0 && back <= to && length <= size - to, broken);
    const from = to - back;
    if (length < 24 || back < length) for (let k = 0; k < length; k++) out[to + k] = out[from + k]!;
    else out.copyWithin(to, from, from + length);
    to += length;
  }
  insist(to === size, broken);
  return out;
}
