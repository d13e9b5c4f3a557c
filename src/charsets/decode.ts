// Turns bytes of a charset into UTF-8, and finds out which charset they are in.
import { ExportError } from '../contract/errors.ts';
import type { Loss } from '../contract/report.ts';
import { sequenceLength } from '../kernels/utf8-twin.ts';
import { scanUtf8 } from '../kernels/utf8.ts';
import { findCharset, type Charset } from './registry.ts';
import { upperHalf, type SingleByteCharset } from './single-byte.ts';
import { FOUND_TEXTS, INVALID_TEXTS } from './texts.ts';

export interface DecoderOptions {
  /** What happens to bytes that mean nothing: fail, U+FFFD, or the code points of Latin-1. */
  onInvalid: 'fail' | 'replace' | 'latin1';
  /** Of the source, for messages. */
  name: string;
}

/** Turns a stream into UTF-8 chunk by chunk; a byte order mark at its start is taken off. Cuts make no difference. */
export interface Decoder {
  /** UTF-8 in whole characters; may be (part of) `chunk` itself. Throws `read.charset.invalid`. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back for want of more bytes. */
  finish(): Uint8Array;
  /** Invalid stretches changed so far, as one counted loss; none = empty. */
  losses(): Loss[];
}

const EMPTY = new Uint8Array(0);
const REPLACEMENT = 0xfffd;

/** Writes a code point as UTF-8; gives the position behind it. */
function putCodePoint(out: Uint8Array, at: number, codePoint: number): number {
  if (codePoint < 0x80) {
    out[at++] = codePoint;
  } else if (codePoint < 0x800) {
    out[at++] = 0xc0 | (codePoint >> 6);
    out[at++] = 0x80 | (codePoint & 0x3f);
  } else if (codePoint < 0x10000) {
    out[at++] = 0xe0 | (codePoint >> 12);
    out[at++] = 0x80 | ((codePoint >> 6) & 0x3f);
    out[at++] = 0x80 | (codePoint & 0x3f);
  } else {
    out[at++] = 0xf0 | (codePoint >> 18);
    out[at++] = 0x80 | ((codePoint >> 12) & 0x3f);
    out[at++] = 0x80 | ((codePoint >> 6) & 0x3f);
    out[at++] = 0x80 | (codePoint & 0x3f);
  }
  return at;
}

/** Where a decoder is, and what it does with invalid bytes. */
class Position {
  /** Bytes of the source before the chunk at hand, bytes held back not counted. */
  offset = 0;
  /** 1-based line. */
  line = 1;
  #count = 0;
  #example = '';
  readonly #charset: string;
  readonly #options: DecoderOptions;

  constructor(charset: string, options: DecoderOptions) {
    this.#charset = charset;
    this.#options = options;
  }

  /** Writes what stands for the invalid bytes [from, to) of a chunk; `asBytes`: Latin-1 can read them. */
  invalid(
    bytes: Uint8Array,
    from: number,
    to: number,
    out: Uint8Array,
    at: number,
    asBytes = true,
  ): number {
    const { onInvalid, name } = this.#options;
    const offset = this.offset + from;
    if (onInvalid === 'fail')
      throw new ExportError('read.charset.invalid', {
        name,
        charset: this.#charset,
        offset,
        line: this.line,
      });
    this.#count++;
    if (this.#example === '') {
      const hex = Array.from(bytes.subarray(from, to), (b) => b.toString(16).padStart(2, '0'));
      this.#example = INVALID_TEXTS.example(hex.join(' '), offset, this.line);
    }
    if (onInvalid === 'replace' || !asBytes) return putCodePoint(out, at, REPLACEMENT);
    let n = at;
    for (let i = from; i < to; i++) n = putCodePoint(out, n, bytes[i]!);
    return n;
  }

  losses(): Loss[] {
    if (this.#count === 0) return [];
    const isReplaced = this.#options.onInvalid === 'replace';
    return [
      {
        code: 'charset.invalid',
        sentence: INVALID_TEXTS.became(this.#charset, isReplaced),
        count: this.#count,
        example: this.#example,
      },
    ];
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function openUtf8(options: DecoderOptions): Decoder {
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

function openSingleByte(charset: SingleByteCharset, options: DecoderOptions): Decoder {
  const position = new Position(charset, options);
  const upper = upperHalf(charset);
  return {
    push(chunk) {
      const ascii = scanUtf8(chunk, 0, chunk.length);
      if (ascii.end === chunk.length && ascii.isAscii) {
        position.line += ascii.lines;
        position.offset += chunk.length;
        return chunk;
      }
      const out = new Uint8Array(chunk.length * 3);
      let n = 0;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i]!;
        if (byte < 0x80) {
          if (byte === 10) position.line++;
          out[n++] = byte;
        } else {
          const codePoint = upper[byte - 0x80];
          n =
            codePoint === undefined
              ? position.invalid(chunk, i, i + 1, out, n)
              : putCodePoint(out, n, codePoint);
        }
      }
      position.offset += chunk.length;
      return out.subarray(0, n);
    },
    finish: () => EMPTY,
    losses: () => position.losses(),
  };
}

function openUtf16(charset: 'utf-16le' | 'utf-16be', options: DecoderOptions): Decoder {
  const position = new Position(charset, options);
  const low = charset === 'utf-16le' ? 0 : 1;
  let held: Uint8Array = EMPTY;

  const decode = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const out = new Uint8Array(((bytes.length + 1) >> 1) * 3);
    let n = 0;
    let at = 0;
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
function withoutMark(decoder: Decoder): Decoder {
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

/** A decoder for a charset by id. Throws `read.charset.unknown`. */
export function openDecoder(charset: string, options: DecoderOptions): Decoder {
  const { id } = findCharset(charset);
  if (id === 'utf-8') return withoutMark(openUtf8(options));
  if (id === 'utf-16le' || id === 'utf-16be') return withoutMark(openUtf16(id, options));
  return openSingleByte(id, options);
}

/** A charset found, and why. */
export interface FoundCharset {
  id: Charset['id'];
  sentence: string;
  /** Size of the byte order mark; decoders take it off themselves. */
  bomBytes: 0 | 2 | 3;
}

const PROBE_BYTES = 64 * 1024;

/** Which half of the byte pairs is zero beside a character of ASCII text: even a text in Chinese has such line ends. */
function zeroHalves(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(head.length, PROBE_BYTES) >> 1;
  const isText = (byte: number): boolean =>
    (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
  let little = 0;
  let big = 0;
  for (let i = 0; i < pairs; i++) {
    const first = head[i * 2]!;
    const second = head[i * 2 + 1]!;
    if (second === 0 && isText(first)) little++;
    if (first === 0 && isText(second)) big++;
  }
  // Some letters look like ASCII the other way round (U+4E00 like N), so the larger share must be clear.
  const many = Math.max(1, pairs * 0.05);
  if (little >= many && little > big * 3) return 'utf-16le';
  return big >= many && big > little * 3 ? 'utf-16be' : null;
}

/** The charset of a text by its first bytes, which may be cut anywhere: byte order mark, zero bytes, valid UTF-8, else windows-1252. */
export function detectCharset(head: Uint8Array): FoundCharset {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { id: 'utf-8', sentence: FOUND_TEXTS.utf8Mark, bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe)
    return {
      id: 'utf-16le',
      sentence: FOUND_TEXTS.utf16leMark,
      bomBytes: 2,
    };
  if (head[0] === 0xfe && head[1] === 0xff)
    return {
      id: 'utf-16be',
      sentence: FOUND_TEXTS.utf16beMark,
      bomBytes: 2,
    };
  const halves = zeroHalves(head);
  if (halves !== null)
    return {
      id: halves,
      sentence: FOUND_TEXTS.zeroHalves(halves === 'utf-16le'),
      bomBytes: 0,
    };
  const scan = scanUtf8(head, 0, head.length);
  if (scan.end === head.length || scan.sequence === 0)
    return {
      id: 'utf-8',
      sentence: scan.isAscii && scan.end === head.length ? FOUND_TEXTS.ascii : FOUND_TEXTS.utf8,
      bomBytes: 0,
    };
  return {
    id: 'windows-1252',
    sentence: FOUND_TEXTS.windows(scan.end),
    bomBytes: 0,
  };
}
