// Finds whole records in a piece out of the middle of an XML document, where they stand right below its root.
import type { PieceOfText } from '../../contract/source-plugin.ts';
import type { XmlOptions } from './options.ts';

const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const QUOTE = 34;
const APOSTROPHE = 39;

/** Records that a piece must hold for their beginning to count as found. */
const LEAST_RECORDS = 10;
/** Ends without beginnings that are met: more of them are the text of the records. */
const MOST_RESTARTS = 10;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What nothing is read inside of: how it begins and how it ends. */
const CLOSED = [
  { open: bytesOf('<!--'), close: bytesOf('-->') },
  { open: bytesOf('<![CDATA['), close: bytesOf(']]>') },
  { open: bytesOf('<?'), close: bytesOf('?>') },
] as const;

interface Found {
  /** Where the first record begins and where the last that is whole ends; -1: there is none. */
  from: number;
  to: number;
  count: number;
  /** Levels at which elements of the record's name begin; 0 is where the piece begins. */
  levels: Set<number>;
  /** Levels that are open behind the piece. */
  depth: number;
}

/**
 * See `Source.findRecords`. A piece is known to begin outside of comments, CDATA and instructions when none ends in it that
 * does not begin in it; its records are sure where elements of their name stand at one level only.
 */
export function findXmlRecords(
  piece: Uint8Array,
  { options, isStart, isEnd }: PieceOfText<XmlOptions>,
): { from: number; to: number } | null {
  // Further down, a piece does not show in what its elements stand.
  const steps = /^\/[^/]+\/([^/*]+)$/.exec(options.path ?? '');
  if (steps === null) return null;
  const name = bytesOf(steps[1]!);
  const isPrefixed = steps[1]!.includes(':');
  const nameAt = (from: number, to: number): boolean => {
    let start = from;
    if (!isPrefixed) {
      const colon = piece.subarray(from, to).indexOf(58);
      if (colon >= 0) start = from + colon + 1;
    }
    return to - start === name.length && startsWith(piece, start, name);
  };
  let at = 0;
  for (let restarts = 0; restarts < MOST_RESTARTS; restarts++) {
    const found = scan(piece, at, nameAt);
    if (found === null) return null;
    if ('restart' in found) {
      if (isStart) return null;
      at = found.restart;
      continue;
    }
    const { from, to, count, levels, depth } = found;
    const [level] = levels;
    if (levels.size !== 1 || level === undefined || count < LEAST_RECORDS) return null;
    if (isStart) return level === 1 ? { from: 0, to } : null;
    if (!isEnd) return { from, to };
    // All that is open behind the last record is the root, which ends with the document.
    return depth === level - 1 ? { from, to: piece.length } : null;
  }
  return null;
}

/** Null: it cannot be XML, or ends before anything is known; `restart`: it began inside of something that ends there. */
function scan(
  piece: Uint8Array,
  start: number,
  isRecord: (from: number, to: number) => boolean,
): Found | { restart: number } | null {
  const found: Found = { from: -1, to: -1, count: 0, levels: new Set(), depth: 0 };
  /** The level of the record that is open; null between records. */
  let open: number | null = null;
  let i = start;
  for (;;) {
    const next = piece.indexOf(LT, i);
    const ended = endedIn(piece, i, next < 0 ? piece.length : next);
    if (ended >= 0) return { restart: ended };
    if (next < 0) return found;
    const second = piece[next + 1];
    if (second === BANG || second === QUESTION) {
      const end = markedEnd(piece, next);
      if (end === WRONG) return null;
      if (end < 0) return found;
      i = end;
      continue;
    }
    const end = tagEnd(piece, next + 1);
    if (end < 0) return found;
    if (second === SLASH) {
      found.depth--;
      if (found.depth === open) {
        open = null;
        found.to = end;
        found.count++;
      }
    } else {
      const nameTo = nameEnd(piece, next + 1);
      const isEmpty = piece[end - 2] === SLASH;
      if (isRecord(next + 1, nameTo)) {
        found.levels.add(found.depth);
        if (found.from < 0) found.from = next;
        if (isEmpty && open === null) {
          found.to = end;
          found.count++;
        } else if (!isEmpty) open ??= found.depth;
      }
      if (!isEmpty) found.depth++;
    }
    i = end;
  }
}

const NOT_WHOLE = -1;
const WRONG = -2;

/** Behind a comment, CDATA, an instruction or a document type without declarations. */
function markedEnd(piece: Uint8Array, at: number): number {
  const closed = CLOSED.find(({ open }) => startsWith(piece, at, open));
  if (closed !== undefined) {
    const end = indexOf(piece, closed.close, at + closed.open.length);
    return end < 0 ? NOT_WHOLE : end + closed.close.length;
  }
  const end = tagEnd(piece, at + 1);
  return end < 0 || piece.subarray(at, end).includes(91) ? WRONG : end;
}

/** Behind the end of what began before the piece, where text between tags holds one; -1: it holds none. */
function endedIn(piece: Uint8Array, from: number, to: number): number {
  for (let i = piece.indexOf(GT, from); i >= 0 && i < to; i = piece.indexOf(GT, i + 1))
    for (const { close } of CLOSED) {
      const at = i - close.length + 1;
      if (at >= 0 && startsWith(piece, at, close)) return i + 1;
    }
  return -1;
}

/** Behind the `>` of a tag, which values in quotes may hold too; -1: the piece ends before. */
function tagEnd(piece: Uint8Array, at: number): number {
  let quote = 0;
  for (let i = at; i < piece.length; i++) {
    const byte = piece[i]!;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === GT) return i + 1;
    else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
  }
  return NOT_WHOLE;
}

function nameEnd(piece: Uint8Array, at: number): number {
  let i = at;
  while (i < piece.length && !STOPS.has(piece[i]!)) i++;
  return i;
}

const STOPS = new Set([32, 9, 10, 13, SLASH, GT]);

function startsWith(piece: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (piece[at + i] !== text[i]) return false;
  return true;
}

function indexOf(piece: Uint8Array, text: Uint8Array, from: number): number {
  for (let i = piece.indexOf(text[0]!, from); i >= 0; i = piece.indexOf(text[0]!, i + 1))
    if (startsWith(piece, i, text)) return i;
  return -1;
}
