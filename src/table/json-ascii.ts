// JSON in ASCII alone: what lies beyond it can only stand inside of strings, where it may be escaped.

const HEX = '0123456789abcdef';

/** How many bytes are no ASCII. */
function countBeyond(bytes: Uint8Array): number {
  let count = 0;
  for (const b of bytes) if (b > 127) count++;
  return count;
}

/**
 * The same JSON with every character beyond ASCII as `\uXXXX`, in pairs beyond U+FFFF (RFC 8259 §7). The bytes are whole
 * characters of UTF-8; where all is ASCII they come back themselves.
 */
export function jsonInAscii(bytes: Uint8Array): Uint8Array {
  const beyond = countBeyond(bytes);
  if (beyond === 0) return bytes;
  // Two bytes become 6 at most, three 6, four 12: never more than threefold.
  const out = new Uint8Array(bytes.length + beyond * 2);
  let n = 0;
  const put = (unit: number): void => {
    out[n] = 92;
    out[n + 1] = 117;
    for (let i = 0; i < 4; i++) out[n + 2 + i] = HEX.charCodeAt((unit >> (12 - i * 4)) & 15);
    n += 6;
  };
  for (let i = 0; i < bytes.length;) {
    const b = bytes[i]!;
    if (b < 128) {
      out[n++] = b;
      i++;
      continue;
    }
    const size = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    let codePoint = b & (0x7f >> size);
    for (let k = 1; k < size; k++) codePoint = (codePoint << 6) | (bytes[i + k]! & 0x3f);
    i += size;
    if (codePoint < 0x10000) put(codePoint);
    else {
      put(0xd800 + ((codePoint - 0x10000) >> 10));
      put(0xdc00 + ((codePoint - 0x10000) & 0x3ff));
    }
  }
  return out.subarray(0, n);
}
