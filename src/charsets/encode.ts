// Turns UTF-8 into the output's charset; what the charset lacks goes by the loss policy, counted.
import type { CharsetConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { Loss } from '../contract/report.ts';
import { scanUtf8 } from '../kernels/utf8.ts';
import { charsets, findCharset } from './registry.ts';
import { bytesByCodePoint, type SingleByteCharset } from './single-byte.ts';
import { transliterate } from './transliterate.ts';
import { CONFLICT_TEXTS, LACKING_TEXTS, type CharsetLossCode } from './texts.ts';

/** Cuts between characters make no difference. */
export interface CharsetEncoder {
  /** What stands before the first piece of each file: the byte order mark, or nothing. */
  begin(): Uint8Array;
  /**
   * The file's next whole characters of UTF-8 in the charset; may be `utf8` itself. Losses are those of this piece, by code.
   * Throws `encode.charset-loss` under the policy `fail`, RangeError for bytes that are not whole UTF-8.
   */
  encode(utf8: Uint8Array): { bytes: Uint8Array; losses: Loss[] };
}

const EMPTY = new Uint8Array(0);
const NO_LOSSES: Loss[] = [];
const CONTEXT_BYTES = 40;

/** Quotes, delimiters, markup and the beginnings of formulas: the text was quoted before its charset is changed. */
const WITH_MEANING = /[-"',;|\\<>&=+@\p{Cc}]/u;
const MINUS = 45;

/** The code point at `at` of well-formed UTF-8. */
function codePointAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return lead;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
  if (lead < 0xf0)
    return ((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
  return (
    ((lead & 0x07) << 18) |
    ((bytes[at + 1]! & 0x3f) << 12) |
    ((bytes[at + 2]! & 0x3f) << 6) |
    (bytes[at + 3]! & 0x3f)
  );
}

const sizeOf = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

/** Whether the piece is ASCII; RangeError when it is not whole UTF-8, which would be a fault of an encoder of ours. */
function checkWhole(utf8: Uint8Array): boolean {
  const scan = scanUtf8(utf8, 0, utf8.length);
  if (scan.end < utf8.length) throw new RangeError(`not whole UTF-8 at byte ${scan.end}`);
  return scan.isAscii;
}

/** The character as messages name it: itself and its number. */
function nameOf(codePoint: number): string {
  const number = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  return codePoint < 0xa0 ? number : `“${String.fromCodePoint(codePoint)}” (${number})`;
}

/** Text around a byte offset, for messages. */
function contextOf(utf8: Uint8Array, at: number): string {
  const from = Math.max(0, at - CONTEXT_BYTES);
  const text = new TextDecoder().decode(utf8.subarray(from, at + CONTEXT_BYTES));
  // Characters cut at either end come out as U+FFFD.
  return shorten(text.replace(/^\ufffd+|\ufffd+$/g, '').trim());
}

function openUtf16(id: 'utf-16le' | 'utf-16be', bom: boolean): CharsetEncoder {
  const low = id === 'utf-16le' ? 0 : 1;
  const mark = low === 0 ? [0xff, 0xfe] : [0xfe, 0xff];
  return {
    begin: () => (bom ? Uint8Array.from(mark) : EMPTY),
    encode(utf8) {
      checkWhole(utf8);
      const out = new Uint8Array(utf8.length * 2);
      let n = 0;
      const put = (unit: number): void => {
        out[n + low] = unit & 0xff;
        out[n + 1 - low] = unit >> 8;
        n += 2;
      };
      for (let at = 0; at < utf8.length;) {
        const lead = utf8[at]!;
        if (lead < 0x80) {
          out[n + low] = lead;
          n += 2;
          at++;
          continue;
        }
        const codePoint = codePointAt(utf8, at);
        at += sizeOf(codePoint);
        if (codePoint < 0x10000) put(codePoint);
        else {
          put(0xd800 + ((codePoint - 0x10000) >> 10));
          put(0xdc00 + ((codePoint - 0x10000) & 0x3ff));
        }
      }
      return { bytes: out.subarray(0, n), losses: NO_LOSSES };
    },
  };
}

/** What stands in for a code point that the charset lacks, and the code it is counted under. */
interface Substitute {
  code: CharsetLossCode;
  bytes: Uint8Array;
  /** What stands where a field might begin. */
  atStart?: Substitute;
}

/** Whether what comes after this byte cannot be the beginning of a field, where a spreadsheet would look for a formula. */
function isInsideText(byte: number): boolean {
  const letter = byte | 32;
  return (
    (letter >= 97 && letter <= 122) || (byte >= 48 && byte <= 57) || byte === 32 || byte >= 0x80
  );
}

/** Text in the charset, or null when it lacks some of it. */
function bytesOf(text: string, upper: ReadonlyMap<number, number>): Uint8Array | null {
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    const byte = codePoint < 0x80 ? codePoint : upper.get(codePoint);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function openSubstitutes(
  config: CharsetConfig,
  upper: ReadonlyMap<number, number>,
  escapeCodePoint: ((codePoint: number) => string) | undefined,
): (codePoint: number) => Substitute | null {
  const { onLoss } = config;
  if (onLoss === 'fail') return () => null;
  const conflict = (detail: string, remedy: string): ExportError =>
    new ExportError('config.conflict', { detail, remedy });
  if (onLoss === 'escape') {
    if (escapeCodePoint === undefined)
      throw conflict(CONFLICT_TEXTS.noEscape, CONFLICT_TEXTS.noEscapeRemedy);
    return (codePoint) => {
      const bytes = bytesOf(escapeCodePoint(codePoint), upper);
      return bytes && { code: 'charset.escaped', bytes };
    };
  }
  const replacement = bytesOf(config.replacement, upper);
  if (replacement === null || replacement.length === 0 || WITH_MEANING.test(config.replacement))
    throw conflict(
      CONFLICT_TEXTS.replacement(shorten(config.replacement), config.id),
      CONFLICT_TEXTS.replacementRemedy,
    );
  const replaced: Substitute = { code: 'charset.replaced', bytes: replacement };
  if (onLoss === 'replace') return () => replaced;
  return (codePoint) => {
    const text = transliterate(codePoint);
    const bytes = text === undefined ? null : bytesOf(text, upper);
    if (!bytes) return replaced;
    const similar: Substitute = { code: 'charset.transliterated', bytes };
    // A dash, or nothing before what follows, could make a formula of a field that was none.
    return bytes.length === 0 || bytes[0] === MINUS ? { ...similar, atStart: replaced } : similar;
  };
}

function openSingleByte(
  charset: SingleByteCharset,
  config: CharsetConfig,
  escapeCodePoint: ((codePoint: number) => string) | undefined,
): CharsetEncoder {
  const upper = bytesByCodePoint(charset);
  const substituteFor = openSubstitutes(config, upper, escapeCodePoint);
  const known = new Map<number, Substitute | null>();
  const substitute = (codePoint: number): Substitute | null => {
    let found = known.get(codePoint);
    if (found === undefined) {
      found = substituteFor(codePoint);
      known.set(codePoint, found);
    }
    return found;
  };
  let last = 10;
  return {
    begin: () => EMPTY,
    encode(utf8) {
      if (utf8.length === 0) return { bytes: utf8, losses: NO_LOSSES };
      const before = last;
      const isAscii = checkWhole(utf8);
      if (isAscii) {
        last = utf8[utf8.length - 1]!;
        return { bytes: utf8, losses: NO_LOSSES };
      }
      let out = new Uint8Array(utf8.length + 64);
      let n = 0;
      const losses = new Map<string, Loss>();
      for (let at = 0; at < utf8.length;) {
        const lead = utf8[at]!;
        if (lead < 0x80) {
          out[n++] = lead;
          at++;
          continue;
        }
        const codePoint = codePointAt(utf8, at);
        const size = sizeOf(codePoint);
        const byte = upper.get(codePoint);
        if (byte !== undefined) {
          out[n++] = byte;
          at += size;
          continue;
        }
        let instead = substitute(codePoint);
        if (instead?.atStart && !isInsideText(n > 0 ? out[n - 1]! : before))
          instead = instead.atStart;
        if (instead === null)
          throw new ExportError('encode.charset-loss', {
            charset,
            character: nameOf(codePoint),
            context: contextOf(utf8, at),
          });
        at += size;
        // What follows takes no more bytes than it has in UTF-8; only substitutes can be longer.
        const needed = n + instead.bytes.length + (utf8.length - at);
        if (needed > out.length) {
          const grown = new Uint8Array(needed * 2);
          grown.set(out.subarray(0, n));
          out = grown;
        }
        out.set(instead.bytes, n);
        n += instead.bytes.length;
        const loss = losses.get(instead.code);
        if (loss) loss.count++;
        else
          losses.set(instead.code, {
            code: instead.code,
            sentence: LACKING_TEXTS.sentence(charset, instead.code),
            count: 1,
            example: LACKING_TEXTS.example(nameOf(codePoint), contextOf(utf8, at - size)),
          });
      }
      if (n > 0) last = out[n - 1]!;
      return { bytes: out.subarray(0, n), losses: [...losses.values()] };
    },
  };
}

/**
 * An encoder for one file. `escapeCodePoint` is the format's; without it the policy `escape` is refused.
 * Throws `read.charset.unknown`, and `config.conflict` for a policy or mark that cannot work.
 */
export function openCharsetEncoder(
  config: CharsetConfig,
  escapeCodePoint?: (codePoint: number) => string,
): CharsetEncoder {
  const { id, title, canEncode } = findCharset(config.id);
  if (!canEncode)
    throw new ExportError('config.conflict', {
      detail: CONFLICT_TEXTS.notWritten(title),
      remedy: CONFLICT_TEXTS.notWrittenRemedy(
        charsets.flatMap((charset) => (charset.canEncode ? [charset.id] : [])).join(', '),
      ),
    });
  if (id === 'utf-16le' || id === 'utf-16be') return openUtf16(id, config.bom);
  if (id === 'utf-8') {
    const mark = config.bom ? Uint8Array.of(0xef, 0xbb, 0xbf) : EMPTY;
    return { begin: () => mark.slice(), encode: (utf8) => ({ bytes: utf8, losses: NO_LOSSES }) };
  }
  if (config.bom)
    throw new ExportError('config.conflict', {
      detail: CONFLICT_TEXTS.noMark(id),
      remedy: CONFLICT_TEXTS.noMarkRemedy,
    });
  return openSingleByte(id as SingleByteCharset, config, escapeCodePoint);
}
