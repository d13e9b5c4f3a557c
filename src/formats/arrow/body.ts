// The buffers of columns one after the other, as the body of a record batch, each packed or as it is.
import type { TypedColumn } from '../../table/batch.ts';
import { gatherColumn, withoutDictionary } from '../../table/gather-column.ts';
import { isShortTime } from './schema-table.ts';

/** What a record batch's table says of its body, and the body itself. */
export interface Body {
  /** Depth first, one a field: values and nulls. */
  nodes: [length: number, nullCount: number][];
  /** Places in the body. */
  buffers: [offset: number, length: number][];
  pieces: Uint8Array[];
  sizeBytes: number;
}

/** Packs a buffer; null where buffers stay as they are. */
export type PackBuffer = ((buffer: Uint8Array) => Uint8Array) | null;

const NOTHING = new Uint8Array(0);
const PADDING = new Uint8Array(8);

/** Lays out columns of the same length. */
export function layOutBody(columns: readonly TypedColumn[], pack: PackBuffer): Body {
  const body: Body = { nodes: [], buffers: [], pieces: [], sizeBytes: 0 };
  const put = (bytes: Uint8Array): void => {
    const stored = pack === null || bytes.length === 0 ? bytes : packed(bytes, pack);
    body.buffers.push([body.sizeBytes, stored.length]);
    const padding = -stored.length & 7;
    body.pieces.push(stored, PADDING.subarray(0, padding));
    body.sizeBytes += stored.length + padding;
  };
  const add = (given: TypedColumn): void => {
    const column = withoutDictionary(given);
    const { type, length, validity, values, offsets, children } = column;
    if (type.kind === 'null') {
      body.nodes.push([length, length]);
      return;
    }
    const nullCount = validity === null ? 0 : length - countBits(validity, length);
    body.nodes.push([length, nullCount]);
    put(nullCount === 0 ? NOTHING : bitsOf(validity!, length));
    switch (type.kind) {
      case 'bool':
        put(bitsOf(values as Uint8Array, length));
        break;
      case 'utf8':
      case 'json':
      case 'binary': {
        const [places, start, end] = placesOf(offsets!, length);
        put(places);
        put(column.bytes!.subarray(start, end));
        break;
      }
      case 'list':
      case 'map': {
        const [places, start, end] = placesOf(offsets!, length);
        put(places);
        add(stretch(children[0]!, start, end));
        break;
      }
      case 'struct':
        for (const child of children) add(stretch(child, 0, length));
        break;
      default:
        put(
          isShortTime(type)
            ? bytesOf(Int32Array.from((values as BigInt64Array).subarray(0, length), Number))
            : bytesOf(values!.subarray(0, type.kind === 'decimal' ? length * 2 : length)),
        );
    }
  };
  for (const column of columns) add(column);
  return body;
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Bits of so many values; those behind them are zero. */
function bitsOf(bits: Uint8Array, length: number): Uint8Array {
  const used = bits.slice(0, (length + 7) >> 3);
  if ((length & 7) > 0) used[used.length - 1]! &= (1 << (length & 7)) - 1;
  return used;
}

function countBits(bits: Uint8Array, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i++) count += (bits[i >> 3]! >> (i & 7)) & 1;
  return count;
}

/** Offsets that begin at 0, and the stretch that they stand for. */
function placesOf(offsets: Int32Array, length: number): [Uint8Array, number, number] {
  const start = offsets[0] ?? 0;
  const own = offsets.subarray(0, length + 1);
  const places = start === 0 ? own : own.map((offset) => offset - start);
  return [bytesOf(places), start, offsets[length] ?? 0];
}

/** Values [from, to) of a column inside of another. */
function stretch(column: TypedColumn, from: number, to: number): TypedColumn {
  if (from === 0 && to === column.length) return column;
  const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  return gatherColumn(column, rows);
}

/** Behind its size; as it is, which −1 says, where packing makes it no smaller. */
function packed(bytes: Uint8Array, pack: (buffer: Uint8Array) => Uint8Array): Uint8Array {
  const smaller = pack(bytes);
  const isSmaller = smaller.length < bytes.length;
  const content = isSmaller ? smaller : bytes;
  const out = new Uint8Array(8 + content.length);
  new DataView(out.buffer).setBigInt64(0, isSmaller ? BigInt(bytes.length) : -1n, true);
  out.set(content, 8);
  return out;
}
