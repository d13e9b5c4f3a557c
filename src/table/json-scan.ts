// Finds where the values of JSON text (RFC 8259) end, byte by byte and strictly, in windows that may end anywhere.
import { viewOf } from './copy-words.ts';

/** The bytes end before the token does, and more are to come. */
export const INCOMPLETE = -1;
/** What stands at `fault.at` is not JSON. */
export const WRONG = -2;

/** Why bytes are no JSON. */
export type JsonFaultReason =
  | 'value'
  | 'end'
  | 'key'
  | 'colon'
  | 'comma'
  | 'trailing-comma'
  | 'control'
  | 'escape'
  | 'number'
  | 'word'
  | 'depth'
  | 'after';

/** Spare bytes that a scanned buffer has behind its content. */
export const SCAN_SPARE = 8;

const PLAIN = 0;
const CLASS_COMMA = 1;
const CLASS_QUOTE = 2;
const CLASS_BACKSLASH = 3;
const CLASS_CONTROL = 4;
/** What a byte means inside a string. */
const CLASSES = new Uint8Array(256);
CLASSES.fill(CLASS_CONTROL, 0, 32);
CLASSES[44] = CLASS_COMMA;
CLASSES[34] = CLASS_QUOTE;
CLASSES[92] = CLASS_BACKSLASH;

const IS_ESCAPE = new Uint8Array(256);
for (const char of '"\\/bfnrt') IS_ESCAPE[char.charCodeAt(0)] = 1;
const IS_HEX = new Uint8Array(256);
for (const char of '0123456789abcdefABCDEF') IS_HEX[char.charCodeAt(0)] = 1;

/** What may come next inside a value. */
const VALUE = 0;
const OPENED = 1;
const KEY = 2;
const AFTER = 3;

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/**
 * A scanner without a place of its own: every function takes an offset and returns the one behind the token, {@link INCOMPLETE}, or
 * {@link WRONG} with `fault` filled. The buffer has {@link SCAN_SPARE} bytes behind the content, the first of them 0.
 */
export class JsonScan {
  bytes: Uint8Array = new Uint8Array(SCAN_SPARE);
  view: DataView = viewOf(this.bytes);
  /** End of the content. */
  to = 0;
  /** Whether nothing follows the content. */
  isEnd = true;
  /** LF bytes passed between tokens. */
  lineBreaks = 0;
  /** Of the string passed last. */
  hasEscapes = false;
  hasComma = false;
  /** Why the last token was {@link WRONG}, and where. */
  fault: { reason: JsonFaultReason; at: number } = { reason: 'value', at: 0 };
  readonly #maxDepth: number;
  /** 1 = object, by level. */
  #stack = new Uint8Array(64);
  #depth = 0;
  #phase = VALUE;
  /** Where a walk that ran out of bytes goes on. */
  resumeAt = 0;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  /** A scan over a copy of these bytes, which are all there is. */
  static over(content: Uint8Array, maxDepth = Infinity): JsonScan {
    const bytes = new Uint8Array(content.length + SCAN_SPARE);
    bytes.set(content);
    const scan = new JsonScan(maxDepth);
    scan.setWindow(bytes, content.length, true);
    return scan;
  }

  /** Looks at other bytes, or the same ones moved. `bytes[to]` becomes 0. */
  setWindow(bytes: Uint8Array, to: number, isEnd: boolean): void {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    bytes[to] = 0;
    this.to = to;
    this.isEnd = isEnd;
  }

  /** What a byte that cannot stand at `at` means: {@link WRONG}, or {@link INCOMPLETE} where the content only ends there. */
  unexpected(reason: JsonFaultReason, at: number): number {
    // At the end of the content it is the end that is wrong, or not yet known.
    if (at >= this.to && !this.isEnd) return INCOMPLETE;
    this.fault = { reason: at >= this.to ? 'end' : reason, at: Math.min(at, this.to) };
    return WRONG;
  }

  /** Offset of the next byte that is no white space. */
  space(at: number): number {
    const { bytes } = this;
    for (;;) {
      const b = bytes[at]!;
      if (b > 32) return at;
      if (b === 10) this.lineBreaks++;
      else if (b !== 32 && b !== 13 && b !== 9) return at;
      at++;
    }
  }

  /** From behind the opening quote to the closing one: the offset of the closing quote. Sets `hasEscapes` and `hasComma`. */
  string(at: number): number {
    const { bytes, view, to } = this;
    let commas = 0;
    let hasEscapes = false;
    let i = at;
    for (;;) {
      while (i + 4 <= to) {
        const v = view.getInt32(i, true);
        const q = v ^ 0x22222222;
        const s = v ^ 0x5c5c5c5c;
        const c = v ^ 0x2c2c2c2c;
        const hit = ((v - 0x20202020) & ~v) | ((q - 0x01010101) & ~q) | ((s - 0x01010101) & ~s);
        if ((hit & 0x80808080) !== 0) break;
        commas |= (c - 0x01010101) & ~c;
        i += 4;
      }
      // The word with the hit, or what is left before the 0 behind the content.
      const stop = i + 4;
      for (; i < stop; i++) {
        const b = bytes[i]!;
        const kind = CLASSES[b]!;
        if (kind === PLAIN) continue;
        if (kind === CLASS_COMMA) commas |= 0x80;
        else if (kind === CLASS_QUOTE) {
          this.hasEscapes = hasEscapes;
          this.hasComma = (commas & 0x80808080) !== 0;
          return i;
        } else if (kind === CLASS_BACKSLASH) {
          hasEscapes = true;
          const next = bytes[i + 1]!;
          if (next === 117) {
            for (let k = i + 2; k < i + 6; k++)
              if (k >= to || IS_HEX[bytes[k]!] === 0) return this.unexpected('escape', k);
            i += 5;
          } else if (i + 1 < to && IS_ESCAPE[next] === 1) i++;
          else return this.unexpected('escape', i + 1);
        } else return this.unexpected('control', i);
      }
    }
  }

  /** A number by the grammar of RFC 8259 §6. */
  number(at: number): number {
    const { bytes } = this;
    let i = at;
    if (bytes[i] === 45) i++;
    let b = bytes[i]!;
    if (b === 48) b = bytes[++i]!;
    else if (isDigit(b)) {
      do b = bytes[++i]!;
      while (isDigit(b));
    } else return this.unexpected('number', i);
    if (isDigit(b)) return this.unexpected('number', i);
    if (b === 46) {
      b = bytes[++i]!;
      if (!isDigit(b)) return this.unexpected('number', i);
      do b = bytes[++i]!;
      while (isDigit(b));
    }
    if (b === 101 || b === 69) {
      b = bytes[++i]!;
      if (b === 43 || b === 45) b = bytes[++i]!;
      if (!isDigit(b)) return this.unexpected('number', i);
      do b = bytes[++i]!;
      while (isDigit(b));
    }
    return i === this.to && !this.isEnd ? INCOMPLETE : i;
  }

  /** `true`, `false` or `null`. */
  word(at: number): number {
    const { bytes } = this;
    const first = bytes[at];
    const word = first === 116 ? 'true' : first === 102 ? 'false' : first === 110 ? 'null' : '';
    if (word === '') return this.unexpected('value', at);
    for (let k = 1; k < word.length; k++)
      if (bytes[at + k] !== word.charCodeAt(k)) return this.unexpected('word', at + k);
    return at + word.length;
  }

  /** A string, number or word, from its first byte. */
  scalar(at: number): number {
    const b = this.bytes[at]!;
    if (b === 34) {
      const end = this.string(at + 1);
      return end < 0 ? end : end + 1;
    }
    return b === 45 || isDigit(b) ? this.number(at) : this.word(at);
  }

  /** Any value from its first byte (or white space before it), in one piece. */
  value(at: number): number {
    this.#depth = 0;
    this.#phase = VALUE;
    return this.#walk(at);
  }

  /** Goes on with a value that was {@link INCOMPLETE}, from the byte at `resumeAt`, wherever it stands by now. */
  resume(at: number): number {
    return this.#walk(at);
  }

  #push(isObject: boolean, at: number): number {
    if (this.#depth >= this.#maxDepth) {
      this.fault = { reason: 'depth', at };
      return WRONG;
    }
    if (this.#depth === this.#stack.length) {
      const grown = new Uint8Array(this.#stack.length * 4);
      grown.set(this.#stack);
      this.#stack = grown;
    }
    this.#stack[this.#depth++] = isObject ? 1 : 0;
    return 0;
  }

  #suspend(phase: number, at: number): number {
    this.#phase = phase;
    this.resumeAt = at;
    return INCOMPLETE;
  }

  #walk(from: number): number {
    const { bytes } = this;
    let phase = this.#phase;
    let at = from;
    for (;;) {
      at = this.space(at);
      const b = bytes[at]!;
      const isObject = this.#depth > 0 && this.#stack[this.#depth - 1] === 1;
      let end: number;
      if (phase === VALUE) {
        if (b === 123 || b === 91) {
          if (this.#push(b === 123, at) < 0) return WRONG;
          at++;
          phase = OPENED;
          continue;
        }
        end = this.scalar(at);
        if (end < 0) return end === WRONG ? WRONG : this.#suspend(phase, at);
        at = end;
      } else if (phase === AFTER) {
        if (b === 44) {
          at++;
          // A comma must be followed by something: told from an empty container here.
          phase = isObject ? KEY : VALUE;
          const next = this.space(at);
          if (bytes[next] === (isObject ? 125 : 93))
            return this.unexpected('trailing-comma', at - 1);
          at = next;
          continue;
        }
        if (b !== (isObject ? 125 : 93)) {
          end = this.unexpected('comma', at);
          return end === WRONG ? WRONG : this.#suspend(phase, at);
        }
        at++;
        this.#depth--;
      } else if (phase === OPENED && b === (isObject ? 125 : 93)) {
        at++;
        this.#depth--;
      } else if (isObject) {
        const { lineBreaks } = this;
        end = b === 34 ? this.string(at + 1) : this.unexpected('key', at);
        if (end >= 0) {
          const colon = this.space(end + 1);
          if (bytes[colon] === 58) {
            at = colon + 1;
            phase = VALUE;
            continue;
          }
          end = this.unexpected('colon', colon);
        }
        if (end === WRONG) return WRONG;
        this.lineBreaks = lineBreaks;
        return this.#suspend(phase, at);
      } else {
        if (at >= this.to && !this.isEnd) return this.#suspend(phase, at);
        phase = VALUE;
        continue;
      }
      if (this.#depth === 0) return at;
      phase = AFTER;
    }
  }
}

/** Used again: a scan of its own for every cell would cost more than the cell. */
let checked = new Uint8Array(1024);
let checker: JsonScan | null = null;

/** Whether the bytes [start, end) are one JSON value (RFC 8259) with nothing but white space around it. */
export function isJsonText(bytes: Uint8Array, start: number, end: number): boolean {
  const size = end - start;
  if (size + SCAN_SPARE > checked.length) checked = new Uint8Array((size + SCAN_SPARE) * 2);
  if (size < 64) for (let i = 0; i < size; i++) checked[i] = bytes[start + i]!;
  else checked.set(bytes.subarray(start, end));
  checker ??= new JsonScan(Infinity);
  checker.setWindow(checked, size, true);
  const after = checker.value(0);
  return after >= 0 && checker.space(after) === size;
}
