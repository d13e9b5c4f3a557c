// Builds typed columns of every type from plain values: lists, structs, maps and dictionaries from builders of their parts.
import type { TypedColumn } from './batch.ts';
import type { DataType, Field } from './data-type.ts';
import { createValues } from './fixed-values.ts';
import { createFlatBuilder, type ColumnBuilder, type NestedValue } from './flat-builder.ts';

/** Validity bits and offsets of nested values, growing. */
function createShape(capacity: number) {
  let room = Math.max(capacity, 8);
  let validity = new Uint8Array((room + 7) >> 3);
  let offsets = new Int32Array(room + 1);
  let length = 0;
  let nullCount = 0;
  return {
    append(isNull: boolean, end: number): void {
      if (length === room) {
        room *= 2;
        const moreBits = new Uint8Array((room + 7) >> 3);
        moreBits.set(validity);
        validity = moreBits;
        const moreOffsets = new Int32Array(room + 1);
        moreOffsets.set(offsets);
        offsets = moreOffsets;
      }
      if (isNull) nullCount++;
      else validity[length >> 3]! |= 1 << (length & 7);
      length++;
      offsets[length] = end;
    },
    finish: (type: DataType, children: TypedColumn[], hasOffsets: boolean): TypedColumn => ({
      storage: 'typed',
      type,
      length,
      validity: nullCount === 0 ? null : validity,
      values: null,
      offsets: hasOffsets ? offsets.subarray(0, length + 1) : null,
      bytes: null,
      children,
      dictionary: null,
    }),
  };
}

function createListBuilder(type: DataType, item: DataType, capacity: number): ColumnBuilder {
  const shape = createShape(capacity);
  const items = createNestedBuilder(item, capacity * 2);
  let end = 0;
  return {
    append(value) {
      if (value !== null)
        for (const each of value as readonly NestedValue[]) {
          items.append(each);
          end++;
        }
      shape.append(value === null, end);
    },
    finish: () => shape.finish(type, [items.finish()], true),
  };
}

function createStructBuilder(type: DataType, fields: Field[], capacity: number): ColumnBuilder {
  const shape = createShape(capacity);
  const parts = fields.map((field) => createNestedBuilder(field.type, capacity));
  return {
    append(value) {
      const values = value as readonly NestedValue[] | null;
      parts.forEach((part, i) => part.append(values?.[i] ?? null));
      shape.append(value === null, 0);
    },
    finish: () =>
      shape.finish(
        type,
        parts.map((part) => part.finish()),
        false,
      ),
  };
}

/** What makes two dictionary entries one. */
function entryKey(value: NestedValue): string | number | bigint | boolean {
  if (value instanceof Uint8Array) return value.join();
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'object')
    return JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part === 'bigint') return `number ${part}`;
      return part instanceof Uint8Array ? `bytes ${part.join()}` : part;
    });
  return typeof value === 'string' ? `text ${value}` : value;
}

function createDictionaryBuilder(
  type: DataType & { kind: 'dictionary' },
  capacity: number,
): ColumnBuilder {
  const entries = createNestedBuilder(type.value, 16);
  const places = new Map<unknown, number>();
  const indices = createFlatBuilder({ kind: 'int', bits: 32, signed: true }, capacity);
  const most = 2 ** (type.index - 1);
  return {
    append(value) {
      if (value === null) {
        indices.append(null);
        return;
      }
      const key = entryKey(value);
      let place = places.get(key);
      if (place === undefined) {
        place = places.size;
        if (place >= most)
          throw new RangeError(`more than ${most} entries for ${type.index}-bit indices`);
        places.set(key, place);
        entries.append(value);
      }
      indices.append(place);
    },
    finish() {
      const wide = indices.finish();
      const values = createValues(type, wide.length) as Int32Array;
      values.set((wide.values as Int32Array).subarray(0, wide.length));
      return { ...wide, type, values, dictionary: entries.finish() };
    },
  };
}

/**
 * A builder for values of any type, with room for `capacity` of them and growing beyond. Lists get one child, maps one
 * child of `key, value` structs as in Arrow, structs one child a field; a dictionary holds each value once (RangeError when
 * its indices are too narrow).
 */
export function createNestedBuilder(type: DataType, capacity: number): ColumnBuilder {
  switch (type.kind) {
    case 'list':
      return createListBuilder(type, type.item, capacity);
    case 'struct':
      return createStructBuilder(type, type.fields, capacity);
    case 'map':
      return createListBuilder(type, entryType(type), capacity);
    case 'dictionary':
      return createDictionaryBuilder(type, capacity);
    default:
      return createFlatBuilder(type, capacity);
  }
}

/** The struct of a map's entries. */
export function entryType(type: DataType & { kind: 'map' }): DataType & { kind: 'struct' } {
  return {
    kind: 'struct',
    fields: [
      { name: 'key', type: type.key, nullable: false, origin: 'native' },
      { name: 'value', type: type.value, nullable: true, origin: 'native' },
    ],
  };
}
