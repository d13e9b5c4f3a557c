// Copies chosen values of typed columns, nested ones too, into new columns, and joins columns end to end.
import { isNullValue, type TypedColumn } from './batch.ts';
import type { DataType } from './data-type.ts';
import { copyValues, createValues, valuesLike } from './fixed-values.ts';

/** As a row number: no row, all its values are null. */
export const NO_ROW = 0xffffffff;

function gatherValidity(column: TypedColumn, rows: Uint32Array): Uint8Array | null {
  const { validity } = column;
  const bits = new Uint8Array((rows.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row === NO_ROW || (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0))
      nullCount++;
    else bits[i >> 3]! |= 1 << (i & 7);
  }
  return nullCount === 0 ? null : bits;
}

/** Values [offsets[row], offsets[row + 1]) of all rows as one list of child rows, and the offsets of the result. */
function childRows(
  offsets: Int32Array,
  rows: Uint32Array,
): { offsets: Int32Array; rows: Uint32Array } {
  const out = new Int32Array(rows.length + 1);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row !== NO_ROW) total += offsets[row + 1]! - offsets[row]!;
    if (total > 0x7fffffff) throw new RangeError('more than 2 Gi values in one column');
    out[i + 1] = total;
  }
  const wanted = new Uint32Array(total);
  let n = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row === NO_ROW) continue;
    for (let k = offsets[row]!; k < offsets[row + 1]!; k++) wanted[n++] = k;
  }
  return { offsets: out, rows: wanted };
}

function gatherBytes(
  column: TypedColumn,
  rows: Uint32Array,
): { offsets: Int32Array; bytes: Uint8Array } {
  const from = column.offsets!;
  const source = column.bytes!;
  const offsets = new Int32Array(rows.length + 1);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row !== NO_ROW) total += from[row + 1]! - from[row]!;
    if (total > 0x7fffffff) throw new RangeError('more than 2 GiB of text in one column');
    offsets[i + 1] = total;
  }
  const bytes = new Uint8Array(total);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row === NO_ROW) continue;
    const start = from[row]!;
    const end = from[row + 1]!;
    const to = offsets[i]!;
    if (end - start > 24) bytes.set(source.subarray(start, end), to);
    else for (let k = start; k < end; k++) bytes[to + k - start] = source[k]!;
  }
  return { offsets, bytes };
}

/** The values at `rows` (any order, repeats allowed, {@link NO_ROW} = null) as a new column; a dictionary is shared. */
export function gatherColumn(column: TypedColumn, rows: Uint32Array): TypedColumn {
  const { type, values, children } = column;
  const length = rows.length;
  const out: TypedColumn = {
    storage: 'typed',
    type,
    length,
    validity: type.kind === 'null' ? null : gatherValidity(column, rows),
    values: null,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: column.dictionary,
  };
  switch (type.kind) {
    case 'null':
      return out;
    case 'utf8':
    case 'json':
    case 'binary':
      return { ...out, ...gatherBytes(column, rows) };
    case 'bool': {
      const source = values as Uint8Array;
      const bits = new Uint8Array((length + 7) >> 3);
      for (let i = 0; i < length; i++) {
        const row = rows[i]!;
        if (row !== NO_ROW && (source[row >> 3]! >> (row & 7)) & 1) bits[i >> 3]! |= 1 << (i & 7);
      }
      return { ...out, values: bits };
    }
    case 'decimal': {
      // Words of 64 bits are moved as doubles would be: without making a big integer each.
      const source = wordsOf(values!);
      const target = new Int32Array(length * 4);
      for (let i = 0; i < length; i++) {
        const row = rows[i]!;
        if (row === NO_ROW) continue;
        for (let k = 0; k < 4; k++) target[i * 4 + k] = source[row * 4 + k]!;
      }
      return { ...out, values: new BigInt64Array(target.buffer) };
    }
    case 'list':
    case 'map': {
      const wanted = childRows(column.offsets!, rows);
      return {
        ...out,
        offsets: wanted.offsets,
        children: children.map((child) => gatherColumn(child, wanted.rows)),
      };
    }
    case 'struct':
      return { ...out, children: children.map((child) => gatherColumn(child, rows)) };
    default: {
      if (values!.BYTES_PER_ELEMENT === 8 && !(values instanceof Float64Array)) {
        const source = wordsOf(values!);
        const target = valuesLike(values!, length);
        const words = wordsOf(target);
        for (let i = 0; i < length; i++) {
          const row = rows[i]!;
          if (row === NO_ROW) continue;
          words[i * 2] = source[row * 2]!;
          words[i * 2 + 1] = source[row * 2 + 1]!;
        }
        return { ...out, values: target };
      }
      const source = values as Float64Array;
      const target = valuesLike(values!, length) as Float64Array;
      for (let i = 0; i < length; i++) if (rows[i] !== NO_ROW) target[i] = source[rows[i]!]!;
      return { ...out, values: target };
    }
  }
}

/** The same bytes as 32-bit words. */
export function wordsOf(values: ArrayBufferView): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.byteLength >> 2);
}

/** A dictionary column as a column of its values; any other comes back as it is. */
export function withoutDictionary(column: TypedColumn): TypedColumn {
  if (column.dictionary === null) return column;
  const rows = new Uint32Array(column.length);
  for (let i = 0; i < rows.length; i++)
    rows[i] = isNullValue(column, i) ? NO_ROW : Number(column.values![i]);
  return withoutDictionary(gatherColumn(column.dictionary, rows));
}

function sameDictionary(parts: readonly TypedColumn[]): boolean {
  return parts.every((part) => part.dictionary === parts[0]!.dictionary);
}

function concatValidity(parts: readonly TypedColumn[], length: number): Uint8Array | null {
  if (parts.every((part) => part.validity === null)) return null;
  const bits = new Uint8Array((length + 7) >> 3);
  let at = 0;
  for (const part of parts)
    for (let i = 0; i < part.length; i++, at++)
      if (!isNullValue(part, i)) bits[at >> 3]! |= 1 << (at & 7);
  return bits;
}

/**
 * Columns of one type end to end; at least one. Dictionaries that differ are joined too, with 32-bit indices; a dictionary
 * column beside plain ones becomes plain.
 */
export function concatColumns(given: readonly TypedColumn[]): TypedColumn {
  if (given.length === 1) return given[0]!;
  const isMixed =
    given.some((part) => part.dictionary !== null) &&
    given.some((part) => part.dictionary === null);
  const parts = isMixed ? given.map(withoutDictionary) : given;
  const first = parts[0]!;
  const type: DataType = first.type;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const out: TypedColumn = {
    storage: 'typed',
    type,
    length,
    validity: type.kind === 'null' ? null : concatValidity(parts, length),
    values: null,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
  switch (type.kind) {
    case 'null':
      return out;
    case 'bool': {
      const bits = new Uint8Array((length + 7) >> 3);
      let at = 0;
      for (const part of parts) {
        const source = part.values as Uint8Array;
        for (let i = 0; i < part.length; i++, at++)
          if ((source[i >> 3]! >> (i & 7)) & 1) bits[at >> 3]! |= 1 << (at & 7);
      }
      return { ...out, values: bits };
    }
    case 'struct':
      return { ...out, children: first.children.map((_, c) => concatChildren(parts, c)) };
    case 'utf8':
    case 'json':
    case 'binary':
    case 'list':
    case 'map':
      return concatRanges(parts, out);
    case 'dictionary':
      return concatDictionaries(parts, out);
    default: {
      const width = type.kind === 'decimal' ? 2 : 1;
      const values = createValues(type, length)!;
      let at = 0;
      for (const part of parts) {
        copyValues(values, part.values!.subarray(0, part.length * width), at);
        at += part.length * width;
      }
      return { ...out, values };
    }
  }
}

function concatChildren(parts: readonly TypedColumn[], c: number): TypedColumn {
  return concatColumns(parts.map((part) => trimmed(part.children[c]!, 0, part.length)));
}

/** Values [from, to) of a column. */
function trimmed(column: TypedColumn, from: number, to: number): TypedColumn {
  if (from === 0 && to === column.length) return column;
  const rows = new Uint32Array(to - from);
  for (let i = 0; i < rows.length; i++) rows[i] = from + i;
  return gatherColumn(column, rows);
}

function concatRanges(parts: readonly TypedColumn[], out: TypedColumn): TypedColumn {
  const offsets = new Int32Array(out.length + 1);
  let row = 0;
  let total = 0;
  for (const part of parts) {
    const from = part.offsets!;
    const shift = total - from[0]!;
    for (let i = 1; i <= part.length; i++) offsets[++row] = from[i]! + shift;
    total += from[part.length]! - from[0]!;
    if (total > 0x7fffffff) throw new RangeError('more than 2 GiB in one column');
  }
  const range = (part: TypedColumn): [number, number] => [
    part.offsets![0]!,
    part.offsets![part.length]!,
  ];
  if (out.type.kind === 'list' || out.type.kind === 'map') {
    const children = parts[0]!.children.map((_, c) =>
      concatColumns(parts.map((part) => trimmed(part.children[c]!, ...range(part)))),
    );
    return { ...out, offsets, children };
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    const [start, end] = range(part);
    bytes.set(part.bytes!.subarray(start, end), at);
    at += end - start;
  }
  return { ...out, offsets, bytes };
}

function concatDictionaries(parts: readonly TypedColumn[], out: TypedColumn): TypedColumn {
  const type = out.type as DataType & { kind: 'dictionary' };
  const isSame = sameDictionary(parts);
  const dictionary = isSame
    ? parts[0]!.dictionary!
    : concatColumns(parts.map((part) => part.dictionary!));
  const wide: DataType = isSame ? type : { ...type, index: 32 };
  const values = createValues(wide, out.length)! as Int32Array;
  let at = 0;
  let shift = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++)
      values[at++] = isNullValue(part, i) ? 0 : Number(part.values![i]) + shift;
    if (!isSame) shift += part.dictionary!.length;
  }
  return { ...out, type: wide, values, dictionary };
}
