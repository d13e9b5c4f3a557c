// What type a column has: by the type that the script declares, and by the values that stand in it.
import { createGuess, type ColumnGuess } from '../../contract/column-guess.ts';
import type { ColumnProfile } from '../../contract/column-profile.ts';
import {
  BOOL,
  FLOAT64,
  INT64,
  JSON_TEXT,
  UTF8,
  type DataType,
  type TimeUnit,
} from '../../table/data-type.ts';
import { MISFIT, parseFloat64 } from '../../table/parse-value.ts';
import { KIND, type Kind } from './value-kinds.ts';

/** What a declared type is; null where its name says nothing, and values tell. */
export function declaredType(written: string): DataType | null {
  let type = written;
  // ClickHouse wraps its types.
  for (let k = 0; k < 3; k++) type = type.replace(/^(?:nullable|lowcardinality)\((.*)\)$/, '$1');
  if (/\[|^array|\barray$/.test(type)) return UTF8;
  const [, name = '', first, second] =
    /^((?:double precision|character varying|national \w+|long \w+|[^\s(]+))\s*(?:\(\s*(\d+)[^,)]*(?:,\s*(\d+))?[^)]*\))?/.exec(
      type,
    ) ?? [];
  const isUnsigned = /\bunsigned\b/.test(type);
  const digits = first === undefined ? null : Number(first);
  const scale = second === undefined ? 0 : Number(second);
  switch (name) {
    case 'bool':
    case 'boolean':
      return BOOL;
    case 'bit':
      return digits === null || digits === 1 ? BOOL : UTF8;
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'int1':
    case 'int2':
    case 'int4':
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'integer':
    case 'serial':
    case 'bigserial':
    case 'smallserial':
    case 'year':
    case 'utinyint':
    case 'usmallint':
    case 'uinteger':
    case 'byteint':
      return INT64;
    case 'bigint':
      return isUnsigned ? { kind: 'int', bits: 64, signed: false } : INT64;
    case 'ubigint':
    case 'uint64':
      return { kind: 'int', bits: 64, signed: false };
    case 'numeric':
    case 'decimal':
    case 'dec':
    case 'number':
    case 'bignumeric':
    case 'bigdecimal':
      if (digits === null || digits > 38 || digits < 1 || scale > digits) return null;
      return scale === 0 && digits <= 18 ? INT64 : { kind: 'decimal', precision: digits, scale };
    case 'real':
    case 'float':
    case 'float4':
    case 'float8':
    case 'float32':
    case 'float64':
    case 'double':
    case 'double precision':
    case 'binary_float':
    case 'binary_double':
      return FLOAT64;
    case 'date':
    case 'date32':
      return { kind: 'date' };
    case 'time':
      return /with time zone/.test(type) ? UTF8 : { kind: 'time', unit: unitOf(digits ?? 6) };
    case 'timestamp':
    case 'datetime':
    case 'datetime2':
    case 'datetime64':
    case 'smalldatetime':
    case 'timestamp_ntz':
    case 'timestamp_ns':
    case 'timestamp_s':
    case 'timestamp_ms':
      return {
        kind: 'timestamp',
        unit: name === 'timestamp_ns' ? 'ns' : unitOf(digits ?? 6),
        zone: /with (?:local )?time zone/.test(type) ? 'UTC' : null,
      };
    case 'timestamptz':
    case 'timestamp_tz':
    case 'timestamp_ltz':
    case 'datetimeoffset':
      return { kind: 'timestamp', unit: unitOf(digits ?? 6), zone: 'UTC' };
    case 'bytea':
    case 'blob':
    case 'tinyblob':
    case 'mediumblob':
    case 'longblob':
    case 'binary':
    case 'varbinary':
    case 'bytes':
    case 'image':
    case 'raw':
    case 'long raw':
    case 'rowversion':
      return { kind: 'binary' };
    case 'json':
    case 'jsonb':
    case 'variant':
      return JSON_TEXT;
    case '':
      return null;
    default:
      return UTF8;
  }
}

const unitOf = (digits: number): TimeUnit =>
  digits === 0 ? 's' : digits <= 3 ? 'ms' : digits <= 6 ? 'us' : 'ns';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.(\d{1,9}))?)?$/;

const decoder = new TextDecoder();

/** Collects the values of a column and says its type. */
export class ColumnValues {
  readonly #declared: DataType | null;
  #guess: ColumnGuess | null = null;
  readonly #isProfiled: boolean;
  readonly #kinds = new Set<Kind>();
  #isTime = true;
  #isJson = true;
  #isFloat = true;
  #digits = 0;

  /** `declared`: what CREATE TABLE says; null = nothing. */
  constructor(declared: DataType | null, isProfiled: boolean) {
    this.#declared = declared;
    this.#isProfiled = isProfiled;
  }

  /** The type that the column may have, for how its values are spelt. */
  get lookedFor(): DataType {
    return this.#declared ?? UTF8;
  }

  #guessFor(kind: Kind): ColumnGuess {
    // Digits without quotes are numbers however many they are; those of COPY may be anything.
    return (this.#guess ??= createGuess(
      this.#isProfiled,
      kind === KIND.bare && this.#declared === null ? 'text' : 'numbers',
    ));
  }

  /** A value as it is written to a block; its bytes are looked at only while this runs. */
  add(kind: Kind, content: Uint8Array | null): void {
    const guess = this.#guessFor(kind);
    if (content === null) return guess.add(null);
    this.#kinds.add(kind);
    if (this.#isTime) this.#addTime(content);
    if (this.#isFloat && this.#declared?.kind === 'float')
      this.#isFloat = parseFloat64(content, 0, content.length) !== MISFIT;
    if (this.#isJson && (this.#declared?.kind === 'json' || kind === KIND.json))
      this.#addJson(content);
    const isText =
      this.#declared === null
        ? kind === KIND.text || kind === KIND.binary || kind === KIND.json || kind === KIND.time
        : ['utf8', 'binary', 'json', 'time'].includes(this.#declared.kind);
    guess.add(content, isText ? 'text' : undefined);
  }

  #addTime(content: Uint8Array): void {
    const found = content.length > 18 ? null : TIME.exec(decoder.decode(content));
    if (found === null) this.#isTime = false;
    else this.#digits = Math.max(this.#digits, found[1]?.length ?? 0);
  }

  #addJson(content: Uint8Array): void {
    try {
      JSON.parse(decoder.decode(content));
    } catch {
      this.#isJson = false;
    }
  }

  type(): DataType {
    const declared = this.#declared;
    const kinds = this.#kinds;
    if (kinds.size === 0 || this.#guess === null) return declared ?? UTF8;
    const only = (...wanted: Kind[]): boolean => [...kinds].every((kind) => wanted.includes(kind));
    if (declared?.kind === 'binary' || (declared === null && only(KIND.binary)))
      return { kind: 'binary' };
    if (declared?.kind === 'json' || (declared === null && only(KIND.json)))
      return this.#isJson ? JSON_TEXT : UTF8;
    if (declared?.kind === 'time' || (declared === null && only(KIND.time)))
      return this.#isTime ? { kind: 'time', unit: unitOf(this.#digits) } : UTF8;
    // A database writes more digits than a double needs.
    if (declared?.kind === 'float' && this.#isFloat) return declared;
    const found = this.#guess.type();
    switch (declared?.kind) {
      case 'decimal':
        return found.kind === 'int' || found.kind === 'decimal' || found.kind === 'float'
          ? declared
          : found;
      case 'int':
        return found.kind === 'int' ? declared : found;
      default:
        return found;
    }
  }

  profile(type: DataType): ColumnProfile {
    return (this.#guess ?? createGuess(this.#isProfiled)).profile(type);
  }
}
