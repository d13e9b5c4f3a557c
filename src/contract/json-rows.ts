// Turns JSON records, one after the other, into the rows of a text block: every value as its own bytes, checked on the way.
import type { Schema } from '../table/data-type.ts';
import { WRONG, type JsonScan } from '../table/json-scan.ts';
import { jsonStringText } from '../table/json-unescape.ts';
import {
  AS_JSON,
  AS_NOTHING,
  AS_TEXT,
  HAS_COMMA,
  HAS_ESCAPES,
  JsonBlock,
  RecordValues,
} from './json-block.ts';
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

/** The key under which a record stands: its inside, and how that is spelt. */
export interface RecordKey {
  start: number;
  end: number;
  hasEscapes: boolean;
  hasComma: boolean;
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
  /** The rows that were written. */
  readonly block: JsonBlock;
  readonly #scan: JsonScan;
  readonly #options: JsonRowsOptions;
  readonly #growth: JsonGrowth;
  readonly #keys: JsonKeys;
  readonly #firstMember: number;
  readonly #columnCount: number;
  readonly #names: string[];
  readonly #accepts: Uint8Array;
  readonly #isTimestamp: Uint8Array;
  readonly #seen: Uint8Array;
  readonly #values: RecordValues;
  #duplicate: string[] = [];
  #unknown: string[] = [];

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
    const forms = Uint8Array.from(fields, ({ type }, c) =>
      !isWanted(c) ? AS_NOTHING : WRITES_JSON.has(type.kind) ? AS_JSON : AS_TEXT,
    );
    this.#accepts = Uint8Array.from(fields, ({ type, origin }, c) =>
      origin === 'inferred' && isWanted(c) ? acceptedKinds(type.kind) : ANY_KIND,
    );
    this.#isTimestamp = Uint8Array.from(fields, ({ type, origin }, c) =>
      origin === 'inferred' && isWanted(c) && type.kind === 'timestamp' ? 1 : 0,
    );
    this.#seen = new Uint8Array(fields.length);
    this.#values = new RecordValues(fields.length);
    this.block = new JsonBlock(scan, forms, (column, at, count) =>
      this.#onReplaced(column, at, count),
    );
  }

  /**
   * Reads the record at `at` (its first byte) and, if it is whole, writes it as a row that stands on `line`. With `key` it is
   * the value of that key, whose inside stands at [start, end).
   */
  row(at: number, line: number, key?: RecordKey): number {
    const end = this.read(at);
    if (end < 0) return end;
    if (key !== undefined) {
      const spelling = (key.hasEscapes ? HAS_ESCAPES : 0) | (key.hasComma ? HAS_COMMA : 0);
      this.#values.keep(0, key.start - 1, key.end + 1, IS_STRING | spelling);
    }
    this.#settle();
    const size = Math.max(end, key?.end ?? 0) - Math.min(at, key?.start ?? at);
    this.block.write(this.#values, size, line);
    return this.problem === null ? end : WRONG;
  }

  /** Reads the record at `at` without writing a row. */
  read(at: number): number {
    this.problem = null;
    this.#values.stamp++;
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
    this.#values.stamp++;
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
    this.block.write(this.#values, size, line);
    return this.problem === null;
  }

  /** A row of nulls, for a record that is left out. */
  addEmptyRow(line: number): void {
    this.#values.stamp++;
    this.block.write(this.#values, 0, line);
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
    this.#values.keep(column, start, end, this.#kind);
  }

  #object(from: number): number {
    const scan = this.#scan;
    const { bytes } = scan;
    const { bytes: keyBytes, from: keyFrom, next } = this.#keys;
    const first = this.#firstMember;
    const values = this.#values;
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
        if (values.stamps[column] === values.stamp) {
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
    const { stamp, stamps, starts, ends, kinds } = this.#values;
    for (let c = 0; c < this.#columnCount; c++) {
      if (stamps[c] !== stamp) continue;
      const kind = kinds[c]! & ANY_KIND;
      if (kind === 0) continue;
      const isUnfit =
        (this.#accepts[c]! & kind) === 0 ||
        (this.#isTimestamp[c] === 1 &&
          !isIsoSpelling(this.#scan.bytes, starts[c]! + 1, ends[c]! - 1));
      if (isUnfit) this.#growth.misfit(c, kind, starts[c]!, ends[c]!, this.#seen[c]!);
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

  #onReplaced(column: number, at: number, count: number): void {
    if (this.#options.loneSurrogates === 'fail') {
      this.problem = { kind: 'lone-surrogate', column, at };
      return;
    }
    const { surrogates } = this.counts;
    surrogates.set(column, (surrogates.get(column) ?? 0) + count);
  }

  /** The name of a column. */
  nameOf(column: number): string {
    return this.#names[column]!;
  }
}
