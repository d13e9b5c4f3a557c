// Finds whole records in a piece out of the middle of a JSON list, where strings and levels leave no doubt about it.
import type { PieceOfText } from '../../contract/source-plugin.ts';
import type { JsonOptions } from './options.ts';

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Records that a piece must hold for their beginning to count as found. */
const LEAST_RECORDS = 10;
/** Share of the keys of objects in a list that are columns, from which on they are taken for records. */
const ALIKE = 0.8;
const MOST_LEVELS = 64;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What may stand next to each other outside of strings. */
type Token = 'none' | 'open' | 'comma' | 'colon' | 'value';

/** What a walk over a piece found, by level: 0 is the lowest, in whose list or object the others stand. */
interface Walk {
  /** First and last comma of the lowest level, -1 where there is none, and how many. */
  first: number;
  last: number;
  commas: number;
  /** Whether nothing but objects stands between them. */
  isObjects: boolean;
  /** Of objects in lists, by their level: how many keys, and how many of them are columns. */
  keys: { level: number; all: number; known: number }[];
  /** Whether what closes last is the list itself. */
  isEnded: boolean;
}

/**
 * See `Source.findRecords`. Sure where the piece is JSON when it begins outside of a string, and not when inside, or the
 * other way round; where its lowest level is a list of objects whose keys are columns; and where no list further down is.
 */
export function findJsonRecords(
  piece: Uint8Array,
  { options, columnNames, isStart, isEnd }: PieceOfText<JsonOptions>,
): { from: number; to: number } | null {
  if (options.layout !== 'list' || (options.path ?? '') !== '') return null;
  if (options.records !== 'objects') return null;
  const columns = new Set(columnNames);
  const listLevel = isEnd ? 1 : 0;
  const walkFrom = (at: number, inString: boolean): Walk | null =>
    walk(piece, at, inString, { columns, isStart, listLevel: isStart ? 1 : listLevel });
  if (isStart) {
    const found = walkFrom(startOf(piece), false);
    return found !== null && isSure(found) && !isEnd ? { from: 0, to: found.last } : null;
  }
  const outside = walkFrom(0, false);
  // The first byte may belong to an escape that begins before it.
  const inside = walkFrom(0, true) ?? walkFrom(1, true);
  if ((outside === null) === (inside === null)) return null;
  const found = (outside ?? inside)!;
  if (!isSure(found)) return null;
  if (!isEnd) return { from: found.first, to: found.last };
  return found.isEnded ? { from: found.first, to: piece.length } : null;
}

/** Behind a byte order mark. */
function startOf(piece: Uint8Array): number {
  return piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? 3 : 0;
}

function isSure({ commas, isObjects, keys }: Walk): boolean {
  if (commas <= LEAST_RECORDS || !isObjects) return false;
  const [records, ...below] = keys.toSorted((a, b) => a.level - b.level);
  const isAlike = ({ all, known }: { all: number; known: number }): boolean =>
    all > 0 && known >= all * ALIKE;
  return records !== undefined && isAlike(records) && !below.some(isAlike);
}

interface Container {
  isObject: boolean;
  /** Whether it is an object in a list: perhaps a record. */
  isItem: boolean;
}

/** Goes over the piece once to find its lowest level, and once more to look at it; null where it cannot be JSON. */
function walk(
  piece: Uint8Array,
  at: number,
  inString: boolean,
  about: { columns: ReadonlySet<string>; isStart: boolean; listLevel: number },
): Walk | null {
  const lowest = scan(piece, at, inString, null);
  if (lowest === null) return null;
  const level = lowest.lowest + about.listLevel;
  const found: Walk = {
    ...{ first: -1, last: -1, commas: 0, isObjects: true, keys: [], isEnded: false },
  };
  const byLevel = new Map<number, { level: number; all: number; known: number }>();
  scan(piece, at, inString, {
    comma(place, depth) {
      if (depth !== level) return;
      if (found.first < 0) found.first = place;
      found.last = place;
      found.commas++;
    },
    value(depth, isObject) {
      if (depth === level && found.first >= 0 && !isObject) found.isObjects = false;
    },
    key(from, to, depth, isItem) {
      if (depth === level) found.isObjects = false;
      if (!isItem || depth <= level) return;
      let counts = byLevel.get(depth);
      if (counts === undefined) byLevel.set(depth, (counts = { level: depth, all: 0, known: 0 }));
      counts.all++;
      if (about.columns.has(decoder.decode(piece.subarray(from, to)))) counts.known++;
    },
  });
  found.keys = [...byLevel.values()];
  found.isEnded = lowest.end === level - 1 && lowest.end === lowest.lowest;
  return found;
}

interface Told {
  comma(at: number, depth: number): void;
  /** A value begins that is no text of a key. */
  value(depth: number, isObject: boolean): void;
  key(from: number, to: number, depth: number, isItem: boolean): void;
}

/** The levels of a piece: depth 0 is where it begins. Null where it is no JSON. */
function scan(
  piece: Uint8Array,
  at: number,
  inString: boolean,
  told: Told | null,
): { lowest: number; end: number } | null {
  const stack: Container[] = [];
  /** Levels that were closed and not opened here. */
  let below = 0;
  let lowest = 0;
  let before: Token = 'none';
  let i = at;
  if (inString) {
    i = stringEnd(piece, at);
    if (i === WRONG) return null;
    if (i >= piece.length) return { lowest, end: 0 };
    i++;
    before = 'value';
  }
  const depth = (): number => stack.length - below;
  const mayBegin = (): boolean => before !== 'value';
  while (i < piece.length) {
    const byte = piece[i]!;
    if (byte === 32 || byte === 10 || byte === 13 || byte === 9) {
      i++;
      continue;
    }
    switch (byte) {
      case QUOTE: {
        if (!mayBegin()) return null;
        const end = stringEnd(piece, i + 1);
        if (end === WRONG) return null;
        const next = spaceEnd(piece, end + 1);
        const isKey = end < piece.length && piece[next] === 58;
        const top = stack.at(-1);
        if (isKey) {
          if (before === 'colon' || (top && !top.isObject)) return null;
          told?.key(i + 1, end, depth(), top?.isItem === true);
        } else told?.value(depth(), false);
        before = 'value';
        i = end + 1;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_LIST: {
        if (!mayBegin()) return null;
        const isObject = byte === OPEN_OBJECT;
        told?.value(depth(), isObject);
        const top = stack.at(-1);
        // Below what was opened here the container is told by what stands in it: an object without a key is in a list.
        const isItem = isObject && (top === undefined ? before !== 'colon' : !top.isObject);
        stack.push({ isObject, isItem });
        if (stack.length > MOST_LEVELS) return null;
        before = 'open';
        i++;
        break;
      }
      case CLOSE_OBJECT:
      case CLOSE_LIST: {
        if (before === 'comma' || before === 'colon') return null;
        const top = stack.pop();
        if (top === undefined) lowest = Math.min(lowest, -++below);
        else if (top.isObject !== (byte === CLOSE_OBJECT)) return null;
        before = 'value';
        i++;
        break;
      }
      case COMMA:
        if (before !== 'value' && before !== 'none') return null;
        told?.comma(i, depth());
        before = 'comma';
        i++;
        break;
      case 58:
        if (before !== 'value' && before !== 'none') return null;
        before = 'colon';
        i++;
        break;
      default: {
        if (!mayBegin()) return null;
        const end = wordEnd(piece, i);
        const isCut = i === at || end === piece.length;
        if (end === i || (!isCut && !WORD.test(decoder.decode(piece.subarray(i, end)))))
          return null;
        told?.value(depth(), false);
        before = 'value';
        i = end;
      }
    }
  }
  return { lowest, end: depth() };
}

const WRONG = -1;
const WORD = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;

/** The closing quote, or the end of the piece. */
function stringEnd(piece: Uint8Array, at: number): number {
  for (let i = at; i < piece.length; i++) {
    const byte = piece[i]!;
    if (byte === QUOTE) return i;
    if (byte < 32) return WRONG;
    if (byte === BACKSLASH) {
      i++;
      if (i < piece.length && !ESCAPES.has(piece[i]!)) return WRONG;
    }
  }
  return piece.length;
}

const ESCAPES = new Set([...'"\\/bfnrtu'].map((character) => character.charCodeAt(0)));

function spaceEnd(piece: Uint8Array, at: number): number {
  let i = at;
  while (piece[i] === 32 || piece[i] === 10 || piece[i] === 13 || piece[i] === 9) i++;
  return i;
}

/** Behind the characters of numbers and words. */
function wordEnd(piece: Uint8Array, at: number): number {
  let i = at;
  for (; i < piece.length; i++) {
    const byte = piece[i]!;
    const isWord =
      (byte >= 48 && byte <= 57) ||
      (byte >= 97 && byte <= 122) ||
      byte === 43 ||
      byte === 45 ||
      byte === 46 ||
      byte === 69;
    if (!isWord) break;
  }
  return i;
}
