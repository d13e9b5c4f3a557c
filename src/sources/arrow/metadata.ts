// Reads what Arrow's messages say about themselves: schema, record batches, dictionaries, and a file's footer.
import { Fault, insist } from '../../contract/fault.ts';
import { countAt, FlatTable } from './flatbuffer.ts';

/** A field as the schema describes it (Schema.fbs). */
export interface ArrowField {
  name: string;
  nullable: boolean;
  /** Number of its type in the union `Type`, and what the type says further. */
  typeId: number;
  type: FlatTable | null;
  /** Where the values stand in a dictionary: its id and the type of the indices. */
  dictionary: { id: string; bits: number; signed: boolean } | null;
  children: ArrowField[];
}

export interface Range {
  offset: number;
  length: number;
}

/** The layout of a record batch's body. */
export interface BatchLayout {
  rowCount: number;
  /** Depth first, one a field: how many values, how many of them null. */
  nodes: { length: number; nullCount: number }[];
  buffers: Range[];
  compression: 'none' | 'lz4' | 'zstd';
  /** Data buffers of each view column, in order. */
  variadicCounts: number[];
}

export type Message =
  | { kind: 'schema'; fields: ArrowField[] }
  | { kind: 'batch'; layout: BatchLayout }
  | { kind: 'dictionary'; id: string; isDelta: boolean; layout: BatchLayout };

export interface Block {
  offset: number;
  metadataBytes: number;
  bodyBytes: number;
}

/** A message and the size of its body. */
export function readMessageTable(
  bytes: Uint8Array,
  mostFields: number,
): { message: Message; bodyBytes: number } {
  const root = FlatTable.root(bytes);
  const header = root.table(2);
  const bodyBytes = root.count(3);
  insist(header !== null, 'a message says nothing');
  switch (root.byte(1, 0)) {
    case 1:
      return { message: { kind: 'schema', fields: readSchema(header, mostFields) }, bodyBytes };
    case 2: {
      const data = header.table(1);
      insist(data !== null, 'a dictionary holds nothing');
      const isDelta = header.byte(2, 0) !== 0;
      return {
        message: { kind: 'dictionary', id: header.id(0), isDelta, layout: readLayout(data) },
        bodyBytes,
      };
    }
    case 3:
      return { message: { kind: 'batch', layout: readLayout(header) }, bodyBytes };
    default:
      throw new Fault('a message is of no known kind (tensors are not tables)');
  }
}

export function readSchema(schema: FlatTable, mostFields: number): ArrowField[] {
  insist(schema.short(0, 0) === 0, 'its numbers are big-endian');
  let fieldCount = 0;
  const field = (table: FlatTable, depth: number): ArrowField => {
    insist(++fieldCount <= mostFields && depth < 64, 'its schema has too many columns or levels');
    const encoding = table.table(4);
    const index = encoding?.table(1) ?? null;
    return {
      name: table.text(0),
      nullable: table.byte(1, 0) !== 0,
      typeId: table.byte(2, 0),
      type: table.table(3),
      dictionary:
        encoding === null
          ? null
          : {
              id: encoding.id(0),
              bits: index === null ? 32 : index.int(0, 0),
              signed: index === null || index.byte(1, 0) !== 0,
            },
      children: table.tables(5).map((child) => field(child, depth + 1)),
    };
  };
  return schema.tables(1).map((table) => field(table, 0));
}

function readLayout(batch: FlatTable): BatchLayout {
  const compression = batch.table(3);
  const codec = compression === null ? -1 : compression.byte(0, 0);
  insist(codec <= 1, 'its buffers are compressed in an unknown way');
  return {
    rowCount: batch.count(0),
    nodes: batch.structs(1, 16, (view, at) => ({
      length: countAt(view, at),
      nullCount: Number(view.getBigInt64(at + 8, true)),
    })),
    buffers: batch.structs(2, 16, (view, at) => ({
      offset: countAt(view, at),
      length: countAt(view, at + 8),
    })),
    compression: codec === -1 ? 'none' : codec === 0 ? 'lz4' : 'zstd',
    variadicCounts: batch.structs(4, 8, countAt),
  };
}

/** The schema of a file, and where its dictionaries and record batches stand. */
export function readFooterTable(
  bytes: Uint8Array,
  mostFields: number,
): { fields: ArrowField[]; dictionaries: Block[]; batches: Block[] } {
  const root = FlatTable.root(bytes);
  const schema = root.table(1);
  insist(schema !== null, 'it has no schema');
  const block = (view: DataView, at: number): Block => ({
    offset: countAt(view, at),
    metadataBytes: view.getInt32(at + 8, true),
    bodyBytes: countAt(view, at + 16),
  });
  return {
    fields: readSchema(schema, mostFields),
    dictionaries: root.structs(2, 24, block),
    batches: root.structs(3, 24, block),
  };
}
