// Builds typed columns value by value, and whole batches from rows of plain values.
import type { Batch, FixedValues, TypedColumn } from './batch.ts';
import type { DataType, Field, Schema } from './data-type.ts';

/** A value as builders take it: text for utf8 and json, bigint for 64-bit integers, times and scaled decimals. */
export type Value = null | boolean | number | bigint | string | Uint8Array;

/** Collects values of one type into an Arrow-layout column; `append` in order, `finish` once. */
export interface ColumnBuilder {
  append(value: Value): void;
  finish(): TypedColumn;
}

const encoder = new TextEncoder();

function fixedArray(type: DataType, length: number): FixedValues | null {
  switch (type.kind) {
    case 'int':
      if (type.bits === 8) return type.signed ? new Int8Array(length) : new Uint8Array(length);
      if (type.bits === 16) return type.signed ? new Int16Array(length) : new Uint16Array(length);
      if (type.bits === 32) return type.signed ? new Int32Array(length) : new Uint32Array(length);
      return type.signed ? new BigInt64Array(length) : new BigUint64Array(length);
    case 'float':
      return type.bits === 32 ? new Float32Array(length) : new Float64Array(length);
    case 'date':
      return new Int32Array(length);
    case 'time':
    case 'timestamp':
      return new BigInt64Array(length);
    case 'decimal':
      return new BigInt64Array(length * 2);
    case 'bool':
      return new Uint8Array((length + 7) >> 3);
    default:
      return null;
  }
}

/**
 * A builder for at most `capacity` values of a flat type (bool, int, float, decimal, utf8, json, binary, date, time,
 * timestamp, null). Throws TypeError for a nested type.
 */
export function createBuilder(type: DataType, capacity: number): ColumnBuilder {
  let length = 0;
  let nullCount = 0;
  const validity = new Uint8Array((capacity + 7) >> 3);
  const values = fixedArray(type, capacity);
  const isBytes = type.kind === 'utf8' || type.kind === 'json' || type.kind === 'binary';
  if (values === null && !isBytes && type.kind !== 'null')
    throw new TypeError(`no builder for ${type.kind}`);
  const offsets = isBytes ? new Int32Array(capacity + 1) : null;
  let bytes = new Uint8Array(isBytes ? 1024 : 0);
  let used = 0;

  const room = (more: number): void => {
    if (used + more <= bytes.length) return;
    const grown = new Uint8Array(Math.max(bytes.length * 2, used + more));
    grown.set(bytes.subarray(0, used));
    bytes = grown;
  };

  const put = (value: Exclude<Value, null>): void => {
    if (isBytes) {
      if (typeof value === 'string') {
        room(value.length * 3);
        used += encoder.encodeInto(value, bytes.subarray(used)).written;
      } else {
        const raw = value as Uint8Array;
        room(raw.length);
        bytes.set(raw, used);
        used += raw.length;
      }
    } else if (type.kind === 'bool') {
      if (value === true) (values as Uint8Array)[length >> 3]! |= 1 << (length & 7);
    } else if (type.kind === 'decimal') {
      const words = values as BigInt64Array;
      words[length * 2] = BigInt.asIntN(64, value as bigint);
      words[length * 2 + 1] = BigInt.asIntN(64, (value as bigint) >> 64n);
    } else if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      values[length] = typeof value === 'bigint' ? value : BigInt(value as number);
    } else if (values !== null) {
      values[length] = Number(value);
    }
  };

  return {
    append(value) {
      if (value === null || type.kind === 'null') nullCount++;
      else {
        validity[length >> 3]! |= 1 << (length & 7);
        put(value);
      }
      length++;
      if (offsets) offsets[length] = used;
    },
    finish() {
      return {
        storage: 'typed',
        type,
        length,
        validity: nullCount === 0 ? null : validity,
        values,
        offsets,
        bytes: isBytes ? bytes.slice(0, used) : null,
        children: [],
        dictionary: null,
      };
    },
  };
}

/** A batch of typed columns from rows of values; `rows[r][c]` belongs to `schema.fields[c]`, missing = null. */
export function batchOf(schema: Schema, rows: readonly (readonly Value[])[]): Batch {
  const columns = schema.fields.map((field, c) => {
    const builder = createBuilder(field.type, rows.length);
    for (const row of rows) builder.append(row[c] ?? null);
    return builder.finish();
  });
  return { schema, rowCount: rows.length, selection: null, columns, block: null };
}

/** A schema from names and types, all nullable. */
export function schemaOf(
  columns: readonly (readonly [string, DataType])[],
  origin: Field['origin'] = 'native',
): Schema {
  return { fields: columns.map(([name, type]) => ({ name, type, nullable: true, origin })) };
}
