// Reads ISO-2022-JP, where escape sequences change what the bytes mean, by the algorithm of the Encoding Standard (§12.2).
import {
  EMPTY,
  joined,
  Position,
  putCodePoint,
  type Decoder,
  type DecoderOptions,
} from './decoding.ts';
import { multiByteIndex } from './multi-byte-index.ts';

const ESCAPE = 0x1b;

type Set = 'ascii' | 'roman' | 'katakana' | 'jis0208';

/** What the two bytes behind an escape choose. */
function setOf(first: number, second: number): Set | null {
  if (first === 0x28) {
    if (second === 0x42) return 'ascii';
    if (second === 0x4a) return 'roman';
    return second === 0x49 ? 'katakana' : null;
  }
  return first === 0x24 && (second === 0x40 || second === 0x42) ? 'jis0208' : null;
}

/** Code point of a byte in a set of single bytes; -1 = none. */
function codePointIn(set: Set, byte: number): number {
  if (set === 'katakana') return byte >= 0x21 && byte <= 0x5f ? 0xff61 - 0x21 + byte : -1;
  if (byte > 0x7f || byte === 0x0e || byte === 0x0f) return -1;
  if (set === 'roman' && byte === 0x5c) return 0xa5;
  return set === 'roman' && byte === 0x7e ? 0x203e : byte;
}

/** The index jis0208 must have been loaded. */
export function openIso2022Jp(options: DecoderOptions): Decoder {
  const position = new Position('iso-2022-jp', options);
  const index = multiByteIndex('jis0208');
  let set: Set = 'ascii';
  /** An escape sequence came last: another one right behind it is a mistake, since it could hide something. */
  let isEscaped = false;
  let held: Uint8Array = EMPTY;

  const decode = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const end = bytes.length;
    const out = new Uint8Array(end * 3);
    let n = 0;
    let at = 0;
    const invalid = (size: number): void => {
      n = position.invalid(bytes, at, at + size, out, n);
      at += size;
    };
    while (at < end) {
      const byte = bytes[at]!;
      if (byte === ESCAPE) {
        const first = bytes[at + 1];
        const isBegun = first === undefined || first === 0x24 || first === 0x28;
        if (isBegun && at + 2 >= end && !isLast) break;
        const chosen = isBegun && at + 2 < end ? setOf(first!, bytes[at + 2]!) : null;
        if (chosen === null) {
          isEscaped = false;
          invalid(1);
          continue;
        }
        set = chosen;
        if (isEscaped) invalid(3);
        else at += 3;
        isEscaped = true;
        continue;
      }
      if (set !== 'jis0208') {
        isEscaped = false;
        const codePoint = codePointIn(set, byte);
        if (codePoint < 0) {
          invalid(1);
          continue;
        }
        if (codePoint === 10) position.line++;
        n = putCodePoint(out, n, codePoint);
        at++;
        continue;
      }
      if (byte < 0x21 || byte > 0x7e) {
        isEscaped = false;
        invalid(1);
        continue;
      }
      if (at + 1 >= end && !isLast) break;
      isEscaped = false;
      const trail = bytes[at + 1];
      if (trail === undefined || trail === ESCAPE) {
        invalid(1);
        continue;
      }
      const codePoint =
        trail >= 0x21 && trail <= 0x7e ? index[(byte - 0x21) * 94 + trail - 0x21]! : 0;
      if (codePoint === 0) {
        invalid(2);
        continue;
      }
      n = putCodePoint(out, n, codePoint);
      at += 2;
    }
    held = at < end ? bytes.slice(at) : EMPTY;
    position.offset += at;
    return out.subarray(0, n);
  };

  return {
    push: (chunk) => decode(joined(held, chunk), false),
    finish: () => decode(held, true),
    losses: () => position.losses(),
  };
}
