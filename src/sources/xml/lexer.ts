// The pieces of XML 1.0 that stand at a place in a window of UTF-8 bytes: names, references, attributes, comments.
import { isXmlCharacter, isXmlNameCharacter } from '../../table/xml-characters.ts';
import {
  characterSize,
  codePointAt,
  NAME,
  NAME_START,
  SPACE,
  STOPS_SPAN,
  STOPS_VALUE,
} from './characters.ts';
import type { XmlFault } from './faults.ts';

/** The window ends before the token does, and more is to come. */
export const INCOMPLETE = -1;
/** What stands at `fault.at` is not well-formed. */
export const WRONG = -2;
/** Spare bytes behind a window's content, the first of them 0. */
export const SPARE = 8;

/** What a text or value holds beside plain characters. */
export const HAS_REFERENCE = 1;
export const HAS_BREAK = 2;
export const IS_SPACE = 4;
/** The text of a CDATA section, where nothing is a reference. */
export const IS_CDATA = 8;

/** Numbers of one attribute in {@link XmlScan.attributes}: its name's and value's range, and what the value holds. */
export const ATTRIBUTE_SIZE = 5;
/** More attributes than this are told apart by a set of their names. */
const COMPARED_ATTRIBUTES = 8;

const LT = 60;
const GT = 62;
const AMP = 38;
const CR = 13;

const ENTITIES = ['lt', 'gt', 'amp', 'quot', 'apos'].map((name) =>
  Uint8Array.from(`${name};`, (c) => c.charCodeAt(0)),
);
const latin1 = new TextDecoder('latin1');

/**
 * Every function takes an offset and returns the one behind the piece, {@link INCOMPLETE}, or {@link WRONG} with `fault`
 * filled.
 */
export class XmlLexer {
  bytes: Uint8Array = new Uint8Array(SPARE);
  to = 0;
  isEnd = true;
  fault: XmlFault = { reason: 'end', at: 0, name: '' };
  attributes = new Int32Array(ATTRIBUTE_SIZE * 16);
  /** What the last {@link span} held. */
  spanFlags = 0;
  /** As the XML declaration says; null without one. */
  encoding: string | null = null;
  /** Attributes that the document type gives default values, which are not put in. */
  defaultCount = 0;

  /** Names what is wrong at `at`. */
  wrong(reason: XmlFault['reason'], at: number, name = ''): typeof WRONG {
    this.fault = { reason, at, name };
    return WRONG;
  }

  /** Says something else than that no name stands where one must; `result` is what came of it. */
  instead(result: number, reason: XmlFault['reason'], at: number): number {
    return result === WRONG && this.fault.reason === 'name' ? this.wrong(reason, at) : result;
  }

  /** What it means that the bytes at `at` are not the ones expected: the window may only have ended. */
  stop(reason: XmlFault['reason'], at: number, name = ''): typeof WRONG | typeof INCOMPLETE {
    if (at < this.to) return this.wrong(reason, at, name);
    return this.isEnd ? this.wrong('end', this.to) : INCOMPLETE;
  }

  /** A name's end. */
  name(from: number): number {
    const { bytes } = this;
    let i = from;
    let table = NAME_START;
    for (;;) {
      const kind = table[bytes[i]!]!;
      if (kind === 1) i++;
      else if (kind === 0) break;
      else {
        const size = characterSize(bytes[i]!);
        if (i + size > this.to) return this.stop('name', this.to);
        if (!isXmlNameCharacter(codePointAt(bytes, i), i === from)) break;
        i += size;
      }
      table = NAME;
    }
    if (i >= this.to) return this.stop('name', i);
    return i === from ? this.wrong('name', i) : i;
  }

  /** Behind the white space at `i`. */
  space(i: number): number {
    const { bytes } = this;
    while (SPACE[bytes[i]!] === 1) i++;
    return i;
  }

  /** Steps over a byte that stopped a run: part of a character, or one that XML does not allow. */
  odd(i: number): number {
    const { bytes } = this;
    if (i >= this.to) return this.stop('end', i);
    if (bytes[i] !== 0xef) return this.wrong('character', i);
    if (i + 2 >= this.to) return this.stop('end', this.to);
    return bytes[i + 1] === 0xbf && bytes[i + 2]! >= 0xbe ? this.wrong('character', i) : i + 1;
  }

  /** Behind the reference at `from`; only the five of XML itself and numbers are known. */
  reference(from: number): number {
    const { bytes } = this;
    let i = from + 1;
    if (bytes[i] === 35) {
      i++;
      const isHex = bytes[i] === 120;
      if (isHex) i++;
      const digitsFrom = i;
      let code = 0;
      for (;;) {
        const digit = digitOf(bytes[i]!, isHex);
        if (digit < 0) break;
        code = Math.min(code * (isHex ? 16 : 10) + digit, 0x110000);
        i++;
      }
      if (i >= this.to) return this.stop('reference', i);
      if (i === digitsFrom || bytes[i] !== 59) return this.wrong('reference', from);
      return isXmlCharacter(code) ? i + 1 : this.wrong('character-number', from);
    }
    for (const entity of ENTITIES) {
      let k = 0;
      while (k < entity.length && bytes[i + k] === entity[k]) k++;
      if (k === entity.length) return i + k;
    }
    const end = this.name(i);
    if (end < 0) return end === INCOMPLETE ? end : this.stop('reference', Math.min(from, i));
    if (bytes[end] !== 59) return this.wrong('reference', from);
    return this.wrong('entity', from, decoder.decode(bytes.subarray(i, end)));
  }

  /** Behind the attribute at `from`, which becomes number `index`. */
  attribute(from: number, index: number): number {
    const { bytes } = this;
    const nameTo = this.name(from);
    if (nameTo < 0) return this.instead(nameTo, 'attribute', from);
    let i = this.space(nameTo);
    if (bytes[i] !== 61) return this.stop('equals', i);
    i = this.space(i + 1);
    const quote = bytes[i]!;
    if (quote !== 34 && quote !== 39) return this.stop('quote', i);
    const valueFrom = ++i;
    let flags = 0;
    for (;;) {
      while (STOPS_VALUE[bytes[i]!] === 0) i++;
      const b = bytes[i]!;
      if (b === quote) break;
      if (b === AMP) {
        flags |= HAS_REFERENCE;
        i = this.reference(i);
        if (i < 0) return i;
      } else if (b === LT) return this.wrong('lt-in-value', i);
      else if (b === 34 || b === 39) i++;
      else if (b === 9 || b === 10 || b === CR) {
        flags |= HAS_BREAK;
        i++;
      } else {
        i = this.odd(i);
        if (i < 0) return i;
      }
    }
    const slot = index * ATTRIBUTE_SIZE;
    if (slot + ATTRIBUTE_SIZE > this.attributes.length) {
      const grown = new Int32Array(this.attributes.length * 2);
      grown.set(this.attributes);
      this.attributes = grown;
    }
    const { attributes } = this;
    attributes[slot] = from;
    attributes[slot + 1] = nameTo;
    attributes[slot + 2] = valueFrom;
    attributes[slot + 3] = i;
    attributes[slot + 4] = flags;
    return i + 1;
  }

  /** Number of an attribute whose name another has too; -1 = none. */
  repeatedAttribute(count: number): number {
    const { attributes, bytes } = this;
    if (count > COMPARED_ATTRIBUTES) {
      const names = new Set<string>();
      for (let a = 0; a < count; a++) {
        const slot = a * ATTRIBUTE_SIZE;
        names.add(latin1.decode(bytes.subarray(attributes[slot]!, attributes[slot + 1]!)));
        if (names.size === a) return a;
      }
      return -1;
    }
    for (let a = 1; a < count; a++) {
      const from = attributes[a * ATTRIBUTE_SIZE]!;
      const size = attributes[a * ATTRIBUTE_SIZE + 1]! - from;
      for (let b = 0; b < a; b++) {
        const other = attributes[b * ATTRIBUTE_SIZE]!;
        if (attributes[b * ATTRIBUTE_SIZE + 1]! - other !== size) continue;
        let k = 0;
        while (k < size && bytes[from + k] === bytes[other + k]) k++;
        if (k === size) return a;
      }
    }
    return -1;
  }

  /** Whether the window holds this ASCII text at `at`; INCOMPLETE where it ends inside of it. */
  has(text: string, at: number): boolean | typeof INCOMPLETE {
    for (let k = 0; k < text.length; k++) {
      if (at + k >= this.to) return this.isEnd ? false : INCOMPLETE;
      if (this.bytes[at + k] !== text.charCodeAt(k)) return false;
    }
    return true;
  }

  /** Behind the `end` that closes what is inside of a comment, CDATA section or instruction. */
  span(from: number, end: string, reason: XmlFault['reason']): number {
    const { bytes } = this;
    const first = end.charCodeAt(0);
    let i = from;
    this.spanFlags = 0;
    for (;;) {
      while (STOPS_SPAN[bytes[i]!] === 0 && bytes[i] !== first) i++;
      const b = bytes[i]!;
      if (b === first) {
        const isHere = this.has(end, i);
        if (isHere === INCOMPLETE) return INCOMPLETE;
        if (isHere) return i + end.length;
        i++;
      } else if (b === CR) {
        this.spanFlags = HAS_BREAK;
        i++;
      } else if (i >= this.to && this.isEnd) return this.wrong(reason, from);
      else {
        i = this.odd(i);
        if (i < 0) return i;
      }
    }
  }

  comment(from: number): number {
    const end = this.span(from + 4, '--', 'comment');
    if (end < 0) return end;
    return this.bytes[end] === GT ? end + 1 : this.stop('comment-dashes', end);
  }

  /** A processing instruction that is not the XML declaration. */
  instruction(from: number): number {
    const { bytes } = this;
    const nameTo = this.name(from + 2);
    if (nameTo < 0) return this.instead(nameTo, 'instruction', from);
    if (this.isXml(from + 2, nameTo)) return this.wrong('declaration-place', from);
    const isClosed = this.has('?>', nameTo);
    if (isClosed === INCOMPLETE) return INCOMPLETE;
    if (isClosed) return nameTo + 2;
    if (SPACE[bytes[nameTo]!] === 0) return this.stop('instruction', nameTo);
    return this.span(nameTo, '?>', 'instruction');
  }

  /** Whether the name is `xml`, in any case. */
  isXml(from: number, to: number): boolean {
    return to - from === 3 && latin1.decode(this.bytes.subarray(from, to)).toLowerCase() === 'xml';
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function digitOf(byte: number, isHex: boolean): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (!isHex) return -1;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
