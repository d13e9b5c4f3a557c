// Avro's binary encoding of values (Avro 1.12 specification, “Binary encoding”).
import { decimalAt, isNullValue, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { isNullCell } from '../../table/cell-content.ts';
import { createValueWriter } from '../../table/write-value.ts';
import type { AvroType } from './schema.ts';

/** Writes the value at a row, which may be null, with the branch of its union. */
export type AvroWriter = (row: number, out: ByteWriter) => void;

/** Thrown for a value that its Avro type cannot hold. */
export class AvroRange extends Error {}

/** A number of at most 53 bits as a zig-zag varint. */
export function putLong(out: ByteWriter, value: number): void {
  let left = value < 0 ? -2 * value - 1 : 2 * value;
  out.reserve(10);
  while (left >= 128) {
    out.bytes[out.length++] = (left % 128) | 128;
    left = Math.floor(left / 128);
  }
  out.bytes[out.length++] = left;
}

/** Any 64-bit number as a zig-zag varint. */
export function putBigLong(out: ByteWriter, value: bigint): void {
  if (value >= -(2n ** 51n) && value <= 2n ** 51n) {
    putLong(out, Number(value));
    return;
  }
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  out.reserve(10);
  while (left >= 128n) {
    out.bytes[out.length++] = Number(left & 127n) | 128;
    left >>= 7n;
  }
  out.bytes[out.length++] = Number(left);
}

/** Two's complement, highest byte first, in as few bytes as hold it, with their number in front. */
function putDecimal(out: ByteWriter, value: bigint): void {
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size++;
  putLong(out, size);
  out.reserve(size);
  for (let i = size - 1; i >= 0; i--)
    out.bytes[out.length++] = Number((value >> BigInt(i * 8)) & 255n);
}

/** A writer of a column's values; `onCut` is told of times that lose digits. */
export function createAvroWriter(
  column: TypedColumn,
  type: AvroType,
  onCut: () => void,
): AvroWriter {
  if (type.as === 'null') return () => {};
  if (column.type.kind === 'dictionary') {
    const write = createAvroWriter(column.dictionary!, type, onCut);
    const indices = column.values!;
    return (row, out) => {
      if (isNullValue(column, row)) out.byte(0);
      else write(Number(indices[row]), out);
    };
  }
  const write = createPresentWriter(column, type, onCut);
  return (row, out) => {
    // The branches of every union are null and the value.
    if (isNullCell(column, row)) out.byte(0);
    else {
      out.byte(2);
      write(row, out);
    }
  };
}

function createPresentWriter(column: TypedColumn, type: AvroType, onCut: () => void): AvroWriter {
  const { offsets, children } = column;
  switch (type.as) {
    case 'null':
      return () => {};
    case 'boolean': {
      const bits = column.values as Uint8Array;
      return (row, out) => out.byte((bits[row >> 3]! >> (row & 7)) & 1);
    }
    case 'int': {
      const values = column.values as Int32Array;
      return (row, out) => putLong(out, values[row]!);
    }
    case 'long': {
      const values = column.values!;
      return (row, out) => {
        const value = values[row]!;
        if (typeof value === 'bigint') putBigLong(out, value);
        else putLong(out, value);
      };
    }
    case 'float': {
      const values = column.values as Float32Array;
      return (row, out) => {
        out.reserve(4);
        out.view.setFloat32(out.length, values[row]!, true);
        out.length += 4;
      };
    }
    case 'double': {
      const values = column.values as Float64Array;
      return (row, out) => putDouble(out, values[row]!);
    }
    case 'string':
    case 'bytes': {
      const bytes = column.bytes!;
      return (row, out) => {
        const start = offsets![row]!;
        const end = offsets![row + 1]!;
        putLong(out, end - start);
        out.put(bytes, start, end);
      };
    }
    case 'text':
    case 'number-text': {
      const write = createValueWriter(column);
      const text = new ByteWriter(64);
      return (row, out) => {
        text.clear();
        write(row, text);
        if (type.as === 'number-text') {
          putDouble(out, Number(String.fromCharCode(...text.written())));
          return;
        }
        putLong(out, text.length);
        out.put(text.bytes, 0, text.length);
      };
    }
    case 'decimal': {
      if (!type.isUnsignedInt) return (row, out) => putDecimal(out, decimalAt(column, row));
      const values = column.values as BigUint64Array;
      return (row, out) => putDecimal(out, values[row]!);
    }
    case 'time': {
      const values = column.values as BigInt64Array;
      const { times, by } = type;
      return (row, out) => {
        const units = values[row]!;
        let written = units * times;
        if (by > 1n) {
          const rest = ((units % by) + by) % by;
          if (rest !== 0n) onCut();
          written = (units - rest) / by;
        }
        if (BigInt.asIntN(64, written) !== written) throw new AvroRange();
        putBigLong(out, written);
      };
    }
    case 'list': {
      const write = createAvroWriter(children[0]!, type.item, onCut);
      return (row, out) =>
        putBlock(out, offsets![row]!, offsets![row + 1]!, (at) => write(at, out));
    }
    case 'struct': {
      const writers = children.map((child, i) => createAvroWriter(child, type.fields[i]!, onCut));
      return (row, out) => {
        for (const write of writers) write(row, out);
      };
    }
    case 'map':
    case 'pairs': {
      const [key, value] = children.length === 1 ? children[0]!.children : children;
      // A map's own keys are no unions.
      const writeKey =
        type.as === 'map'
          ? createPresentWriter(key!, { as: 'string' }, onCut)
          : createAvroWriter(key!, type.key, onCut);
      const writeValue = createAvroWriter(value!, type.value, onCut);
      return (row, out) =>
        putBlock(out, offsets![row]!, offsets![row + 1]!, (at) => {
          writeKey(at, out);
          writeValue(at, out);
        });
    }
  }
}

function putDouble(out: ByteWriter, value: number): void {
  out.reserve(8);
  out.view.setFloat64(out.length, value, true);
  out.length += 8;
}

/** Items of an array or map: one block of all, and an empty one as its end. */
function putBlock(out: ByteWriter, start: number, end: number, write: (at: number) => void): void {
  if (end > start) {
    putLong(out, end - start);
    for (let at = start; at < end; at++) write(at);
  }
  out.byte(0);
}
