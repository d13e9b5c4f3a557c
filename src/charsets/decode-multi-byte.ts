// Reads the multi-byte charsets, chunk by chunk.
import { scanUtf8 } from '../kernels/utf8.ts';
import {
  EMPTY,
  joined,
  Position,
  putCodePoint,
  type Decoder,
  type DecoderOptions,
} from './decoding.ts';
import type { Found, ReadCharacter } from './multi-byte-readers.ts';

export function openMultiByte(
  charset: string,
  read: ReadCharacter,
  options: DecoderOptions,
): Decoder {
  const position = new Position(charset, options);
  const found: Found = { codePoint: 0, second: 0 };
  let held: Uint8Array = EMPTY;

  const decode = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const end = bytes.length;
    // A byte becomes three at most: U+FFFD, or a half-width letter.
    const out = new Uint8Array(end * 3);
    let n = 0;
    let at = 0;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte < 0x80) {
        if (byte === 10) position.line++;
        out[n++] = byte;
        at++;
        continue;
      }
      let size = read(bytes, at, end, found);
      if (size > 0) {
        n = putCodePoint(out, n, found.codePoint);
        at += size;
        if (found.second !== 0) {
          n = putCodePoint(out, n, found.second);
          found.second = 0;
        }
        continue;
      }
      if (size === 0) {
        if (!isLast) break;
        // What the very end cuts off is one mistake.
        size = at - end;
      }
      n = position.invalid(bytes, at, at - size, out, n);
      at -= size;
    }
    held = at < end ? bytes.slice(at) : EMPTY;
    position.offset += at;
    return out.subarray(0, n);
  };

  return {
    push(chunk) {
      if (held.length === 0) {
        const ascii = scanUtf8(chunk, 0, chunk.length);
        if (ascii.end === chunk.length && ascii.isAscii) {
          position.line += ascii.lines;
          position.offset += chunk.length;
          return chunk;
        }
      }
      return decode(joined(held, chunk), false);
    },
    finish: () => decode(held, true),
    losses: () => position.losses(),
  };
}
