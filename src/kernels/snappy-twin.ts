// Unpacks snappy blocks in plain TypeScript (google/snappy format_description.txt): the reference of the kernel.

/** Above it one call is faster than bytes one by one. */
const LONG = 32;

/** The unpacked size that a block begins with, and where its elements begin; null when there is none. */
export function readSnappyHead(input: Uint8Array): { size: number; at: number } | null {
  let at = 0;
  let size = 0;
  for (let unit = 1; at < input.length && at < 5; unit *= 128) {
    const b = input[at++]!;
    size += (b & 127) * unit;
    if (b < 128) return { size, at };
  }
  return null;
}

/** As `unpackSnappy` of the kernel's door documents it. */
export function unpackSnappyPlainly(input: Uint8Array, out: Uint8Array): boolean {
  const head = readSnappyHead(input);
  const size = out.length;
  if (head === null || head.size !== size) return false;
  let { at } = head;
  const end = input.length;
  let to = 0;
  while (at < end) {
    const tag = input[at++]!;
    let length = tag >> 2;
    if ((tag & 3) === 0) {
      if (length >= 60) {
        const more = length - 59;
        if (at + more > end) return false;
        length = 0;
        for (let k = 0; k < more; k++) length += input[at + k]! * 2 ** (8 * k);
        at += more;
      }
      length++;
      if (length > end - at || length > size - to) return false;
      if (length > LONG) out.set(input.subarray(at, at + length), to);
      else for (let k = 0; k < length; k++) out[to + k] = input[at + k]!;
      at += length;
      to += length;
      continue;
    }
    let back = 0;
    let bytes = 4;
    if ((tag & 3) === 1) {
      length = (length & 7) + 4;
      back = (tag >> 5) * 256;
      bytes = 1;
    } else {
      length++;
      if ((tag & 3) === 2) bytes = 2;
    }
    if (at + bytes > end) return false;
    for (let k = 0; k < bytes; k++) back += input[at + k]! * 2 ** (8 * k);
    at += bytes;
    if (back === 0 || back > to || length > size - to) return false;
    const from = to - back;
    if (back >= length) out.copyWithin(to, from, from + length);
    else for (let k = 0; k < length; k++) out[to + k] = out[from + k]!;
    to += length;
  }
  return to === size;
}
