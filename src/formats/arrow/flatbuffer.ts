// Writes FlatBuffers, in which Arrow describes itself: tables before what they refer to, so that offsets point forward.

/** A field of a table, by its slot; missing ones have their defaults. */
export type FlatField =
  | { kind: 'i8' | 'i16' | 'i32' | 'i64'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'table'; value: FlatTable }
  | { kind: 'tables'; value: readonly FlatTable[] }
  /** Structs of eight-byte alignment, one after the other. */
  | { kind: 'structs'; count: number; value: Uint8Array };

export type FlatTable = readonly (FlatField | null)[];

const SIZES = { i8: 1, i16: 2, i32: 4, i64: 8, text: 4, table: 4, tables: 4, structs: 4 } as const;

const encoder = new TextEncoder();

/** The bytes of a buffer with this root, a multiple of eight. */
export function flatBytes(root: FlatTable): Uint8Array {
  let bytes = new Uint8Array(1024);
  let view = new DataView(bytes.buffer);
  let length = 4;

  const reserve = (end: number): void => {
    if (end <= bytes.length) return;
    const grown = new Uint8Array(Math.max(end, bytes.length * 2));
    grown.set(bytes.subarray(0, length));
    bytes = grown;
    view = new DataView(bytes.buffer);
  };
  /** Room for `size` bytes at the next place that is `rest` beyond a multiple of `step`. */
  const place = (size: number, step: number, rest = 0): number => {
    const at = length + ((((rest - length) % step) + step) % step);
    reserve(at + size);
    length = at + size;
    return at;
  };
  const refer = (from: number, to: number): void => view.setUint32(from, to - from, true);

  const putTable = (table: FlatTable): number => {
    // Wide fields first: with the table four bytes beyond a multiple of eight, each is aligned by itself.
    const order = [...table.keys()]
      .filter((slot) => table[slot] !== null)
      .sort((a, b) => SIZES[table[b]!.kind] - SIZES[table[a]!.kind] || a - b);
    const offsets = new Map<number, number>();
    let size = 4;
    for (const slot of order) {
      offsets.set(slot, size);
      size += SIZES[table[slot]!.kind];
    }
    const slots = place(4 + table.length * 2, 2);
    view.setUint16(slots, 4 + table.length * 2, true);
    view.setUint16(slots + 2, size, true);
    for (const slot of table.keys())
      view.setUint16(slots + 4 + slot * 2, offsets.get(slot) ?? 0, true);
    const at = place(size, 8, 4);
    view.setInt32(at, at - slots, true);
    for (const slot of order) putField(table[slot]!, at + offsets.get(slot)!);
    return at;
  };

  const putField = (field: FlatField, at: number): void => {
    switch (field.kind) {
      case 'i8':
        view.setInt8(at, field.value);
        break;
      case 'i16':
        view.setInt16(at, field.value, true);
        break;
      case 'i32':
        view.setInt32(at, field.value, true);
        break;
      case 'i64':
        view.setBigInt64(at, BigInt(field.value), true);
        break;
      case 'text': {
        const text = encoder.encode(field.value);
        const to = place(4 + text.length + 1, 4);
        view.setUint32(to, text.length, true);
        bytes.set(text, to + 4);
        bytes[to + 4 + text.length] = 0;
        refer(at, to);
        break;
      }
      case 'table':
        refer(at, putTable(field.value));
        break;
      case 'tables': {
        const to = place(4 + field.value.length * 4, 4);
        view.setUint32(to, field.value.length, true);
        refer(at, to);
        for (const [i, table] of field.value.entries()) refer(to + 4 + i * 4, putTable(table));
        break;
      }
      case 'structs': {
        const to = place(4 + field.value.length, 8, 4);
        view.setUint32(to, field.count, true);
        bytes.set(field.value, to + 4);
        refer(at, to);
        break;
      }
    }
  };

  refer(0, putTable(root));
  place(0, 8);
  return bytes.slice(0, length);
}
