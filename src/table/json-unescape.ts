// Undoes the escapes of JSON strings (RFC 8259 §7), as plain bytes or as the inside of a quoted field.
const BACKSLASH = 92;
const QUOTE = 34;

/** The byte behind a backslash → the byte it stands for; 0 for `u`. */
const MEANINGS = new Uint8Array(256);
for (const [char, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'])
  MEANINGS[char!.charCodeAt(0)] = meaning!.charCodeAt(0);

const HEX = new Uint8Array(256);
for (let i = 0; i < 16; i++) {
  HEX[i.toString(16).charCodeAt(0)] = i;
  HEX[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

const unitAt = (bytes: Uint8Array, at: number): number =>
  (HEX[bytes[at]!]! << 12) |
  (HEX[bytes[at + 1]!]! << 8) |
  (HEX[bytes[at + 2]!]! << 4) |
  HEX[bytes[at + 3]!]!;

/** How many lone surrogates were replaced by U+FFFD, as UTF-8 has no place for them; whoever asks sets it to 0. */
export const replaced = { count: 0 };

/**
 * Writes the inside [start, end) of a valid JSON string to `out` from `to` on; returns the end. It never grows by more than
 * the quotes that `doubles` writes twice, of which an escaped one took two bytes anyway.
 */
export function unescapeJson(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  to: number,
  doubles: boolean,
): number {
  let n = to;
  let i = start;
  while (i < end) {
    const b = bytes[i]!;
    if (b !== BACKSLASH) {
      out[n++] = b;
      i++;
      continue;
    }
    const meaning = MEANINGS[bytes[i + 1]!]!;
    if (meaning !== 0) {
      out[n++] = meaning;
      if (meaning === QUOTE && doubles) out[n++] = QUOTE;
      i += 2;
      continue;
    }
    let point = unitAt(bytes, i + 2);
    i += 6;
    if (point >= 0xd800 && point < 0xe000) {
      const low =
        point < 0xdc00 && i + 6 <= end && bytes[i] === BACKSLASH && bytes[i + 1] === 117
          ? unitAt(bytes, i + 2)
          : 0;
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        i += 6;
      } else {
        point = 0xfffd;
        replaced.count++;
      }
    }
    if (point < 0x80) {
      out[n++] = point;
      if (point === QUOTE && doubles) out[n++] = QUOTE;
    } else if (point < 0x800) {
      out[n++] = 0xc0 | (point >> 6);
      out[n++] = 0x80 | (point & 63);
    } else {
      if (point < 0x10000) out[n++] = 0xe0 | (point >> 12);
      else {
        out[n++] = 0xf0 | (point >> 18);
        out[n++] = 0x80 | ((point >> 12) & 63);
      }
      out[n++] = 0x80 | ((point >> 6) & 63);
      out[n++] = 0x80 | (point & 63);
    }
  }
  return n;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The inside [start, end) of a valid JSON string as bytes: a view where it holds no escapes. */
export function jsonStringBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  hasEscapes: boolean,
): Uint8Array {
  if (!hasEscapes) return bytes.subarray(start, end);
  const out = new Uint8Array(end - start);
  return out.subarray(0, unescapeJson(bytes, start, end, out, 0, false));
}

/** The same as a string. */
export function jsonStringText(
  bytes: Uint8Array,
  start: number,
  end: number,
  hasEscapes: boolean,
): string {
  return decoder.decode(jsonStringBytes(bytes, start, end, hasEscapes));
}
