// Values of one column as key bytes, and values back from them.
import type { Batch, TypedColumn } from '../table/batch.ts';
import type { Value } from '../table/builders.ts';
import type { ByteWriter } from '../table/byte-writer.ts';
import type { DataType } from '../table/data-type.ts';
import { createKeyWriter } from '../table/row-key.ts';

/** Appends the key of a value (not null): the same bytes for the same value, whatever the batch. */
export function valueKeys(column: TypedColumn): (row: number, out: ByteWriter) => void {
  const schema = {
    fields: [{ name: '', type: column.type, nullable: true, origin: 'native' as const }],
  };
  const batch: Batch = {
    schema,
    rowCount: column.length,
    selection: null,
    columns: [column],
    block: null,
  };
  const keys = createKeyWriter(schema, [0], { mode: 'equal' });
  keys.begin(batch);
  return (row, out) => keys.write(row, out);
}

/** Lengths up to here stand in one byte, longer ones in four more. */
const LONG = 255;

/** The value of a key of a flat type, as builders take it; its zero is positive, its NaN any. */
export function valueOfKey(type: DataType, key: Uint8Array): Value {
  // The first byte says that there is a value.
  const view = new DataView(key.buffer, key.byteOffset + 1, key.length - 1);
  switch (type.kind) {
    case 'bool':
      return view.getUint8(0) === 1;
    case 'int':
      if (type.bits < 64) return Number(BigInt.asIntN(64, view.getBigUint64(0) ^ (1n << 63n)));
      return type.signed
        ? BigInt.asIntN(64, view.getBigUint64(0) ^ (1n << 63n))
        : view.getBigUint64(0);
    case 'date':
      return view.getInt32(0) ^ (0x80000000 | 0);
    case 'time':
    case 'timestamp':
      return BigInt.asIntN(64, view.getBigUint64(0) ^ (1n << 63n));
    case 'decimal':
      return BigInt.asIntN(
        128,
        ((view.getBigUint64(0) ^ (1n << 63n)) << 64n) | view.getBigUint64(8),
      );
    case 'float':
      return floatOf(view);
    default:
      return key.subarray(view.getUint8(0) < LONG ? 2 : 6);
  }
}

function floatOf(view: DataView): number {
  const bits = view.getBigUint64(0);
  const isPositive = bits >> 63n === 1n;
  const turned = new DataView(new ArrayBuffer(8));
  turned.setBigUint64(0, isPositive ? bits ^ (1n << 63n) : BigInt.asUintN(64, ~bits));
  return turned.getFloat64(0);
}

/** The values of a column of numbers as doubles, decimals and long integers rounded. */
export function doublesOf({ type, values, length }: TypedColumn): Float64Array {
  if (values instanceof Float64Array) return values;
  const out = new Float64Array(length);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.byteLength >> 2);
    if (type.kind === 'decimal') {
      const divisor = 10 ** type.scale;
      for (let row = 0; row < length; row++) {
        const high = words[row * 4 + 1]!;
        const isSmall = words[row * 4 + 2] === high >> 31 && words[row * 4 + 3] === high >> 31;
        const whole =
          isSmall && high < 2 ** 20 && high >= -(2 ** 20)
            ? high * 4_294_967_296 + (words[row * 4]! >>> 0)
            : Number((values[row * 2 + 1]! << 64n) | BigInt.asUintN(64, values[row * 2]!));
        out[row] = whole / divisor;
      }
      return out;
    }
    const isSigned = values instanceof BigInt64Array;
    for (let row = 0; row < length; row++) {
      const high = words[row * 2 + 1]!;
      out[row] = (isSigned ? high : high >>> 0) * 4_294_967_296 + (words[row * 2]! >>> 0);
    }
    return out;
  }
  if (values !== null) for (let row = 0; row < length; row++) out[row] = Number(values[row]);
  return out;
}
