// What all decoders share: their shape, how code points become UTF-8, and what happens to bytes that mean nothing.
import { ExportError } from '../contract/errors.ts';
import type { Loss } from '../contract/report.ts';
import { INVALID_TEXTS } from './texts.ts';

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

export const EMPTY = new Uint8Array(0);
const REPLACEMENT = 0xfffd;

/** Writes a code point as UTF-8; gives the position behind it. */
export function putCodePoint(out: Uint8Array, at: number, codePoint: number): number {
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
export class Position {
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

/** The second after the first; the second itself when the first is empty. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
