// Where values end that say themselves where they end: JSON, literals of SQL, quoted fields, and escapes that hold no mark.
import { MISFIT, NEED, OPEN, type Stretch } from './mark.ts';

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;

const encoder = new TextEncoder();

const isNumberByte = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) ||
  byte === 43 ||
  byte === 45 ||
  byte === 46 ||
  byte === 69 ||
  byte === 101;

function endOfNumber({ bytes, to, isEnd }: Stretch, at: number): number {
  let i = at;
  while (i < to && isNumberByte(bytes[i]!)) i++;
  if (i === to && !isEnd) return NEED;
  return i > at ? i : MISFIT;
}

function endOfWord(
  { bytes, to, isEnd }: Stretch,
  at: number,
  words: readonly Uint8Array[],
  anyCase: boolean,
): number {
  for (const word of words) {
    let k = 0;
    while (
      k < word.length &&
      at + k < to &&
      (anyCase ? bytes[at + k]! & 0xdf : bytes[at + k]!) === word[k]
    )
      k++;
    if (k === word.length) return at + k;
    if (at + k === to && !isEnd) return NEED;
  }
  return MISFIT;
}

/** Behind the quote that closes what the one at `at` opens. `doubled`: two of them are one; `escapes`: backslashes hide one. */
function endOfQuoted(
  { bytes, to, isEnd }: Stretch,
  at: number,
  quote: number,
  doubled: boolean,
  escapes: boolean,
): number {
  for (let i = at + 1; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === quote) {
      if (!doubled) return i + 1;
      if (i + 1 === to && !isEnd) return NEED;
      if (i + 1 < to && bytes[i + 1] === quote) i++;
      else return i + 1;
    } else if (escapes && byte === BACKSLASH) i++;
  }
  return isEnd ? OPEN : NEED;
}

export const endOfCsvQuotes = (stretch: Stretch, at: number): number =>
  endOfQuoted(stretch, at, QUOTE, true, false);

const JSON_WORDS = ['true', 'false', 'null'].map((word) => encoder.encode(word));
const SQL_WORDS = ['TRUE', 'FALSE', 'NULL'].map((word) => encoder.encode(word));

const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 10 || byte === 13;

/** Of a JSON value with blanks before it. */
export function endOfJson(stretch: Stretch, from: number): number {
  const { bytes, to, isEnd } = stretch;
  let at = from;
  while (at < to && isBlank(bytes[at]!)) at++;
  if (at >= to) return isEnd ? MISFIT : NEED;
  const first = bytes[at]!;
  if (first === QUOTE) return endOfQuoted(stretch, at, QUOTE, false, true);
  if (first === 0x7b || first === 0x5b) return endOfNested(stretch, at);
  if (isNumberByte(first) && first !== 69 && first !== 101) return endOfNumber(stretch, at);
  return endOfWord(stretch, at, JSON_WORDS, false);
}

/** Behind the blanks at `at`, as far as they are none of what follows, which `stands` tells. */
export function endOfBlanks(
  { bytes, to }: Stretch,
  at: number,
  stands: (at: number) => boolean,
): number {
  let end = at;
  while (end < to && (bytes[end] === 32 || bytes[end] === 9) && !stands(end)) end++;
  return end;
}

function endOfNested(stretch: Stretch, at: number): number {
  const { bytes, to, isEnd } = stretch;
  let depth = 0;
  for (let i = at; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === QUOTE) {
      const end = endOfQuoted(stretch, i, QUOTE, false, true);
      if (end < 0) return end;
      i = end - 1;
    } else if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return i + 1;
  }
  return isEnd ? OPEN : NEED;
}

export function endOfSql(stretch: Stretch, at: number, backslashes: boolean): number {
  const { bytes, to, isEnd } = stretch;
  if (at >= to) return isEnd ? MISFIT : NEED;
  const first = bytes[at]!;
  if (first === APOSTROPHE) return endOfQuoted(stretch, at, APOSTROPHE, true, backslashes);
  if (isNumberByte(first) && first !== 69 && first !== 101) return endOfNumber(stretch, at);
  return endOfWord(stretch, at, SQL_WORDS, true);
}

/** Whether the bytes at `at` are these. */
export function standsAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

const BREAK = encoder.encode('<br>');

/** A backslash and what it takes the meaning of. */
export const skipEscaped = (bytes: Uint8Array, at: number): number =>
  bytes[at] === BACKSLASH ? at + 2 : at;

export const skipMarkdown = (bytes: Uint8Array, at: number): number =>
  bytes[at] === BACKSLASH ? at + 2 : standsAt(bytes, at, BREAK) ? at + BREAK.length : at;

/** What stands for signs that LaTeX has no escape for. */
export const LATEX_WORDS: readonly (readonly [Uint8Array, string])[] = (
  [
    ['textbackslash', '\\'],
    ['textasciitilde', '~'],
    ['textasciicircum', '^'],
    ['textless', '<'],
    ['textgreater', '>'],
    ['textbar', '|'],
    ['textquotedbl', '"'],
  ] as const
).map(([word, sign]) => [encoder.encode(`\\${word}{}`), sign]);

export function skipLatex(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== BACKSLASH) return at;
  const word = LATEX_WORDS.find(([written]) => standsAt(bytes, at, written));
  return at + (word === undefined ? 2 : word[0].length);
}
