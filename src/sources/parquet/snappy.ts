// Unpacks snappy blocks (google/snappy format_description.txt).
import { copyWords, viewOf } from '../../table/copy-words.ts';
import { insist } from '../../contract/fault.ts';

/** Copying by words may reach so much too far. */
const SLACK_BYTES = 4;
/** Above it one call is faster than words. */
const LONG = 192;

const broken = 'a page is not intact snappy data';

/** The unpacked size that a block begins with, and where its elements begin. */
function readHead(input: Uint8Array): { size: number; at: number } {
  let at = 0;
  let size = 0;
  for (let unit = 1; ; unit *= 128) {
    insist(at < input.length && at < 5, broken);
    const b = input[at++]!;
    size += (b & 127) * unit;
    if (b < 128) return { size, at };
  }
}

/** The size that a block says it unpacks to. */
export function snappySize(input: Uint8Array): number {
  return readHead(input).size;
}

/** The unpacked bytes, which must be `size`. */
export function unpackSnappy(input: Uint8Array, size: number): Uint8Array {
  const head = readHead(input);
  insist(head.size === size, broken);
  let { at } = head;
  const out = new Uint8Array(size + SLACK_BYTES);
  const end = input.length;
  const inputView = viewOf(input);
  const outView = viewOf(out);
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
      if (length > LONG) out.set(input.subarray(at, at + length), to);
      else if (at + length + SLACK_BYTES <= end) copyWords(inputView, at, length, outView, to);
      else for (let k = 0; k < length; k++) out[to + k] = input[at + k]!;
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
    // A word that is copied at once must stand there whole before.
    if (back >= 4) copyWords(outView, from, length, outView, to);
    else for (let k = 0; k < length; k++) out[to + k] = out[from + k]!;
    to += length;
  }
  insist(to === size, broken);
  return out.subarray(0, size);
}
