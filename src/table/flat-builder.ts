// Builds typed columns of flat types value by value.
import type { TypedColumn } from './batch.ts';
import type { DataType } from './data-type.ts';
import { copyValues, createValues, isBytesType, valuesLike } from './fixed-values.ts';

/** A value as builders take it: text for utf8 and json, bigint for 64-bit integers, times and scaled decimals. */
export type Value = null | boolean | number | bigint | string | Uint8Array;

/**
 * A value of any type: a list is the array of its items, a struct the array of its fields' values in schema order (missing
 * = null), a map the array of its `[key, value]` pairs, a dictionary its value.
 */
export type NestedValue = Value | readonly NestedValue[];

/** Collects values of one type into an Arrow-layout column; `append` in order, `finish` once. */
export interface ColumnBuilder {
  append(value: NestedValue): void;
  finish(): TypedColumn;
}

const encoder = new TextEncoder();

/**
 * A builder for values of a flat type (bool, int, float, decimal, utf8, json, binary, date, time, timestamp, null), with
 * room for `capacity` of them and growing beyond. Throws TypeError for a nested type.
 */
export function createFlatBuilder(type: DataType, capacity: number): ColumnBuilder {
  let room = Math.max(capacity, 1);
  let length = 0;
  let nullCount = 0;
  let validity = new Uint8Array((room + 7) >> 3);
  let values = createValues(type, room);
  const isBytes = isBytesType(type);
  if ((values === null && !isBytes && type.kind !== 'null') || type.kind === 'dictionary')
    throw new TypeError(`no flat builder for ${type.kind}`);
  let offsets = isBytes ? new Int32Array(room + 1) : null;
  let bytes = new Uint8Array(isBytes ? 1024 : 0);
  let used = 0;

  const grow = (): void => {
    room *= 2;
    const moreValidity = new Uint8Array((room + 7) >> 3);
    moreValidity.set(validity);
    validity = moreValidity;
    if (values !== null) {
      const more = valuesLike(values, type.kind === 'bool' ? (room + 7) >> 3 : values.length * 2);
      copyValues(more, values);
      values = more;
    }
    if (offsets !== null) {
      const more = new Int32Array(room + 1);
      more.set(offsets);
      offsets = more;
    }
  };

  const reserve = (more: number): void => {
    if (used + more <= bytes.length) return;
    const grown = new Uint8Array(Math.max(bytes.length * 2, used + more));
    grown.set(bytes.subarray(0, used));
    bytes = grown;
  };

  const put = (value: Exclude<Value, null>): void => {
    if (isBytes) {
      if (typeof value === 'string') {
        reserve(value.length * 3);
        used += encoder.encodeInto(value, bytes.subarray(used)).written;
      } else {
        const raw = value as Uint8Array;
        reserve(raw.length);
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
      if (length === room) grow();
      if (value === null || type.kind === 'null') nullCount++;
      else {
        validity[length >> 3]! |= 1 << (length & 7);
        put(value as Exclude<Value, null>);
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
