// Reads one value of a statement: literals of every dialect, casts, and the few functions that dumps write around them.
import { SyntaxFault } from './lexer.ts';
import { Value } from './value.ts';
import { readCall } from './value-functions.ts';
import { putHex, unescapeText } from './unescape.ts';
import {
  INFINITY,
  KIND,
  type Kind,
  LITERAL_TYPES,
  MINUS_INFINITY,
  SPECIAL,
} from './value-kinds.ts';

const QUOTE = 39;
const DOUBLE = 34;
const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const SEMICOLON = 59;
const COLON = 58;
const BAR = 124;
const PLUS = 43;
const DASH = 45;
const DOLLAR = 36;

const isDigit = (b: number): boolean => b >= 48 && b <= 57;

const encoder = new TextEncoder();

/** Brackets and functions within each other; what has more is an expression. */
const MOST_DEPTH = 50;

const BEYOND = /^\d(?:\.0+)?e\+?999$/i;

/** Words that end a value where no bracket or comma does. */
const ENDING: ReadonlySet<string> = new Set(
  'as from union where and on is update insert merge delete commit go'.split(' '),
);

/** Types of two words. */
const SECOND_WORDS: ReadonlyMap<string, string> = new Map([
  ['double', 'precision'],
  ['character', 'varying'],
  ['bit', 'varying'],
]);

/** A reader of values; what it reads last stands in its fields. */
export class ValueReader extends Value {
  /** Of brackets and functions around the value that is being read. */
  #depth = 0;

  /** Reads the value at `i`, where no blank is; gives where what follows begins, blanks left behind. */
  read(i: number): number {
    this.#depth = 0;
    return this.#read(i);
  }

  /** The same within another value. */
  inner(i: number): number {
    if (this.#depth >= MOST_DEPTH) return this.unknown(i);
    this.#depth++;
    const at = this.#read(i);
    this.#depth--;
    return at;
  }

  #read(i: number): number {
    const lexer = this.lexer;
    let pieces: Uint8Array[] | null = null;
    let at = this.term(i);
    // Most values end at a comma or bracket.
    const next = at < lexer.end ? lexer.bytes[at]! : lexer.peek(at);
    if (next === COMMA || next === CLOSE) return at;
    at = lexer.space(at);
    for (;;) {
      const b = lexer.peek(at);
      if (b === COMMA || b === CLOSE || b === SEMICOLON || b < 0 || b === 93) {
        this.#join(pieces);
        return at;
      }
      if (b === COLON && lexer.peek(at + 1) === COLON) {
        at = lexer.space(this.#castSuffix(lexer.space(at + 2)));
        if (this.kind === KIND.unknown) return this.unknown(i);
        continue;
      }
      const isBars = b === BAR && lexer.peek(at + 1) === BAR;
      const isText = this.kind === KIND.text || this.kind === KIND.null;
      if (isText && (isBars || (b === PLUS && this.kind === KIND.text))) {
        if (this.kind === KIND.null) return this.unknown(i);
        (pieces ??= []).push(this.taken());
        at = lexer.space(this.#casted(lexer.space(at + (isBars ? 2 : 1))));
        // Anything joined to null is null; one of ours never is.
        if ((this.kind as Kind) !== KIND.text) return this.unknown(i);
        continue;
      }
      // A word may end the value; anything else makes it a computation.
      if (lexer.isEndLine(at) || (lexer.isWord(at) && ENDING.has(lexer.word(at)))) {
        this.#join(pieces);
        return at;
      }
      return this.unknown(i);
    }
  }

  /** A value with the casts behind it. */
  #casted(i: number): number {
    const lexer = this.lexer;
    let at = this.term(i);
    for (;;) {
      const next = lexer.space(at);
      if (lexer.peek(next) !== COLON || lexer.peek(next + 1) !== COLON) return at;
      at = this.#castSuffix(lexer.space(next + 2));
    }
  }

  /** Puts the pieces before the last text into one with it. */
  #join(pieces: Uint8Array[] | null): void {
    if (pieces === null) return;
    pieces.push(this.taken());
    const start = this.scratch.length;
    for (const piece of pieces) this.scratch.put(piece);
    this.set(KIND.text, start, this.scratch.length, true);
  }

  /** An expression: up to the comma or bracket that ends it. */
  unknown(from: number, endsAtWords = true): number {
    const lexer = this.lexer;
    let depth = 0;
    let last = from;
    for (let i = from; ;) {
      i = lexer.space(i);
      const b = lexer.peek(i);
      const isEnd = b < 0 || b === SEMICOLON || lexer.isEndLine(i);
      if (isEnd || (depth === 0 && (b === COMMA || b === CLOSE))) {
        if (isEnd && depth > 0) throw new SyntaxFault('a bracket is not closed', from);
        this.set(KIND.unknown, from, last);
        return i;
      }
      if (endsAtWords && depth === 0 && i > from && lexer.isWord(i) && ENDING.has(lexer.word(i))) {
        this.set(KIND.unknown, from, last);
        return i;
      }
      if (b === OPEN || b === 91 || b === 123) depth++;
      else if ((b === CLOSE || b === 93 || b === 125) && depth > 0) depth--;
      i = lexer.token(i);
      last = i;
    }
  }

  /** A literal, a function of one, or a value in brackets. */
  term(i: number): number {
    const lexer = this.lexer;
    const b = i < lexer.end ? lexer.bytes[i]! : lexer.peek(i);
    if (b === QUOTE) return this.#quoted(i, QUOTE);
    if (isDigit(b) || b === 46) return this.#number(i, i);
    if (b === DASH || b === PLUS) return this.#signed(i);
    if (b === DOUBLE && lexer.dialect.quotesTexts) return this.#quoted(i, DOUBLE);
    if (b === OPEN) {
      const inner = lexer.space(i + 1);
      if (lexer.word(inner) === 'select') return this.unknown(i);
      const at = this.inner(inner);
      return lexer.peek(at) === CLOSE ? at + 1 : this.unknown(i);
    }
    if (b === DOLLAR) {
      const open = lexer.dollar(i);
      if (open < 0) return this.unknown(i);
      const end = lexer.dollarText(i, open);
      this.set(KIND.text, open, end - (open - i));
      return end;
    }
    return lexer.isWord(i) ? this.#word(i) : this.unknown(i);
  }

  /** A text in quotes that begins at `i`. */
  #quoted(i: number, quote: number, escapes = this.lexer.dialect.escapes): number {
    const lexer = this.lexer;
    const end = lexer.text(i, quote, escapes !== 'none');
    if (lexer.isPlain) this.set(KIND.text, i + 1, end - 1);
    else {
      const start = this.scratch.length;
      unescapeText(lexer.bytes, i + 1, end - 1, quote, escapes, this.scratch);
      this.set(KIND.text, start, this.scratch.length, true);
    }
    return end;
  }

  #digits(i: number): number {
    const lexer = this.lexer;
    const { bytes, end } = lexer;
    while (i < end && isDigit(bytes[i]!)) i++;
    if (i === end) lexer.peek(i);
    return i;
  }

  #number(from: number, i: number): number {
    const lexer = this.lexer;
    const { bytes } = lexer;
    if (bytes[i] === 48 && (lexer.peek(i + 1) | 32) === 120) {
      const end = lexer.wordEnd(i);
      return this.#hex(i + 2, end) && from === i ? end : this.unknown(from);
    }
    const whole = this.#digits(i);
    let end = whole;
    if (lexer.peek(end) === 46) end = this.#digits(end + 1);
    if (end === i || (end === i + 1 && bytes[i] === 46)) return this.unknown(from);
    if ((lexer.peek(end) | 32) === 101) {
      const sign = lexer.peek(end + 1);
      const power = sign === DASH || sign === PLUS ? end + 2 : end + 1;
      const last = this.#digits(power);
      if (last > power) end = last;
    }
    this.set(KIND.number, bytes[from] === PLUS ? i : from, end);
    // SQLite has no word for what is beyond its doubles.
    if (
      bytes[end - 1] === 57 &&
      end > whole &&
      BEYOND.test(lexer.string(Math.max(i, end - 8), end))
    )
      this.put(KIND.number, bytes[from] === DASH ? MINUS_INFINITY : INFINITY);
    const next = lexer.peek(end);
    if (next < 0 || !lexer.isWord(end)) return end;
    // Oracle’s doubles and floats end in a letter.
    const isSuffix = (next | 32) === 100 || (next | 32) === 102;
    return isSuffix && lexer.wordEnd(end) === end + 1 ? end + 1 : this.unknown(from);
  }

  #signed(i: number): number {
    const lexer = this.lexer;
    const at = lexer.space(i + 1);
    const b = lexer.peek(at);
    if (isDigit(b) || b === 46) {
      if (at === i + 1) return this.#number(i, at);
      const isMinus = lexer.bytes[i] === DASH;
      const end = this.#number(at, at);
      if (this.kind !== KIND.number) return this.unknown(i);
      if (isMinus) this.put(KIND.number, encoder.encode(`-${this.text()}`));
      return end;
    }
    const special = SPECIAL.get(lexer.word(at));
    if (special === undefined) return this.unknown(i);
    const isMinus = lexer.bytes[i] === DASH && special === INFINITY;
    this.put(KIND.number, isMinus ? MINUS_INFINITY : special);
    return lexer.wordEnd(at);
  }

  /** Hexadecimal digits as bytes. */
  #hex(from: number, to: number): boolean {
    const start = this.scratch.length;
    if (!putHex(this.lexer.bytes, from, to, this.scratch)) {
      this.scratch.length = start;
      return false;
    }
    this.set(KIND.binary, start, this.scratch.length, true);
    return true;
  }

  #word(i: number): number {
    const lexer = this.lexer;
    const wordEnd = lexer.wordEnd(i);
    const word = lexer.word(i);
    const next = lexer.peek(wordEnd);
    if (next === QUOTE || (next === DOUBLE && lexer.dialect.quotesTexts)) {
      const end = this.#prefixed(word, wordEnd, next);
      if (end >= 0) return end;
    }
    switch (word) {
      case 'null':
        this.set(KIND.null, i, wordEnd);
        return wordEnd;
      case 'true':
      case 'false':
        this.set(KIND.bool, i, wordEnd);
        return wordEnd;
    }
    const special = SPECIAL.get(word);
    const at = lexer.space(wordEnd);
    if (lexer.peek(at) === OPEN) {
      const end = readCall(this, lexer, word, at + 1);
      return end < 0 ? this.unknown(i) : end;
    }
    if (special !== undefined) {
      this.put(KIND.number, special);
      return wordEnd;
    }
    // DATE '…', TIMESTAMP WITH TIME ZONE '…', _utf8mb4 '…'.
    let text = at;
    if (word === 'timestamp' || word === 'time')
      if (lexer.word(text) === 'with' || lexer.word(text) === 'without')
        for (let k = 0; k < 3; k++) text = lexer.space(lexer.wordEnd(text));
    const mark = lexer.peek(text);
    if (mark !== QUOTE && !(mark === DOUBLE && lexer.dialect.quotesTexts)) return this.unknown(i);
    if (word.startsWith('_') || LITERAL_TYPES.has(word)) {
      const end = this.#prefixed(word, text, mark);
      if (end >= 0) return end;
    }
    return this.unknown(i);
  }

  /** A text with a word before its quotes; -1 where the word means nothing known. */
  #prefixed(word: string, i: number, quote: number): number {
    const lexer = this.lexer;
    const { hasByteTexts } = lexer.dialect;
    switch (word) {
      case 'n':
        return this.#quoted(i, quote);
      case 'e': {
        const end = this.#quoted(i, quote, 'bytes');
        return this.isText() ? end : -1;
      }
      case 'r': {
        if (!hasByteTexts) return -1;
        const end = lexer.text(i, quote, true);
        this.set(KIND.text, i + 1, end - 1);
        return end;
      }
      case 'x': {
        const end = lexer.text(i, quote, false);
        return this.#hex(i + 1, end - 1) ? end : -1;
      }
      case 'b': {
        if (hasByteTexts) {
          const end = this.#quoted(i, quote, 'bytes');
          this.kind = KIND.binary;
          return end;
        }
        const end = lexer.text(i, quote, false);
        // A single bit is a truth; several are their digits.
        const isBit = end === i + 3;
        this.set(isBit ? KIND.bool : KIND.text, i + 1, end - 1);
        return end;
      }
      case '_binary': {
        const end = this.#quoted(i, quote);
        // Bytes beyond ASCII were taken for characters when the script was decoded.
        const { bytes } = this;
        for (let k = this.start; k < this.end; k++) if (bytes[k]! >= 0x80) return -1;
        this.kind = KIND.binary;
        return end;
      }
      default: {
        if (word.startsWith('_')) return this.#quoted(i, quote);
        if (!LITERAL_TYPES.has(word)) return -1;
        const end = this.#quoted(i, quote);
        return this.cast(word) ? end : -1;
      }
    }
  }

  /** The type behind `::`, which the value becomes one of; gives where it ends. */
  #castSuffix(i: number): number {
    const lexer = this.lexer;
    const path = lexer.path(i);
    if (path === null) throw new SyntaxFault('a type should follow ::', i);
    const type = path.name.slice(path.name.lastIndexOf('.') + 1).toLowerCase();
    let { end } = path;
    const peekWord = (at: number): string => (lexer.peek(at) < 0 ? '' : lexer.word(at));
    let at = lexer.space(end);
    if (SECOND_WORDS.has(type) && peekWord(at) === SECOND_WORDS.get(type)) {
      end = lexer.wordEnd(at);
      at = lexer.space(end);
    }
    if (lexer.peek(at) === OPEN) {
      end = this.lexer.closing(at);
      at = lexer.space(end);
    }
    const withZone = peekWord(at);
    if (
      (type === 'timestamp' || type === 'time') &&
      (withZone === 'with' || withZone === 'without')
    ) {
      for (let k = 0; k < 3; k++) {
        end = lexer.wordEnd(at);
        at = lexer.space(end);
      }
    }
    let isArray = false;
    while (lexer.peek(at) === 91) {
      isArray = true;
      at = lexer.space(at + 1);
      while (lexer.peek(at) !== 93) {
        if (lexer.peek(at) < 0) throw new SyntaxFault('a bracket is not closed', i);
        at++;
      }
      end = at + 1;
      at = lexer.space(end);
    }
    if (!isArray && !this.cast(type)) this.kind = KIND.unknown;
    return end;
  }
}
