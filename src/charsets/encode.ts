// Turns UTF-8 into the output's charset; what the charset lacks goes by the loss policy, counted.
import type { CharsetConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { Loss } from '../contract/report.ts';
import { scanUtf8 } from '../kernels/utf8.ts';
import { loadBytesOf, type BytesOf } from './encode-tables.ts';
import { findCharset } from './registry.ts';
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
  /** What stands behind the last piece: the way back to ASCII, or nothing. */
  end(): Uint8Array;
}

const EMPTY = new Uint8Array(0);
const NO_LOSSES: Loss[] = [];
const CONTEXT_BYTES = 40;

/** Quotes, delimiters, markup and the beginnings of formulas: the text was quoted before its charset is changed. */
const WITH_MEANING = /[-"',;|\\<>&=+@\p{Cc}]/u;

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
    end: () => EMPTY,
  };
}

/** What stands in for a code point that the charset lacks, and the code it is counted under. */
interface Substitute {
  code: CharsetLossCode;
  text: string;
  /** What stands where a field might begin. */
  atStart?: Substitute;
}

/** Whether what comes after this character cannot be the beginning of a field, where a spreadsheet would look for a formula. */
function isInsideText(codePoint: number): boolean {
  if (codePoint >= 0x80 || codePoint === 32) return true;
  const letter = codePoint | 32;
  return (letter >= 97 && letter <= 122) || (codePoint >= 48 && codePoint <= 57);
}

/** Whether the charset has every character of a text. */
const holds = (text: string, bytesOf: BytesOf): boolean =>
  [...text].every((character) => {
    const codePoint = character.codePointAt(0)!;
    return codePoint < 0x80 || bytesOf(codePoint) !== 0;
  });

function openSubstitutes(
  config: CharsetConfig,
  bytesOf: BytesOf,
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
      const text = escapeCodePoint(codePoint);
      return holds(text, bytesOf) ? { code: 'charset.escaped', text } : null;
    };
  }
  const { replacement } = config;
  if (replacement === '' || !holds(replacement, bytesOf) || WITH_MEANING.test(replacement))
    throw conflict(
      CONFLICT_TEXTS.replacement(shorten(replacement), config.id),
      CONFLICT_TEXTS.replacementRemedy,
    );
  const replaced: Substitute = { code: 'charset.replaced', text: replacement };
  if (onLoss === 'replace') return () => replaced;
  return (codePoint) => {
    const text = transliterate(codePoint);
    if (text === undefined || !holds(text, bytesOf)) return replaced;
    const similar: Substitute = { code: 'charset.transliterated', text };
    // A dash, or nothing before what follows, could make a formula of a field that was none.
    return text === '' || text.startsWith('-') ? { ...similar, atStart: replaced } : similar;
  };
}

/** Bytes that one character can take, the escape sequences around it included. */
const MOST_BYTES = 8;
const TO_ASCII = [0x1b, 0x28, 0x42];
const TO_JIS0208 = [0x1b, 0x24, 0x42];

/** Writes code points of a charset one after the other. */
class CodePointWriter {
  readonly #bytesOf: BytesOf;
  /** ISO-2022-JP: whether the bytes mean pairs of JIS X 0208 now; null where a charset has no such states. */
  #isInPairs: boolean | null;
  #out = new Uint8Array(0);
  #size = 0;

  constructor(bytesOf: BytesOf, hasStates: boolean) {
    this.#bytesOf = bytesOf;
    this.#isInPairs = hasStates ? false : null;
  }

  /** Begins a piece of about so many bytes. */
  begin(sizeBytes: number): void {
    this.#out = new Uint8Array(sizeBytes);
    this.#size = 0;
  }

  /** Writes a code point; false where the charset lacks it. */
  put(codePoint: number): boolean {
    if (this.#size + MOST_BYTES > this.#out.length) this.#grow();
    if (codePoint < 0x80) {
      if (this.#isInPairs !== null) {
        // Shift and escape would change what follows them.
        if (codePoint === 0x0e || codePoint === 0x0f || codePoint === 0x1b) return false;
        if (this.#isInPairs) this.#choose(false);
      }
      this.#out[this.#size++] = codePoint;
      return true;
    }
    const bytes = this.#bytesOf(codePoint);
    if (bytes === 0) return false;
    if (this.#isInPairs === false) this.#choose(true);
    if (bytes > 0xffffff) this.#out[this.#size++] = bytes >>> 24;
    if (bytes > 0xffff) this.#out[this.#size++] = (bytes >>> 16) & 0xff;
    if (bytes > 0xff) this.#out[this.#size++] = (bytes >>> 8) & 0xff;
    this.#out[this.#size++] = bytes & 0xff;
    return true;
  }

  /** What was written since `begin`. */
  take(): Uint8Array {
    return this.#out.subarray(0, this.#size);
  }

  /** What the file has to end with. */
  end(): Uint8Array {
    this.begin(MOST_BYTES);
    if (this.#isInPairs === true) this.#choose(false);
    return this.take();
  }

  #choose(pairs: boolean): void {
    this.#isInPairs = pairs;
    this.#out.set(pairs ? TO_JIS0208 : TO_ASCII, this.#size);
    this.#size += 3;
  }

  #grow(): void {
    const grown = new Uint8Array(this.#out.length * 2 + 64);
    grown.set(this.#out.subarray(0, this.#size));
    this.#out = grown;
  }
}

function openTable(
  charset: string,
  bytesOf: BytesOf,
  config: CharsetConfig,
  escapeCodePoint: ((codePoint: number) => string) | undefined,
): CharsetEncoder {
  const hasStates = charset === 'iso-2022-jp';
  const writer = new CodePointWriter(bytesOf, hasStates);
  const substituteFor = openSubstitutes(config, bytesOf, escapeCodePoint);
  const known = new Map<number, Substitute | null>();
  const substitute = (codePoint: number): Substitute | null => {
    let found = known.get(codePoint);
    if (found === undefined) {
      found = substituteFor(codePoint);
      known.set(codePoint, found);
    }
    return found;
  };
  /** The last character that was written. */
  let last = 10;
  return {
    begin: () => EMPTY,
    encode(utf8) {
      if (utf8.length === 0) return { bytes: utf8, losses: NO_LOSSES };
      const isAscii = checkWhole(utf8);
      if (isAscii && !hasStates) {
        last = utf8[utf8.length - 1]!;
        return { bytes: utf8, losses: NO_LOSSES };
      }
      writer.begin(utf8.length + 64);
      const losses = new Map<string, Loss>();
      for (let at = 0; at < utf8.length;) {
        const codePoint = codePointAt(utf8, at);
        const size = sizeOf(codePoint);
        if (writer.put(codePoint)) {
          last = codePoint;
          at += size;
          continue;
        }
        let instead = substitute(codePoint);
        if (instead?.atStart && !isInsideText(last)) instead = instead.atStart;
        if (instead === null)
          throw new ExportError('encode.charset-loss', {
            charset,
            character: nameOf(codePoint),
            context: contextOf(utf8, at),
          });
        for (const character of instead.text) {
          last = character.codePointAt(0)!;
          writer.put(last);
        }
        const loss = losses.get(instead.code);
        if (loss) loss.count++;
        else
          losses.set(instead.code, {
            code: instead.code,
            sentence: LACKING_TEXTS.sentence(charset, instead.code),
            count: 1,
            example: LACKING_TEXTS.example(nameOf(codePoint), contextOf(utf8, at)),
          });
        at += size;
      }
      return { bytes: writer.take(), losses: [...losses.values()] };
    },
    end: () => writer.end(),
  };
}

/** Opens an encoder for one file. Throws `config.conflict` for a policy or mark that cannot work. */
export type OpenCharsetEncoder = (
  config: CharsetConfig,
  escapeCodePoint?: (codePoint: number) => string,
) => CharsetEncoder;

/**
 * A way to open encoders for a charset by id or label, its tables loaded. `escapeCodePoint` is the format's; without it the
 * policy `escape` is refused. Throws `read.charset.unknown`, and `config.conflict` for what can only be read.
 */
export async function loadCharsetEncoder(charset: string): Promise<OpenCharsetEncoder> {
  const { id, title, canEncode } = findCharset(charset);
  if (!canEncode)
    throw new ExportError('config.conflict', {
      detail: CONFLICT_TEXTS.notWritten(title),
      remedy: CONFLICT_TEXTS.notWrittenRemedy,
    });
  if (id === 'utf-16le' || id === 'utf-16be') return ({ bom }) => openUtf16(id, bom);
  if (id === 'utf-8')
    return ({ bom }) => ({
      begin: () => (bom ? Uint8Array.of(0xef, 0xbb, 0xbf) : EMPTY),
      encode: (utf8) => ({ bytes: utf8, losses: NO_LOSSES }),
      end: () => EMPTY,
    });
  const bytesOf = await loadBytesOf(id);
  return (config, escapeCodePoint) => {
    if (config.bom)
      throw new ExportError('config.conflict', {
        detail: CONFLICT_TEXTS.noMark(id),
        remedy: CONFLICT_TEXTS.noMarkRemedy,
      });
    return openTable(id, bytesOf, config, escapeCodePoint);
  };
}
