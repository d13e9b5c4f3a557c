// The few functions that dumps write around their values, worked out without a database.
import { clockOf } from './clock-format.ts';
import type { Lexer } from './lexer.ts';
import type { Value } from './value.ts';
import { KIND, KIND_OF_TYPE } from './value-kinds.ts';

const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const QUOTE = 39;

const encoder = new TextEncoder();
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** A value that reads its own arguments: what they are stands in it after each. */
export interface CalledValue extends Value {
  /** Reads the value at `i` within another one; gives where what follows begins. */
  inner(i: number): number;
  /** A literal, a function of one, or a value in brackets. */
  term(i: number): number;
}

/** A function’s value, whose arguments begin at `i`; -1 for one that is not known. */
export function readCall(value: CalledValue, lexer: Lexer, name: string, i: number): number {
  const inner = lexer.space(i);
  /** The argument at `at`; gives the comma or bracket behind it. */
  const argument = (at: number): number => value.inner(lexer.space(at));
  const close = (at: number): number => (lexer.peek(at) === CLOSE ? at + 1 : -1);
  /** A function of one text. */
  const ofText = (become: () => boolean): number => {
    const at = argument(inner);
    if (value.kind === KIND.null) return close(at);
    return value.kind !== KIND.unknown && become() ? close(at) : -1;
  };
  switch (name) {
    case 'cast':
    case 'try_cast':
    case 'safe_cast': {
      const at = argument(inner);
      if (lexer.word(at) !== 'as') return -1;
      const type = lexer.space(lexer.wordEnd(at));
      const word = lexer.isMarked(type) ? lexer.name(type)!.name.toLowerCase() : lexer.word(type);
      const end = lexer.closing(i - 1);
      return value.cast(word) ? end : -1;
    }
    case 'convert': {
      // CONVERT(type, value) of SQL Server, CONVERT(value USING charset) of MySQL.
      const word = lexer.word(inner);
      const after = lexer.isWord(inner) ? lexer.space(lexer.wordEnd(inner)) : inner;
      if (KIND_OF_TYPE.has(word) && lexer.peek(after) !== QUOTE) {
        const comma = lexer.peek(after) === OPEN ? lexer.space(lexer.closing(after)) : after;
        if (lexer.peek(comma) !== COMMA) return -1;
        const at = argument(comma + 1);
        if (value.kind === KIND.binary && /^n(?:var)?char/.test(word))
          value.put(KIND.text, encoder.encode(utf16.decode(value.taken())));
        return value.cast(word) ? close(at) : -1;
      }
      const at = value.term(inner);
      const using = lexer.space(at);
      if (lexer.word(using) !== 'using') return -1;
      const charset = lexer.space(lexer.wordEnd(using));
      const ending = lexer.space(lexer.wordEnd(charset));
      if (!/^utf8/.test(lexer.word(charset))) return -1;
      return value.cast('text') ? close(ending) : -1;
    }
    case 'date':
    case 'timestamp':
    case 'datetime':
    case 'to_clob':
    case 'to_nclob':
    case 'parse_json':
    case 'json': {
      const type = name.startsWith('to_') ? 'text' : name === 'parse_json' ? 'json' : name;
      return ofText(() => value.kind === KIND.text && value.cast(type));
    }
    case 'to_blob':
      return ofText(() => value.kind === KIND.binary);
    case 'hextoraw':
    case 'unhex':
    case 'from_hex':
      return ofText(() => {
        const digits = value.taken();
        return value.kind === KIND.text && value.hexOf(digits);
      });
    case 'chr':
    case 'char':
    case 'nchar': {
      const at = argument(inner);
      const code = Number(value.text());
      if (value.kind !== KIND.number || !Number.isInteger(code) || code < 0 || code > 0x10ffff)
        return -1;
      value.put(KIND.text, encoder.encode(String.fromCodePoint(code)));
      // CHAR(10 USING utf8) of MySQL, and characters by several numbers, are not looked into.
      return close(at);
    }
    case 'replace': {
      const parts: string[] = [];
      let at = inner - 1;
      for (let k = 0; k < 3; k++) {
        at = argument(at + 1);
        if (value.kind !== KIND.text) return -1;
        parts.push(value.text());
        if (k < 2 && lexer.peek(at) !== COMMA) return -1;
      }
      const [text, what, by] = parts as [string, string, string];
      value.put(KIND.text, encoder.encode(what === '' ? text : text.replaceAll(what, by)));
      return close(at);
    }
    case 'unistr':
      return ofText(() => {
        if (value.kind !== KIND.text) return false;
        const text = value
          .text()
          .replace(
            /\\(?:(\\)|u([\da-f]{4})|U([\da-f]{8})|\+([\da-f]{6})|([\da-f]{4}))/gi,
            (_all, slash: string | undefined, ...codes: (string | undefined)[]) =>
              slash ?? String.fromCodePoint(Number.parseInt(codes.find(Boolean)!, 16)),
          );
        value.put(KIND.text, encoder.encode(text));
        return true;
      });
    case 'empty_clob':
      value.put(KIND.text, new Uint8Array(0));
      return close(inner);
    case 'empty_blob':
      value.put(KIND.binary, new Uint8Array(0));
      return close(inner);
    case 'decode': {
      const at = argument(inner);
      const digits = value.taken();
      const isText = value.kind === KIND.text;
      if (!isText || lexer.peek(at) !== COMMA) return -1;
      const end = argument(at + 1);
      return value.text().toLowerCase() === 'hex' && value.hexOf(digits) ? close(end) : -1;
    }
    case 'to_date':
    case 'to_timestamp':
    case 'to_timestamp_tz': {
      const at = argument(inner);
      if (value.kind === KIND.null) return lexer.closing(i - 1);
      if (value.kind !== KIND.text || lexer.peek(at) !== COMMA) return -1;
      const text = value.text();
      const end = argument(at + 1);
      const clock = value.kind === KIND.text ? clockOf(text, value.text()) : null;
      if (clock === null || lexer.peek(end) !== CLOSE) return -1;
      value.put(clock.length > 10 ? KIND.timestamp : KIND.date, encoder.encode(clock));
      return end + 1;
    }
    default:
      return -1;
  }
}
