// How unlikely a text is: the lower, the more probable that the charset it was read in is the right one.
import { frequentCharacters, languages } from './languages.ts';
import { multiByteIndex } from './multi-byte-index.ts';

// Roughly in nats for each character. Only differences count.
const INVALID = 14;
const CONTROL = 10;
const SYMBOL = 6;
const FOREIGN_LETTER = 6;
const PUNCTUATION = 2.5;
const CAPITAL = 0.7;
const CAPITAL_INSIDE = 3;
const SYMBOL_INSIDE = 3;
const MIXED_SCRIPT = 4;
const THIRD_IN_ROW = 2;
const BESIDE_ASCII_LETTER = 2;

const TYPOGRAPHIC = new Set('’‘“”„«»–—…€°§·•£©®™№²³¿¡½\u00a0ºª‚¹×');

/** Signs that stand behind a word or number, hardly ever right before a letter. */
const BEHIND = new Set('®©™°²³¹ºª');

const isAsciiLetter = (codePoint: number): boolean => {
  const lower = codePoint | 32;
  return lower >= 97 && lower <= 122;
};
/** What matters of a character beyond ASCII. */
interface Kind {
  isLetter: boolean;
  isLatin: boolean;
  isSmall: boolean;
  lower: string;
}

const kinds = new Map<string, Kind>();

function kindOf(character: string): Kind {
  let kind = kinds.get(character);
  if (kind === undefined) {
    const lower = character.toLowerCase();
    kind = {
      isLetter: /\p{L}|\p{M}/u.test(character),
      isLatin: /\p{Script=Latin}/u.test(character),
      isSmall: character !== character.toUpperCase(),
      lower,
    };
    kinds.set(character, kind);
  }
  return kind;
}

/** What a text holds beyond ASCII, counted. */
interface Counted {
  /** Letters in lower case. */
  letters: Map<string, number>;
  /** What does not depend on a language: symbols, invalid bytes, capitals inside words, mixed scripts. */
  cost: number;
}

/** Of a text without characters of two units. */
function count(text: string): Counted {
  const letters = new Map<string, number>();
  let cost = 0;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.charCodeAt(i);
    if (codePoint < 0x80) {
      run = 0;
      continue;
    }
    if (codePoint === 0xfffd) {
      cost += INVALID;
      continue;
    }
    if (codePoint < 0xa0) {
      cost += CONTROL;
      continue;
    }
    const character = text[i]!;
    const before = i === 0 ? null : kindOf(text[i - 1]!);
    const { isLetter, isLatin, lower } = kindOf(character);
    const isBehindAscii = i > 0 && isAsciiLetter(text.charCodeAt(i - 1));
    const isBeforeAscii = i + 1 < text.length && isAsciiLetter(text.charCodeAt(i + 1));
    if (!isLetter) {
      cost += TYPOGRAPHIC.has(character) ? PUNCTUATION : SYMBOL;
      const isInside = before?.isLetter === true && isBeforeAscii;
      const isOut = isInside ? character !== '’' && character !== '·' : BEHIND.has(character);
      if (isOut && isBeforeAscii) cost += SYMBOL_INSIDE;
      continue;
    }
    letters.set(lower, (letters.get(lower) ?? 0) + 1);
    if (lower !== character) cost += before?.isSmall === true ? CAPITAL_INSIDE : CAPITAL;
    if (!isLatin && (isBehindAscii || isBeforeAscii)) cost += MIXED_SCRIPT;
    if (isLatin && ++run > 2) cost += THIRD_IN_ROW;
  }
  return { letters, cost };
}

const rankCosts = new Map<string, ReadonlyMap<string, number>>();

function costsOf(letters: string): ReadonlyMap<string, number> {
  let costs = rankCosts.get(letters);
  if (costs === undefined) {
    costs = new Map([...letters].map((letter, rank) => [letter, 1 + Math.log(1 + rank) * 0.6]));
    rankCosts.set(letters, costs);
  }
  return costs;
}

/** Cost of a text read in a single-byte charset, under the language that explains it best. */
export function singleByteCost(text: string, charset: string): number {
  const { letters, cost } = count(text);
  let best = Infinity;
  for (const language of languages) {
    if (!language.charsets.includes(charset)) continue;
    const costs = costsOf(language.letters);
    let sum = 0;
    for (const [letter, times] of letters) sum += times * (costs.get(letter) ?? FOREIGN_LETTER);
    best = Math.min(best, sum);
  }
  return cost + best;
}

interface Script {
  frequent: ReadonlySet<string>;
  /** The characters that its standard calls common. */
  common: ReadonlySet<number>;
  /** Whether it is written with kana, or with hangul. */
  kana: boolean;
  hangul: boolean;
}

const scripts = new Map<string, Script>();

/** Code points of rows of 94 (or as many as a row of the standard takes) in an index. */
function rowsOf(
  name: Parameters<typeof multiByteIndex>[0],
  pointers: Iterable<number>,
): Set<number> {
  const index = multiByteIndex(name);
  return new Set([...pointers].map((pointer) => index[pointer] ?? 0));
}

function* pointersOf(
  leads: readonly [number, number],
  trails: readonly [number, number],
  pointerOf: (lead: number, trail: number) => number,
): Generator<number> {
  for (let lead = leads[0]; lead <= leads[1]; lead++)
    for (let trail = trails[0]; trail <= trails[1]; trail++) yield pointerOf(lead, trail);
}

function scriptOf(charset: string): Script {
  const frequent = (language: string): Set<string> => new Set(frequentCharacters.get(language)!);
  const graphic = [0xa1, 0xfe] as const;
  if (charset === 'gb18030')
    return {
      frequent: frequent('simplified'),
      common: rowsOf(
        'gb18030',
        pointersOf([0xb0, 0xd7], graphic, (lead, trail) => (lead - 0x81) * 190 + trail - 0x41),
      ),
      kana: false,
      hangul: false,
    };
  if (charset === 'big5')
    return {
      frequent: frequent('traditional'),
      common: rowsOf(
        'big5',
        pointersOf([0xa4, 0xc6], [0, 156], (lead, cell) => (lead - 0x81) * 157 + cell),
      ),
      kana: false,
      hangul: false,
    };
  if (charset === 'euc-kr')
    return {
      frequent: frequent('korean'),
      common: rowsOf(
        'euc-kr',
        pointersOf([0xb0, 0xc8], graphic, (lead, trail) => (lead - 0x81) * 190 + trail - 0x41),
      ),
      kana: false,
      hangul: true,
    };
  return {
    frequent: frequent('japanese'),
    common: rowsOf(
      'jis0208',
      pointersOf([15, 46], [0, 93], (row, cell) => row * 94 + cell),
    ),
    kana: true,
    hangul: false,
  };
}

/** Cost of a text read in a multi-byte charset; its tables must have been loaded. */
export function multiByteCost(text: string, charset: string): number {
  let script = scripts.get(charset);
  if (script === undefined) {
    script = scriptOf(charset);
    scripts.set(charset, script);
  }
  let cost = 0;
  let before = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (codePoint >= 0x80) {
      cost += costOf(character, codePoint, script);
      if (codePoint >= 0x2e80 && isAsciiLetter(before)) cost += BESIDE_ASCII_LETTER;
    } else if (before >= 0x2e80 && isAsciiLetter(codePoint)) cost += BESIDE_ASCII_LETTER;
    before = codePoint;
  }
  return cost;
}

function costOf(character: string, codePoint: number, script: Script): number {
  if (codePoint === 0xfffd) return INVALID;
  if (script.frequent.has(character)) return 2;
  if (script.common.has(codePoint)) return script.hangul ? 3.5 : 4;
  if (codePoint >= 0x3040 && codePoint <= 0x30ff) return script.kana ? 1.7 : 6;
  if (codePoint >= 0xff61 && codePoint <= 0xff9f) return 2.5;
  if (codePoint >= 0xff01 && codePoint <= 0xff5e) return 3;
  if (codePoint >= 0x3000 && codePoint <= 0x3015) return 2.5;
  if (TYPOGRAPHIC.has(character)) return 3.5;
  if (codePoint >= 0x4e00 && codePoint <= 0x9fff) return 7;
  return codePoint < 0xa0 ? CONTROL : 9;
}
