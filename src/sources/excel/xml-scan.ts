// Finds the tags of XML in bytes, one after the other, without making anything of what nobody asks for.
import { Fault } from './fault.ts';

const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const COLON = 58;
const EQUALS = 61;
const DOUBLE = 34;
const SINGLE = 39;
const DASH = 45;
const BRACKET = 91;
const CLOSING_BRACKET = 93;

/** What `next` has found: `more` = the bytes end before the next tag does. */
export type Found = 'open' | 'close' | 'more';

/** Attributes looked at; an element of these formats has fewer. */
const MOST_ATTRIBUTES = 64;

const decoder = new TextDecoder();

/** Stands on a tag of `bytes`, which may be replaced (and `at` with it) between two tags. */
export class XmlScan {
  bytes: Uint8Array;
  /** Where the bytes end. */
  to: number;
  /** Behind the tag that was found last. */
  at = 0;
  /** The tag's local name. */
  nameStart = 0;
  nameEnd = 0;
  /** Where the tag begins: what stands before it is text. */
  tagStart = 0;
  /** Whether the element has no content and no closing tag. */
  isEmpty = false;
  /** Whether a CDATA section or comment stands between the tag before and this one. */
  hasMarked = false;
  attributeCount = 0;
  /** For each attribute: start and end of its local name, start and end of its value. */
  readonly attributes = new Int32Array(MOST_ATTRIBUTES * 4);

  constructor(bytes: Uint8Array, to = bytes.length) {
    this.bytes = bytes;
    this.to = to;
  }

  /** The next tag from `at` on; processing instructions are skipped, comments and CDATA sections are part of the text. */
  next(): Found {
    const { bytes, to } = this;
    let i = this.at;
    this.hasMarked = false;
    for (;;) {
      while (i < to && bytes[i] !== LT) i++;
      if (i + 1 >= to) return 'more';
      const second = bytes[i + 1]!;
      if (second === BANG) {
        const end = this.#marked(i);
        if (end < 0) return 'more';
        this.hasMarked = true;
        i = end;
        continue;
      }
      if (second === QUESTION) {
        const end = this.#find(i + 2, QUESTION, GT);
        if (end < 0) return 'more';
        this.hasMarked = true;
        i = end;
        continue;
      }
      return second === SLASH ? this.#close(i) : this.#open(i);
    }
  }

  #close(from: number): Found {
    const { bytes, to } = this;
    let i = from + 2;
    this.nameStart = i;
    let end = -1;
    for (; i < to; i++) {
      const byte = bytes[i]!;
      if (byte === GT) break;
      if (byte === COLON) this.nameStart = i + 1;
      else if (byte <= 32 && end < 0) end = i;
    }
    if (i >= to) return 'more';
    this.nameEnd = end < 0 ? i : end;
    this.tagStart = from;
    this.at = i + 1;
    return 'close';
  }

  #open(from: number): Found {
    const { bytes, to, attributes } = this;
    let i = from + 1;
    let nameStart = i;
    for (; i < to; i++) {
      const byte = bytes[i]!;
      if (byte === GT || byte === SLASH || byte <= 32) break;
      if (byte === COLON) nameStart = i + 1;
    }
    const nameEnd = i;
    let n = 0;
    for (;;) {
      while (i < to && bytes[i]! <= 32) i++;
      if (i >= to) return 'more';
      const first = bytes[i]!;
      if (first === GT) {
        this.isEmpty = false;
        break;
      }
      if (first === SLASH) {
        if (i + 1 >= to) return 'more';
        if (bytes[i + 1] !== GT) throw new Fault('a tag is not well-formed');
        this.isEmpty = true;
        i++;
        break;
      }
      let start = i;
      let end = -1;
      for (; i < to; i++) {
        const byte = bytes[i]!;
        if (byte === EQUALS) break;
        if (byte === COLON) start = i + 1;
        else if (byte <= 32) {
          if (end < 0) end = i;
        } else if (byte === GT || byte === LT) throw new Fault('a tag is not well-formed');
      }
      if (end < 0) end = i;
      i++;
      while (i < to && bytes[i]! <= 32) i++;
      if (i >= to) return 'more';
      const quote = bytes[i]!;
      if (quote !== DOUBLE && quote !== SINGLE) throw new Fault('a tag is not well-formed');
      const valueStart = ++i;
      while (i < to && bytes[i] !== quote) i++;
      if (i >= to) return 'more';
      if (n < MOST_ATTRIBUTES * 4) {
        attributes[n] = start;
        attributes[n + 1] = end;
        attributes[n + 2] = valueStart;
        attributes[n + 3] = i;
        n += 4;
      }
      i++;
    }
    this.attributeCount = n >> 2;
    this.nameStart = nameStart;
    this.nameEnd = nameEnd;
    this.tagStart = from;
    this.at = i + 1;
    return 'open';
  }

  /** Behind a comment, CDATA section or declaration that begins at `from`; -1 = it does not end here. */
  #marked(from: number): number {
    const { bytes, to } = this;
    if (from + 3 >= to) return -1;
    if (bytes[from + 2] === DASH) return this.#find(from + 4, DASH, DASH, GT);
    if (bytes[from + 2] === BRACKET)
      return this.#find(from + 9, CLOSING_BRACKET, CLOSING_BRACKET, GT);
    // No part of a workbook has one, and its entities are what bombs are made of.
    throw new Fault('it has a document type declaration');
  }

  #find(from: number, a: number, b: number, c = -1): number {
    const { bytes, to } = this;
    const size = c < 0 ? 2 : 3;
    for (let i = from; i + size <= to; i++)
      if (bytes[i] === a && bytes[i + 1] === b && (c < 0 || bytes[i + 2] === c)) return i + size;
    return -1;
  }

  /** Whether the tag's local name is `name` (ASCII). */
  is(name: string): boolean {
    return this.#equals(this.nameStart, this.nameEnd, name);
  }

  #equals(start: number, end: number, text: string): boolean {
    if (end - start !== text.length) return false;
    for (let i = 0; i < text.length; i++)
      if (this.bytes[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Place of an attribute in `attributes`, by local name; -1 when the tag has none. */
  find(name: string): number {
    for (let k = 0; k < this.attributeCount * 4; k += 4)
      if (this.#equals(this.attributes[k]!, this.attributes[k + 1]!, name)) return k;
    return -1;
  }

  /** The value of an attribute, entities undone; null when the tag has none. */
  attribute(name: string): string | null {
    const k = this.find(name);
    if (k < 0) return null;
    const text = decoder.decode(
      this.bytes.subarray(this.attributes[k + 2]!, this.attributes[k + 3]!),
    );
    return text.includes('&') ? undoEntities(text) : text;
  }

  /** Whether a switch is on: `1`, `true` or `on`; `missing` where the tag has none. */
  flag(name: string, missing = false): boolean {
    const value = this.attribute(name);
    return value === null ? missing : value === '1' || value === 'true' || value === 'on';
  }

  /** A whole number that is not negative; null for anything else. */
  number(name: string): number | null {
    const value = this.attribute(name);
    return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
  }
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The text with the five named entities and character references undone. Throws a Fault for others. */
export function undoEntities(text: string): string {
  return text.replace(/&(#?)([^;&]*);?/g, (whole, hash: string, body: string) => {
    if (hash === '') {
      const named = NAMED.get(body);
      if (named === undefined || !whole.endsWith(';'))
        throw new Fault(`it has an entity that is not known: ${whole.slice(0, 20)}`);
      return named;
    }
    const code = /^x[0-9a-f]{1,6}$/i.test(body)
      ? parseInt(body.slice(1), 16)
      : /^\d{1,7}$/.test(body)
        ? Number(body)
        : -1;
    if (code < 0 || code > 0x10ffff || !whole.endsWith(';'))
      throw new Fault(`it has a wrong character reference: ${whole.slice(0, 20)}`);
    return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
  });
}
