// A column of nulls alone, for what nobody looks at.
import type { TypedColumn } from './batch.ts';
import type { DataType } from './data-type.ts';
import { createValues, isBytesType } from './fixed-values.ts';
import { entryType } from './nested-builder.ts';

/** `length` nulls of any type, with all the arrays and children that a column of the type has. */
export function nullColumn(type: DataType, length: number): TypedColumn {
  const isBytes = isBytesType(type);
  const hasOffsets = isBytes || type.kind === 'list' || type.kind === 'map';
  return {
    storage: 'typed',
    type,
    length,
    validity: new Uint8Array((length + 7) >> 3),
    values: createValues(type, length),
    offsets: hasOffsets ? new Int32Array(length + 1) : null,
    bytes: isBytes ? new Uint8Array(0) : null,
    children: childrenOf(type, length),
    dictionary: type.kind === 'dictionary' ? nullColumn(type.value, 0) : null,
  };
}

function childrenOf(type: DataType, length: number): TypedColumn[] {
  if (type.kind === 'list') return [nullColumn(type.item, 0)];
  if (type.kind === 'map') return [nullColumn(entryType(type), 0)];
  if (type.kind === 'struct') return type.fields.map((field) => nullColumn(field.type, length));
  return [];
}
