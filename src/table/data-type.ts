// The logical types a column can have, and the named, ordered fields of a schema.

/** Resolution of a time, date-time or duration value. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/**
 * Logical type of a column, after Apache Arrow's type system (Schema.fbs).
 * - `int`: two's complement, 8 to 64 bits. 64-bit values live in Big(U)Int64Array, never in a double.
 * - `decimal`: exact, `precision` 1 to 38 digits of which `scale` stand after the point; value = integer / 10^scale.
 * - `utf8`: text. `meaning`: each value is a UUID in its 36 small characters, or one of a fixed set, as a typed source says; for
 *   formats that know such types. What makes other texts of them gives plain text.
 * - `json`: UTF-8 text that is one valid JSON value (nested values of records); written verbatim by JSON formats.
 * - `date`: whole days since 1970-01-01, proleptic Gregorian. `time`: units since midnight.
 * - `timestamp`: units since 1970-01-01T00:00; `zone` null = naive (a wall clock, never shifted),
 *   otherwise an instant, shown in that IANA zone or fixed offset (`UTC`, `+02:00`).
 */
export type DataType =
  | { kind: 'null' }
  | { kind: 'bool' }
  | { kind: 'int'; bits: 8 | 16 | 32 | 64; signed: boolean }
  | { kind: 'float'; bits: 32 | 64 }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'utf8'; meaning?: 'uuid' | 'enum' }
  | { kind: 'json' }
  | { kind: 'binary' }
  | { kind: 'date' }
  | { kind: 'time'; unit: TimeUnit }
  | { kind: 'timestamp'; unit: TimeUnit; zone: string | null }
  | { kind: 'list'; item: DataType }
  | { kind: 'struct'; fields: Field[] }
  | { kind: 'map'; key: DataType; value: DataType }
  | { kind: 'dictionary'; index: 8 | 16 | 32; value: DataType };

/**
 * One column's label and type. Names are labels only: they may repeat, be empty, or be `__proto__`;
 * columns are addressed by position.
 */
export interface Field {
  name: string;
  type: DataType;
  nullable: boolean;
  /** Where the type comes from; a value that does not fit an `inferred` type never rejects the row. */
  origin: 'inferred' | 'declared' | 'native';
}

/** Fields in output order. */
export interface Schema {
  fields: Field[];
}

export const UTF8: DataType = { kind: 'utf8' };
export const BOOL: DataType = { kind: 'bool' };
export const INT64: DataType = { kind: 'int', bits: 64, signed: true };
export const FLOAT64: DataType = { kind: 'float', bits: 64 };
export const JSON_TEXT: DataType = { kind: 'json' };
export const DATE: DataType = { kind: 'date' };

/** The type as plain text has it, without what its source says of the values; the same object where nothing is said. */
export function withoutMeaning(type: DataType): DataType {
  switch (type.kind) {
    case 'utf8':
      return type.meaning === undefined ? type : UTF8;
    case 'dictionary':
    case 'map': {
      const value = withoutMeaning(type.value);
      if (type.kind === 'dictionary') return value === type.value ? type : { ...type, value };
      const key = withoutMeaning(type.key);
      return value === type.value && key === type.key ? type : { ...type, key, value };
    }
    case 'list': {
      const item = withoutMeaning(type.item);
      return item === type.item ? type : { ...type, item };
    }
    case 'struct': {
      const plain = type.fields.map((field) => withoutMeaning(field.type));
      return plain.every((found, i) => found === type.fields[i]!.type)
        ? type
        : { ...type, fields: type.fields.map((field, i) => ({ ...field, type: plain[i]! })) };
    }
    default:
      return type;
  }
}

/** The type's short name as users read and write it: `int64`, `decimal(12,2)`, `timestamp(us, UTC)`. */
export function typeName(type: DataType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? 'int' : 'uint'}${type.bits}`;
    case 'float':
      return `float${type.bits}`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'time':
      return `time(${type.unit})`;
    case 'timestamp':
      return type.zone === null
        ? `timestamp(${type.unit})`
        : `timestamp(${type.unit}, ${type.zone})`;
    case 'list':
      return `list<${typeName(type.item)}>`;
    case 'struct':
      return `struct<${type.fields.map((f) => `${f.name}: ${typeName(f.type)}`).join(', ')}>`;
    case 'map':
      return `map<${typeName(type.key)}, ${typeName(type.value)}>`;
    case 'dictionary':
      return `dictionary<${typeName(type.value)}>`;
    default:
      return type.kind;
  }
}

const SIMPLE_TYPES = new Map<string, DataType>([
  ['null', { kind: 'null' }],
  ['bool', BOOL],
  ['boolean', BOOL],
  ['float32', { kind: 'float', bits: 32 }],
  ['float64', FLOAT64],
  ['utf8', UTF8],
  ['text', UTF8],
  ['json', JSON_TEXT],
  ['binary', { kind: 'binary' }],
  ['date', DATE],
]);

/** Reads a type name as {@link typeName} writes it (scalar types only); null when it is none. */
export function parseTypeName(text: string): DataType | null {
  const name = text.trim().toLowerCase();
  const simple = SIMPLE_TYPES.get(name);
  if (simple) return simple;
  const int = /^(u?)int(8|16|32|64)$/.exec(name);
  if (int) return { kind: 'int', bits: Number(int[2]) as 8 | 16 | 32 | 64, signed: int[1] === '' };
  const decimal = /^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$/.exec(name);
  if (decimal) {
    const precision = Number(decimal[1]);
    const scale = Number(decimal[2]);
    return precision >= 1 && precision <= 38 && scale <= precision
      ? { kind: 'decimal', precision, scale }
      : null;
  }
  const time = /^(time|timestamp)\(\s*(s|ms|us|ns)\s*(?:,\s*(\S.*?)\s*)?\)$/i.exec(text.trim());
  if (!time) return null;
  const unit = time[2]!.toLowerCase() as TimeUnit;
  if (time[1]!.toLowerCase() === 'time')
    return time[3] === undefined ? { kind: 'time', unit } : null;
  return { kind: 'timestamp', unit, zone: time[3] ?? null };
}
