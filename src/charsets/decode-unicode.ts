// Reads UTF-8 and UTF-16: valid UTF-8 passes through without a copy.
import { sequenceLength } from '../kernels/utf8-twin.ts';
import { scanUtf8 } from '../kernels/utf8.ts';
import {
  EMPTY,
  joined,
  Position,
  putCodePoint,
  type Decoder,
  type DecoderOptions,
} from './decoding.ts';

export function openUtf8(options: DecoderOptions): Decoder {
  const position = new Position('utf-8', options);
  let held: Uint8Array = EMPTY;

  /** Rewrites from the first ill-formed sequence at `from`; `isLast`: a cut sequence is ill-formed too. */
  const repair = (bytes: Uint8Array, from: number, isLast: boolean): Uint8Array => {
    // An invalid byte becomes three at most.
    const out = new Uint8Array(from + (bytes.length - from) * 3);
    out.set(bytes.subarray(0, from));
    let n = from;
    let at = from;
    while (at < bytes.length) {
      const sequence = sequenceLength(bytes, at, bytes.length);
      if (sequence > 0) {
        const scan = scanUtf8(bytes, at, bytes.length);
        out.set(bytes.subarray(at, scan.end), n);
        n += scan.end - at;
        position.line += scan.lines;
        at = scan.end;
        continue;
      }
      if (sequence === 0 && !isLast) break;
      const size = sequence === 0 ? bytes.length - at : -sequence;
      n = position.invalid(bytes, at, at + size, out, n);
      at += size;
    }
    held = bytes.slice(at);
    position.offset += at;
    return out.subarray(0, n);
  };

  return {
    push(chunk) {
      const bytes = joined(held, chunk);
      held = EMPTY;
      const scan = scanUtf8(bytes, 0, bytes.length);
      position.line += scan.lines;
      if (scan.end === bytes.length || scan.sequence === 0) {
        held = bytes.slice(scan.end);
        position.offset += scan.end;
        return scan.end === bytes.length ? bytes : bytes.subarray(0, scan.end);
      }
      return repair(bytes, scan.end, false);
    },
    finish() {
      const rest = held;
      held = EMPTY;
      return rest.length === 0 ? rest : repair(rest, 0, true);
    },
    losses: () => position.losses(),
  };
}

/** A mark at the start tells the byte order, whichever was chosen. */
export function openUtf16(charset: 'utf-16le' | 'utf-16be', options: DecoderOptions): Decoder {
  const position = new Position(charset, options);
  let low = charset === 'utf-16le' ? 0 : 1;
  let isStart = true;
  let held: Uint8Array = EMPTY;

  const decode = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const out = new Uint8Array(((bytes.length + 1) >> 1) * 3);
    let n = 0;
    let at = 0;
    if (isStart && bytes.length > 1) {
      isStart = false;
      // The byte order mark the other way round is no character: who says UTF-16 need not know which.
      if (bytes[low] === 0xfe && bytes[1 - low] === 0xff) low = 1 - low;
    }
    for (; at + 1 < bytes.length; at += 2) {
      const unit = bytes[at + low]! | (bytes[at + 1 - low]! << 8);
      if (unit < 0xd800 || unit > 0xdfff) {
        if (unit === 10) position.line++;
        n = putCodePoint(out, n, unit);
        continue;
      }
      // Half a pair at the end waits for more; at the very end it is one mistake with what follows.
      if (unit < 0xdc00 && at + 3 >= bytes.length) break;
      const next = unit < 0xdc00 ? bytes[at + 2 + low]! | (bytes[at + 3 - low]! << 8) : 0;
      if (next >= 0xdc00 && next <= 0xdfff) {
        n = putCodePoint(out, n, 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
        at += 2;
        // Half a pair means no byte of its own.
      } else n = position.invalid(bytes, at, at + 2, out, n, false);
    }
    if (isLast && at < bytes.length) {
      n = position.invalid(bytes, at, bytes.length, out, n, false);
      at = bytes.length;
    }
    held = bytes.slice(at);
    position.offset += at;
    return out.subarray(0, n);
  };

  return {
    push: (chunk) => decode(joined(held, chunk), false),
    finish: () => decode(held, true),
    losses: () => position.losses(),
  };
}

/** Takes U+FEFF off the start of a decoder's output. */
export function withoutMark(decoder: Decoder): Decoder {
  let isStart = true;
  const strip = (text: Uint8Array): Uint8Array => {
    if (!isStart || text.length === 0) return text;
    isStart = false;
    // Decoders give whole characters, so the mark is never cut.
    const hasMark = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
    return hasMark ? text.subarray(3) : text;
  };
  return {
    ...decoder,
    push: (chunk) => strip(decoder.push(chunk)),
    finish: () => strip(decoder.finish()),
  };
}
