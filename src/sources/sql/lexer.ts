// Cuts the bytes of a script into words, texts, names and comments; what is not all there yet is asked for.
import type { Dialect } from './dialect.ts';

/** Thrown where the bytes end before what is read does, and more may come. */
export const MORE = new Error('more bytes are needed');

/** Thrown at what is no SQL, or where it ends too early. */
export class SyntaxFault extends Error {
  readonly at: number;

  constructor(detail: string, at: number) {
    super(detail);
    this.at = at;
  }
}

const TAB = 9;
const LF = 10;
const SPACE = 32;
const QUOTE = 39;
const DOUBLE = 34;
const HASH = 35;
const DOLLAR = 36;
const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const DASH = 45;
const SLASH = 47;
const BACKSLASH = 92;
const BACKTICK = 96;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** Bytes of names without marks around them; digits and `$` not as the first. */
const NAME = new Uint8Array(256);
for (let b = 0; b < 256; b++)
  if (b >= 0x80 || /[A-Za-z0-9_$@#]/.test(String.fromCharCode(b))) NAME[b] = 1;

const isDigit = (b: number): boolean => b >= 48 && b <= 57;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes [0, end) of a script from some place on. Positions are offsets into them. */
export class Lexer {
  bytes: Uint8Array = new Uint8Array(0);
  end = 0;
  /** The script ends with the bytes. */
  isEnd = false;
  readonly dialect: Dialect;
  /** Of the text read last: nothing in it stands for anything else. */
  isPlain = true;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** The byte at `i`; -1 behind the end. */
  peek(i: number): number {
    if (i < this.end) return this.bytes[i]!;
    if (this.isEnd) return -1;
    throw MORE;
  }

  /** What should be there is not. */
  #short(what: string, at: number): never {
    if (!this.isEnd) throw MORE;
    throw new SyntaxFault(`${what} is not closed`, at);
  }

  /** Behind blanks and comments. */
  space(i: number): number {
    const { bytes, dialect } = this;
    for (;;) {
      const b = this.peek(i);
      if (b === SPACE || (b >= TAB && b <= 13)) {
        i++;
        while (i < this.end && (bytes[i] === SPACE || bytes[i] === TAB)) i++;
      } else if (b === DASH && this.peek(i + 1) === DASH) {
        if (dialect.dashesNeedSpace && this.peek(i + 2) > SPACE) return i;
        i = this.line(i);
      } else if (b === HASH && dialect.hasHashes) i = this.line(i);
      else if (b === SLASH && this.peek(i + 1) === STAR) i = this.#comment(i);
      else if (b === 0xef && this.peek(i + 1) === 0xbb && this.peek(i + 2) === 0xbf) i += 3;
      else return i;
    }
  }

  /** Behind the line break that comes next. */
  line(i: number): number {
    const feed = this.bytes.indexOf(LF, i);
    if (feed >= 0 && feed < this.end) return feed + 1;
    if (this.isEnd) return this.end;
    throw MORE;
  }

  /** Whether a line of nothing but a slash is at `i`, which ends statements in Oracle's scripts. */
  isEndLine(i: number): boolean {
    if (this.peek(i) !== SLASH) return false;
    for (let k = i - 1; k >= 0 && this.bytes[k] !== LF; k--)
      if (this.bytes[k]! > SPACE) return false;
    for (let k = i + 1; ; k++) {
      const b = this.peek(k);
      if (b < 0 || b === LF) return true;
      if (b > SPACE) return false;
    }
  }

  #comment(from: number): number {
    for (let i = from + 2; ;) {
      const star = this.bytes.indexOf(STAR, i);
      if (star < 0 || star + 1 >= this.end) this.#short('a comment', from);
      if (this.bytes[star + 1] === SLASH) return star + 2;
      i = star + 1;
    }
  }

  /** Behind the text in `quote`s that begins at `i`; backslashes are escapes where `escapes`. */
  text(from: number, quote: number, escapes: boolean): number {
    const { bytes, end } = this;
    let i = from + 1;
    this.isPlain = true;
    for (;;) {
      if (escapes) while (i < end && bytes[i] !== quote && bytes[i] !== BACKSLASH) i++;
      else while (i < end && bytes[i] !== quote) i++;
      if (i >= end) this.#short('a text in quotes', from);
      if (bytes[i] === BACKSLASH && escapes) {
        i += 2;
        this.isPlain = false;
      } else if (this.peek(i + 1) === quote) {
        i += 2;
        this.isPlain = false;
      } else return i + 1;
    }
  }

  /** Behind the `$tag$` at `i`; -1 where there is none. */
  dollar(i: number): number {
    let k = i + 1;
    if (isDigit(this.peek(k))) return -1;
    while (this.peek(k) !== DOLLAR) {
      const b = this.peek(k);
      if (b < 0 || NAME[b] !== 1) return -1;
      k++;
    }
    return k + 1;
  }

  /** Behind the text between two `$tag$`, the first of which is [i, open). */
  dollarText(i: number, open: number): number {
    const { bytes, end } = this;
    const size = open - i;
    for (let k = open; ; k++) {
      const found = bytes.indexOf(DOLLAR, k);
      if (found < 0 || found + size > end) this.#short('a text between dollars', i);
      let n = 1;
      while (n < size && bytes[found + n] === bytes[i + n]) n++;
      if (n === size) return found + size;
      k = found;
    }
  }

  /** Whether a word without marks begins at `i`. */
  isWord(i: number): boolean {
    const b = this.peek(i);
    return b >= 0 && NAME[b] === 1 && !isDigit(b);
  }

  /** Behind the word at `i`. */
  wordEnd(i: number): number {
    while (this.peek(i) >= 0 && NAME[this.bytes[i]!] === 1) i++;
    return i;
  }

  /** The word at `i` in small letters; empty where none begins there. */
  word(i: number): string {
    if (!this.isWord(i)) return '';
    const end = this.wordEnd(i);
    return end - i > 64 ? this.string(i, end) : this.string(i, end).toLowerCase();
  }

  /** The bytes [from, to) as a string. */
  string(from: number, to: number): string {
    if (to - from > 24) return decoder.decode(this.bytes.subarray(from, to));
    let text = '';
    for (let i = from; i < to; i++) {
      const b = this.bytes[i]!;
      if (b >= 0x80) return decoder.decode(this.bytes.subarray(from, to));
      text += String.fromCharCode(b);
    }
    return text;
  }

  /** Whether a name in marks begins at `i`. */
  isMarked(i: number): boolean {
    const b = this.peek(i);
    return b === DOUBLE || b === BACKTICK || b === OPEN_BRACKET;
  }

  /** Whether backslashes are escapes between backticks too. */
  get #escapesNames(): boolean {
    return this.dialect.escapes === 'c' || this.dialect.escapes === 'clickhouse';
  }

  /** The name at `i`, and where it ends; null where none begins there. */
  name(i: number): { name: string; end: number } | null {
    if (!this.isMarked(i)) {
      if (!this.isWord(i)) return null;
      const end = this.wordEnd(i);
      return { name: this.string(i, end), end };
    }
    const open = this.bytes[i]!;
    const close = open === OPEN_BRACKET ? CLOSE_BRACKET : open;
    const hasEscapes = open === BACKTICK && this.#escapesNames;
    const end = this.text(i, close, hasEscapes);
    const text = this.string(i + 1, end - 1);
    if (this.isPlain) return { name: text, end };
    const mark = String.fromCharCode(close);
    return {
      name: hasEscapes ? text.replace(/\\(.)/gs, '$1') : text.replaceAll(mark + mark, mark),
      end,
    };
  }

  /** The name of a table, its parts with dots between them. */
  path(i: number): { name: string; end: number } | null {
    let found = this.name(i);
    if (found === null) return null;
    let { name } = found;
    for (;;) {
      let { end } = found;
      const dot = this.space(end);
      if (this.peek(dot) !== 46) return { name, end };
      end = this.space(dot + 1);
      // Of `base..table` the schema is the usual one.
      if (this.peek(end) === 46) end = this.space(end + 1);
      found = this.name(end);
      if (found === null) throw new SyntaxFault('a name should follow the dot', end);
      name += `.${found.name}`;
    }
  }

  /**
   * Behind the token at `i`, which is no blank: a word, a number, a text, a name in marks, or one character. Square
   * brackets are those of an array where the dialect does not say that they are of names.
   */
  token(i: number): number {
    const b = this.peek(i);
    if (b === QUOTE) return this.text(i, QUOTE, this.dialect.escapes !== 'none');
    if (b === BACKTICK) return this.text(i, b, this.#escapesNames);
    if (b === DOUBLE) {
      const { quotesTexts, escapes } = this.dialect;
      return this.text(i, b, quotesTexts && escapes !== 'none');
    }
    if (b === OPEN_BRACKET && this.dialect.hasBrackets) return this.text(i, CLOSE_BRACKET, false);
    if (b === DOLLAR) {
      const open = this.dollar(i);
      return open < 0 ? i + 1 : this.dollarText(i, open);
    }
    if (b >= 0 && NAME[b] === 1) {
      const end = this.wordEnd(i);
      // The letters before a text belong to it.
      if (end - i === 1 && this.peek(end) === QUOTE && (b | 32) === 101)
        return this.text(end, QUOTE, true);
      return end;
    }
    return i + 1;
  }

  /** Behind the bracket that closes the one at `i`. */
  closing(i: number): number {
    let depth = 0;
    for (let at = i; ;) {
      at = this.space(at);
      const b = this.peek(at);
      if (b < 0) throw new SyntaxFault('a bracket is not closed', i);
      if (b === OPEN) depth++;
      else if (b === CLOSE && --depth === 0) return at + 1;
      at = this.token(at);
    }
  }
}
