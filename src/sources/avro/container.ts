// The head and the blocks of an object container file (Avro 1.12, "Object Container Files").
import { Fault, insist } from '../../contract/fault.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import { CUT_OFF, Cursor } from './cursor.ts';

export interface AvroHead {
  /** As the file has it, in JSON. */
  schema: string;
  /** `null`, `deflate`, `snappy` … */
  codec: string;
  /** What else the head says. */
  metadata: { key: string; value: Uint8Array }[];
  sync: Uint8Array;
  /** Where the first block begins. */
  bytes: number;
}

export interface PlacedBlock {
  rowCount: number;
  /** Of the packed records. */
  from: number;
  to: number;
}

const MAGIC = [0x4f, 0x62, 0x6a, 1];
const SYNC_BYTES = 16;
const FIRST_BYTES = 1 << 16;
/** No schema is as large. */
const MOST_HEAD_BYTES = 1 << 26;
/** Two longs. */
const MOST_COUNTS_BYTES = 20;
/** Records of one block. */
const MOST_ROWS = 1 << 24;

export const isAvro = (head: Uint8Array): boolean => MAGIC.every((byte, i) => head[i] === byte);

export async function readHead(slices: ByteSlices): Promise<AvroHead> {
  for (let size = FIRST_BYTES; ; size *= 4) {
    const isAll = size >= Math.min(slices.sizeBytes, MOST_HEAD_BYTES);
    const bytes = await slices.read(0, Math.min(size, slices.sizeBytes));
    try {
      return parseHead(bytes);
    } catch (thrown) {
      if (isAll || !(thrown instanceof Fault && thrown.message === CUT_OFF)) throw thrown;
    }
  }
}

function parseHead(bytes: Uint8Array): AvroHead {
  const cursor = new Cursor(bytes);
  insist(isAvro(cursor.readBytes(MAGIC.length)), 'it does not begin as one does');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const metadata: { key: string; value: Uint8Array }[] = [];
  for (const count of cursor.readCounts(false))
    for (let i = 0; i < count; i++)
      metadata.push({ key: decoder.decode(cursor.readSized()), value: cursor.readSized() });
  const textOf = (wanted: string): string | undefined => {
    const found = metadata.find(({ key }) => key === wanted);
    return found && decoder.decode(found.value);
  };
  const sync = cursor.readBytes(SYNC_BYTES);
  const schema = textOf('avro.schema');
  insist(schema !== undefined, 'its head has no schema');
  const codec = textOf('avro.codec') ?? 'null';
  return { schema, codec, metadata, sync, bytes: cursor.at };
}

/** Where the blocks stand, in their order. */
export async function* blocksOf(
  slices: ByteSlices,
  { bytes, sync }: AvroHead,
): AsyncGenerator<PlacedBlock> {
  const { sizeBytes } = slices;
  for (let at = bytes; at < sizeBytes;) {
    const cursor = new Cursor(await slices.read(at, Math.min(at + MOST_COUNTS_BYTES, sizeBytes)));
    const rowCount = cursor.readNumber();
    const packedBytes = cursor.readNumber();
    insist(rowCount >= 0 && rowCount <= MOST_ROWS, 'a block says that it has too many records');
    const from = at + cursor.at;
    const to = from + packedBytes;
    insist(packedBytes >= 0 && to + SYNC_BYTES <= sizeBytes, 'it ends in the middle of a block');
    const mark = await slices.read(to, to + SYNC_BYTES);
    insist(
      mark.every((byte, i) => byte === sync[i]),
      'a block does not end where it says',
    );
    yield { rowCount, from, to };
    at = to + SYNC_BYTES;
  }
}
