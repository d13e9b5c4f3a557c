// The header of a gzip member (RFC 1952 §2.3).

/** No honest header is longer; a file name may be. */
const LONGEST = 128 * 1024;

const CHECKSUM = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;

/** Length of the header these bytes begin with; `more` when they end inside it, `wrong` when it is none. */
export function headerLength(bytes: Uint8Array): number | 'more' | 'wrong' {
  const magic = [0x1f, 0x8b, 8];
  for (let i = 0; i < magic.length; i++) {
    if (i === bytes.length) return 'more';
    if (bytes[i] !== magic[i]) return 'wrong';
  }
  if (bytes.length < 10) return 'more';
  const flags = bytes[3]!;
  if (flags & RESERVED) return 'wrong';
  let at = 10;
  if (flags & EXTRA) {
    if (bytes.length < at + 2) return 'more';
    at += 2 + bytes[at]! + 256 * bytes[at + 1]!;
  }
  for (const text of [NAME, COMMENT]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return bytes.length > LONGEST ? 'wrong' : 'more';
    at = end + 1;
  }
  if (flags & CHECKSUM) at += 2;
  return at <= bytes.length ? at : 'more';
}
