// Reads the single-byte charsets by their tables.
import { scanUtf8 } from '../kernels/utf8.ts';
import { EMPTY, Position, putCodePoint, type Decoder, type DecoderOptions } from './decoding.ts';
import { upperHalf } from './single-byte.ts';

export function openSingleByte(charset: string, options: DecoderOptions): Decoder {
  const position = new Position(charset, options);
  /** -1 = the byte means nothing. */
  const upper = new Int32Array(128).fill(-1);
  upperHalf(charset).forEach((codePoint, i) => (upper[i] = codePoint ?? -1));
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
          const codePoint = upper[byte - 0x80]!;
          n =
            codePoint < 0
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
