// Turns JSON records, one after the other, into the rows of a text block: every value as its own bytes, checked on the way.
import type { Schema } from '../table/data-type.ts';
import { PLAIN_DIALECT } from '../table/block-writer.ts';
import { viewOf } from '../table/copy-words.ts';
import { takeBuffer } from '../table/buffer-pool.ts';
import { WRONG, type JsonScan } from '../table/json-scan.ts';
import { jsonStringText, replaced, unescapeJson } from '../table/json-unescape.ts';
import type { TextBlock } from '../table/text-block.ts';
import {
  ANY_KIND,
  IS_ARRAY,
  IS_BOOL,
  IS_NUMBER,
  IS_OBJECT,
  IS_STRING,
  isIsoSpelling,
} from './json-guess.ts';
import { JsonKeys } from './json-keys.ts';

const COMMA = 44;
const QUOTE = 34;
const LF = 10;

/** A string's spelling, beside its kind. */
const HAS_ESCAPES = 32;
const HAS_COMMA = 64;

/** How a column's values are written: what they say, as JSON, or not at all. */
const AS_TEXT = 0;
const AS_JSON = 1;
const AS_NOTHING = 2;

const FULL_BYTES = 4 << 20;
const FULL_ENDS = 1 << 20;

/** What a record is made of. */
export type JsonRecordShape = 'objects' | 'arrays' | 'values';

/** Something about a record that is JSON and yet not to be taken: told with its offset. */
export type JsonRecordProblem =
  | { kind: 'duplicate-key' | 'new-key'; key: string; at: number }
  /** `end`: where the value ends. */
  | { kind: 'shape'; at: number; end: number }
  | { kind: 'lone-surrogate'; column: number; at: number };

/** Whom the rows tell about values that the schema has no room for. */
export interface JsonGrowth {
  /** A value of a column that its type cannot hold as it is; `seen`: kinds that its column had before. */
  misfit(column: number, kind: number, start: number, end: number, seen: number): void;
  /** A key, or a place of an array record, that no column stands for. */
  newKey(key: string, kind: number, start: number, end: number): void;
}

export interface JsonRowsOptions {
  shape: JsonRecordShape;
  /** Whether column 0 is the key under which a record stands. */
  hasKey: boolean;
  duplicateKeys: 'last' | 'first' | 'fail';
  loneSurrogates: 'replace' | 'fail';
  newKeys: 'add' | 'ignore' | 'fail';
}

/** Counts of what was changed or left out, by column or key. */
export interface JsonRowsCounts {
  duplicates: Map<string, number>;
  ignored: Map<string, { count: number; example: string }>;
  surrogates: Map<number, number>;
}

/** Ignored keys told apart; further ones are counted together. */
const MOST_IGNORED = 1_000;

/** Kinds of value that a column of this type holds without loss. */
function acceptedKinds(kind: string): number {
  switch (kind) {
    case 'bool':
      return IS_BOOL;
    case 'int':
    case 'float':
    case 'decimal':
      return IS_NUMBER;
    case 'list':
      return IS_ARRAY;
    case 'struct':
      return IS_OBJECT;
    case 'utf8':
    case 'date':
    case 'timestamp':
      return IS_STRING;
    default:
      return ANY_KIND;
  }
}

const WRITES_JSON = new Set(['json', 'list', 'struct', 'map']);

/** Rows of one block after the other. `row` and `element` return what a scan does. */
export class JsonRows {
  problem: JsonRecordProblem | null = null;
  readonly counts: JsonRowsCounts = {
    duplicates: new Map(),
    ignored: new Map(),
    surrogates: new Map(),
  };
  /** Rows since the last `take`. */
  rowCount = 0;
  readonly #scan: JsonScan;
  readonly #options: JsonRowsOptions;
  readonly #growth: JsonGrowth;
  readonly #keys: JsonKeys;
  readonly #firstMember: number;
  readonly #columnCount: number;
  readonly #names: string[];
  readonly #forms: Uint8Array;
  readonly #accepts: Uint8Array;
  readonly #isTimestamp: Uint8Array;
  readonly #seen: Uint8Array;
  // The record being read: where the columns' values stand.
  readonly #stamps: Float64Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #kinds: Uint8Array;
  #stamp = 0;
  #duplicate: string[] = [];
  #unknown: string[] = [];
  // The block being written.
  #bytes: Uint8Array;
  #view: DataView;
  #used = 0;
  #blockEnds: Uint32Array;
  #endCount = 0;
  #lines = new Uint32Array(1024);

  constructor(
    scan: JsonScan,
    schema: Schema,
    options: JsonRowsOptions,
    growth: JsonGrowth,
    wanted?: ReadonlySet<number>,
  ) {
    this.#scan = scan;
    this.#options = options;
    this.#growth = growth;
    const { fields } = schema;
    this.#firstMember = options.hasKey ? 1 : 0;
    this.#columnCount = fields.length;
    this.#names = fields.map((field) => field.name);
    this.#keys = new JsonKeys(this.#names.slice(this.#firstMember));
    const isWanted = (c: number): boolean => wanted === undefined || wanted.has(c);
    this.#forms = Uint8Array.from(fields, ({ type }, c) =>
      !isWanted(c) ? AS_NOTHING : WRITES_JSON.has(type.kind) ? AS_JSON : AS_TEXT,
    );
    this.#accepts = Uint8Array.from(fields, ({ type, origin }, c) =>
      origin === 'inferred' && isWanted(c) ? acceptedKinds(type.kind) : ANY_KIND,
    );
    this.#isTimestamp = Uint8Array.from(fields, ({ type, origin }, c) =>
      origin === 'inferred' && isWanted(c) && type.kind === 'timestamp' ? 1 : 0,
    );
    this.#seen = new Uint8Array(fields.length);
    this.#stamps = new Float64Array(fields.length);
    this.#starts = new Int32Array(fields.length);
    this.#ends = new Int32Array(fields.length);
    this.#kinds = new Uint8Array(fields.length);
    this.#bytes = new Uint8Array(takeBuffer(1 << 20));
    this.#view = viewOf(this.#bytes);
    this.#blockEnds = new Uint32Array(Math.max(4096, fields.length * 2));
  }

  get isFull(): boolean {
    return this.#used >= FULL_BYTES || this.#endCount >= FULL_ENDS || this.rowCount >= FULL_ENDS;
  }

  /**
   * Reads the record at `at` (its first byte) and, if it is whole, writes it as a row that stands on `line`. With `key` it is
   * the value of that key, whose inside stands at [start, end).
   */
  row(at: number, line: number, key?: { start: number; end: number; hasEscapes: boolean }): number {
    const end = this.read(at);
    if (end < 0) return end;
    if (key !== undefined) {
      this.#stamps[0] = this.#stamp;
      this.#starts[0] = key.start - 1;
      this.#ends[0] = key.end + 1;
      this.#kinds[0] = IS_STRING | HAS_COMMA | (key.hasEscapes ? HAS_ESCAPES : 0);
    }
    this.#settle();
    const size = Math.max(end, key?.end ?? 0) - Math.min(at, key?.start ?? at);
    return this.#write(size, line) ? end : WRONG;
  }

  /** Reads the record at `at` without writing a row. */
  read(at: number): number {
    this.problem = null;
    this.#stamp++;
    this.#duplicate.length = 0;
    this.#unknown.length = 0;
    const first = this.#scan.bytes[at]!;
    const { shape } = this.#options;
    if (shape === 'values') return this.#whole(at);
    if (first === (shape === 'objects' ? 123 : 91))
      return shape === 'objects' ? this.#object(at) : this.#array(at);
    // A value of another shape must be a value all the same.
    const end = this.#scan.value(at);
    if (end < 0) return end;
    this.problem = { kind: 'shape', at, end };
    return WRONG;
  }

  /** Writes the values that begin at `starts`, one for each column (-1 = null) and all of them whole, as a row. */
  cells(starts: readonly number[], line: number): boolean {
    this.#stamp++;
    this.problem = null;
    let size = 0;
    for (let column = 0; column < this.#columnCount; column++) {
      const start = starts[column] ?? -1;
      if (start < 0) continue;
      const end = this.#value(start);
      this.#keep(column, start, end);
      size += end - start;
    }
    this.#settle();
    return this.#write(size, line);
  }

  /** A row of nulls, for a record that is left out. */
  addEmptyRow(line: number): void {
    this.#stamp++;
    this.#write(0, line);
  }

  #whole(at: number): number {
    const end = this.#value(at);
    if (end >= 0) this.#keep(this.#firstMember, at, end);
    return end;
  }

  /** Kind and spelling of the value passed last. */
  #kind = 0;

  #value(at: number): number {
    const scan = this.#scan;
    const b = scan.bytes[at]!;
    if (b === QUOTE) {
      const end = scan.string(at + 1);
      if (end < 0) return end;
      this.#kind =
        IS_STRING | (scan.hasEscapes ? HAS_ESCAPES : 0) | (scan.hasComma ? HAS_COMMA : 0);
      return end + 1;
    }
    if (b === 45 || (b >= 48 && b <= 57)) {
      this.#kind = IS_NUMBER;
      return scan.number(at);
    }
    if (b === 123 || b === 91) {
      this.#kind = b === 123 ? IS_OBJECT : IS_ARRAY;
      return scan.value(at);
    }
    this.#kind = b === 110 ? 0 : IS_BOOL;
    return scan.word(at);
  }

  #keep(column: number, start: number, end: number): void {
    this.#stamps[column] = this.#stamp;
    this.#starts[column] = start;
    this.#ends[column] = end;
    this.#kinds[column] = this.#kind;
  }

  #object(from: number): number {
    const scan = this.#scan;
    const { bytes } = scan;
    const { bytes: keyBytes, from: keyFrom, next } = this.#keys;
    const first = this.#firstMember;
    let at = scan.space(from + 1);
    if (bytes[at] === 125) return at + 1;
    let previous = 0;
    for (;;) {
      if (bytes[at] !== QUOTE) return scan.unexpected('key', at);
      let member = next[previous]!;
      let i = at + 1;
      let isKnown = false;
      if (member >= 0) {
        let k = keyFrom[member]!;
        const end = keyFrom[member + 1]!;
        while (k < end && keyBytes[k] === bytes[i]) {
          k++;
          i++;
        }
        isKnown = k === end;
      }
      let key: string | null = null;
      if (!isKnown) {
        const end = scan.string(at + 1);
        if (end < 0) return end;
        if (scan.hasEscapes) {
          key = jsonStringText(bytes, at + 1, end, true);
          member = this.#keys.findText(key);
        } else {
          member = this.#keys.find(bytes, at + 1, end);
          if (member < 0) key = jsonStringText(bytes, at + 1, end, false);
        }
        if (member >= 0) next[previous] = member;
        i = end + 1;
      }
      if (bytes[i] !== 58) {
        i = scan.space(i);
        if (bytes[i] !== 58) return scan.unexpected('colon', i);
      }
      i++;
      if (bytes[i]! <= 32) i = scan.space(i);
      const start = i;
      i = this.#value(i);
      if (i < 0) return i;
      if (member >= 0) {
        const column = member + first;
        if (this.#stamps[column] === this.#stamp) {
          if (!this.#isDuplicate(this.#names[column]!, at)) return WRONG;
          if (this.#options.duplicateKeys === 'last') this.#keep(column, start, i);
        } else this.#keep(column, start, i);
        previous = member + 1;
      } else if (!this.#newKey(key!, start, i, at)) return WRONG;
      if (bytes[i]! <= 32) i = scan.space(i);
      if (bytes[i] === COMMA) {
        at = i + 1;
        if (bytes[at]! <= 32) at = scan.space(at);
        if (bytes[at] === 125) return scan.unexpected('trailing-comma', i);
        continue;
      }
      return bytes[i] === 125 ? i + 1 : scan.unexpected('comma', i);
    }
  }

  #array(from: number): number {
    const scan = this.#scan;
    const { bytes } = scan;
    let at = scan.space(from + 1);
    if (bytes[at] === 93) return at + 1;
    for (let column = this.#firstMember; ; column++) {
      const end = this.#value(at);
      if (end < 0) return end;
      if (column < this.#columnCount) this.#keep(column, at, end);
      else if (!this.#newKey(`column${column - this.#firstMember + 1}`, at, end, at)) return WRONG;
      const i = scan.space(end);
      if (bytes[i] === 93) return i + 1;
      if (bytes[i] !== COMMA) return scan.unexpected('comma', i);
      at = scan.space(i + 1);
      if (bytes[at] === 93) return scan.unexpected('trailing-comma', i);
    }
  }

  #isDuplicate(key: string, at: number): boolean {
    this.#duplicate.push(key);
    if (this.#options.duplicateKeys !== 'fail') return true;
    this.problem = { kind: 'duplicate-key', key, at };
    return false;
  }

  #newKey(key: string, start: number, end: number, at: number): boolean {
    const { newKeys } = this.#options;
    if (newKeys === 'add') this.#growth.newKey(key, this.#kind & ANY_KIND, start, end);
    else if (newKeys === 'ignore') this.#unknown.push(key);
    else {
      this.problem = { kind: 'new-key', key, at };
      return false;
    }
    return true;
  }

  /** Counts what the whole record brought, and holds its values against the columns' types. */
  #settle(): void {
    if (this.#duplicate.length > 0 || this.#unknown.length > 0) this.#count();
    for (let c = 0; c < this.#columnCount; c++) {
      if (this.#stamps[c] !== this.#stamp) continue;
      const kind = this.#kinds[c]! & ANY_KIND;
      if (kind === 0) continue;
      const isUnfit =
        (this.#accepts[c]! & kind) === 0 ||
        (this.#isTimestamp[c] === 1 &&
          !isIsoSpelling(this.#scan.bytes, this.#starts[c]! + 1, this.#ends[c]! - 1));
      if (isUnfit) this.#growth.misfit(c, kind, this.#starts[c]!, this.#ends[c]!, this.#seen[c]!);
      this.#seen[c]! |= kind;
    }
  }

  #count(): void {
    for (const key of this.#duplicate)
      this.counts.duplicates.set(key, (this.counts.duplicates.get(key) ?? 0) + 1);
    const { ignored } = this.counts;
    for (const key of this.#unknown) {
      const found = ignored.get(key);
      if (found) found.count++;
      else {
        const known = ignored.size < MOST_IGNORED ? key : '…';
        const count = (ignored.get(known)?.count ?? 0) + 1;
        ignored.set(known, { count, example: key });
      }
    }
  }

  /** Writes the record's row; `size`: bytes it takes in the source. false: `problem` says why not. */
  #write(size: number, line: number): boolean {
    const columnCount = this.#columnCount;
    // Quotes of nested values are doubled, and fields quoted.
    this.#room(size * 2 + columnCount * 3 + 16);
    const { bytes: source, view } = this.#scan;
    const out = this.#bytes;
    const outView = this.#view;
    const ends = this.#blockEnds;
    let n = this.#used;
    let e = this.#endCount;
    for (let c = 0; c < columnCount; c++) {
      if (this.#stamps[c] === this.#stamp && this.#forms[c] !== AS_NOTHING) {
        const kind = this.#kinds[c]!;
        let start = this.#starts[c]!;
        let end = this.#ends[c]!;
        if (kind === 0) {
          // Null is the empty field.
        } else if ((kind & IS_STRING) !== 0 && this.#forms[c] === AS_TEXT) {
          start++;
          end--;
          if ((kind & HAS_ESCAPES) !== 0) {
            out[n++] = QUOTE;
            replaced.count = 0;
            n = unescapeJson(source, start, end, out, n, true);
            out[n++] = QUOTE;
            if (replaced.count > 0 && !this.#surrogates(c, start)) return false;
          } else {
            const isQuoted = (kind & HAS_COMMA) !== 0 || start === end;
            if (isQuoted) out[n++] = QUOTE;
            const length = end - start;
            if (length < 64)
              for (let k = 0; k < length; k += 4)
                outView.setInt32(n + k, view.getInt32(start + k, true), true);
            else out.set(source.subarray(start, end), n);
            n += length;
            if (isQuoted) out[n++] = QUOTE;
          }
        } else if ((kind & (IS_NUMBER | IS_BOOL)) !== 0) {
          const length = end - start;
          for (let k = 0; k < length; k += 4)
            outView.setInt32(n + k, view.getInt32(start + k, true), true);
          n += length;
        } else {
          out[n++] = QUOTE;
          for (let i = start; i < end; i++) {
            const b = source[i]!;
            if (b === QUOTE) out[n++] = QUOTE;
            out[n++] = b;
          }
          out[n++] = QUOTE;
        }
      }
      ends[e++] = n;
      out[n++] = c === columnCount - 1 ? LF : COMMA;
    }
    this.#used = n;
    this.#endCount = e;
    if (this.rowCount === this.#lines.length) {
      const grown = new Uint32Array(this.#lines.length * 2);
      grown.set(this.#lines);
      this.#lines = grown;
    }
    this.#lines[this.rowCount++] = line;
    return true;
  }

  #surrogates(column: number, at: number): boolean {
    if (this.#options.loneSurrogates === 'fail') {
      this.problem = { kind: 'lone-surrogate', column, at };
      return false;
    }
    const { surrogates } = this.counts;
    surrogates.set(column, (surrogates.get(column) ?? 0) + replaced.count);
    return true;
  }

  #room(more: number): void {
    if (this.#used + more > this.#bytes.length) {
      const grown = new Uint8Array(takeBuffer(Math.max(this.#bytes.length * 2, this.#used + more)));
      grown.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = grown;
      this.#view = viewOf(grown);
    }
    if (this.#endCount + this.#columnCount > this.#blockEnds.length) {
      const grown = new Uint32Array(
        Math.max(this.#blockEnds.length * 2, this.#endCount + this.#columnCount),
      );
      grown.set(this.#blockEnds.subarray(0, this.#endCount));
      this.#blockEnds = grown;
    }
  }

  /** Takes the last row back. */
  dropLast(): void {
    this.rowCount--;
    this.#endCount -= this.#columnCount;
    this.#used = this.#endCount === 0 ? 0 : this.#blockEnds[this.#endCount - 1]! + 1;
  }

  /** The name of a column. */
  nameOf(column: number): string {
    return this.#names[column]!;
  }

  /** Forgets the rows since the last `take`. */
  clear(): void {
    this.#used = 0;
    this.#endCount = 0;
    this.rowCount = 0;
  }

  /** The rows since the last `take` as a block of its own, of which the first is number `firstRow` of the source. */
  take(firstRow: number): TextBlock {
    const rowCount = this.rowCount;
    const block: TextBlock = {
      bytes: this.#bytes.subarray(0, this.#used),
      ends: this.#blockEnds.subarray(0, this.#endCount),
      start: 0,
      rowCount,
      columnCount: this.#columnCount,
      dialect: PLAIN_DIALECT,
      firstRow,
      firstLine: this.#lines[0]!,
      lines: this.#lines.slice(0, rowCount),
    };
    this.#bytes = new Uint8Array(
      takeBuffer(Math.max(1 << 20, Math.min(this.#bytes.length, 8 << 20))),
    );
    this.#view = viewOf(this.#bytes);
    const { length } = this.#blockEnds;
    this.#blockEnds = new Uint32Array(takeBuffer(length * 4), 0, length);
    this.clear();
    return block;
  }
}
