// Arrow's messages: a schema, dictionaries, record batches, and the footer of a file (Message.fbs, File.fbs).
import type { Body } from './body.ts';
import { flatBytes, type FlatField, type FlatTable } from './flatbuffer.ts';

const VERSION: FlatField = { kind: 'i16', value: 4 };
const HEADER = { schema: 1, dictionary: 2, batch: 3 } as const;

/** Codec of packed bodies, by its number; null = none. */
export type BodyCodec = 0 | 1 | null;

/** A message with its body, as bytes, and how they are divided. */
export interface Message {
  pieces: Uint8Array[];
  /** Mark, size and table, padded. */
  headBytes: number;
  bodyBytes: number;
}

/** Where a message stands in a file. */
export interface Block {
  offset: number;
  headBytes: number;
  bodyBytes: number;
}

/** What ends a stream. */
export const STREAM_END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

function message(kind: keyof typeof HEADER, header: FlatTable, body: Body | null): Message {
  const bodyBytes = body?.sizeBytes ?? 0;
  const table = flatBytes([
    VERSION,
    { kind: 'i8', value: HEADER[kind] },
    { kind: 'table', value: header },
    { kind: 'i64', value: bodyBytes },
  ]);
  const head = new Uint8Array(8 + table.length);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0xffffffff, true);
  view.setInt32(4, table.length, true);
  head.set(table, 8);
  return { pieces: [head, ...(body?.pieces ?? [])], headBytes: head.length, bodyBytes };
}

export function schemaMessage(schema: FlatTable): Message {
  return message('schema', schema, null);
}

function batchTable(rowCount: number, body: Body, codec: BodyCodec): FlatTable {
  const pairs = (values: readonly (readonly [number, number])[]): FlatField => {
    const out = new BigInt64Array(values.length * 2);
    for (const [i, [first, second]] of values.entries()) {
      out[i * 2] = BigInt(first);
      out[i * 2 + 1] = BigInt(second);
    }
    return { kind: 'structs', count: values.length, value: new Uint8Array(out.buffer) };
  };
  return [
    { kind: 'i64', value: rowCount },
    pairs(body.nodes),
    pairs(body.buffers),
    codec === null
      ? null
      : {
          kind: 'table',
          value: [
            { kind: 'i8', value: codec },
            { kind: 'i8', value: 0 },
          ],
        },
  ];
}

export function batchMessage(rowCount: number, body: Body, codec: BodyCodec): Message {
  return message('batch', batchTable(rowCount, body, codec), body);
}

/** Entries of a dictionary, behind those it has already where it is a delta. */
export function dictionaryMessage(
  id: number,
  entryCount: number,
  isDelta: boolean,
  body: Body,
  codec: BodyCodec,
): Message {
  const header: FlatTable = [
    { kind: 'i64', value: id },
    { kind: 'table', value: batchTable(entryCount, body, codec) },
    { kind: 'i8', value: isDelta ? 1 : 0 },
  ];
  return message('dictionary', header, body);
}

function blocks(places: readonly Block[]): FlatField {
  const out = new DataView(new ArrayBuffer(places.length * 24));
  for (const [i, { offset, headBytes, bodyBytes }] of places.entries()) {
    out.setBigInt64(i * 24, BigInt(offset), true);
    out.setInt32(i * 24 + 8, headBytes, true);
    out.setBigInt64(i * 24 + 16, BigInt(bodyBytes), true);
  }
  return { kind: 'structs', count: places.length, value: new Uint8Array(out.buffer) };
}

/** The footer of a file, its size and the magic word behind it. */
export function footerBytes(
  schema: FlatTable,
  dictionaries: readonly Block[],
  batches: readonly Block[],
): Uint8Array {
  const table = flatBytes([
    VERSION,
    { kind: 'table', value: schema },
    blocks(dictionaries),
    blocks(batches),
  ]);
  const out = new Uint8Array(table.length + 10);
  out.set(table);
  new DataView(out.buffer).setInt32(table.length, table.length, true);
  out.set(MAGIC, table.length + 4);
  return out;
}

const MAGIC = new TextEncoder().encode('ARROW1');
/** What a file begins with. */
export const FILE_START = Uint8Array.of(...MAGIC, 0, 0);
