// Walks the messages of Arrow data: a file by its footer, a stream from the start, each read where it stands.
import type { ByteSlices } from '../../contract/source-input.ts';
import { Fault, insist } from '../../contract/fault.ts';
import {
  readFooterTable,
  readMessageTable,
  type ArrowField,
  type Block,
  type Message,
} from './metadata.ts';

/** A message with the place of its body. */
export interface PlacedMessage {
  message: Message;
  bodyStart: number;
  bodyBytes: number;
}

const MAGIC = 'ARROW1';
const OLD_MAGIC = 'FEA1';
const CONTINUATION = 0xffffffff;
const FIRST_READ_BYTES = 4096;
const MOST_METADATA_BYTES = 256 << 20;

const asText = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export interface Arrow {
  isFile: boolean;
  fields: ArrowField[];
  /** Dictionaries and record batches in an order in which they can be read, from the first one at every call. */
  messages(): AsyncGenerator<PlacedMessage>;
  /** Of a file: how many record batches it has, and the same with these of them alone. */
  batches?: { count: number; only(places: readonly number[]): AsyncGenerator<PlacedMessage> };
}

/** Opens data of either form. `mostFields` bounds the schema. */
export async function openArrow(slices: ByteSlices, mostFields: number): Promise<Arrow> {
  const head = await slices.read(0, Math.min(8, slices.sizeBytes));
  insist(asText(head.subarray(0, 4)) !== OLD_MAGIC, 'it is a Feather file of the first version');
  if (asText(head.subarray(0, 6)) === MAGIC) return openFile(slices, mostFields);
  const first = await readMessage(slices, 0, mostFields);
  insist(first?.message.kind === 'schema', 'it does not begin with a schema');
  const { fields } = first.message;
  return {
    isFile: false,
    fields,
    async *messages() {
      let at = first.bodyStart + first.bodyBytes;
      for (;;) {
        const next = await readMessage(slices, at, mostFields);
        if (next === null) return;
        insist(next.message.kind !== 'schema', 'it holds a second schema');
        yield next;
        at = next.bodyStart + next.bodyBytes;
      }
    },
  };
}

async function openFile(slices: ByteSlices, mostFields: number): Promise<Arrow> {
  const { sizeBytes } = slices;
  const cutOff = 'it does not end as Arrow files do, so it was cut off';
  insist(sizeBytes >= 24, cutOff);
  const tail = await slices.read(sizeBytes - 10, sizeBytes);
  insist(asText(tail.subarray(4)) === MAGIC, cutOff);
  const size = new DataView(tail.buffer, tail.byteOffset, 4).getInt32(0, true);
  const start = sizeBytes - 10 - size;
  insist(size > 0 && start >= 8, 'its footer would begin before the file');
  const footer = readFooterTable(await slices.read(start, sizeBytes - 10), mostFields);
  const read = async (block: Block): Promise<PlacedMessage> => {
    const found = await readMessage(slices, block.offset, mostFields);
    if (found === null) throw new Fault('its footer names a message that is not there');
    return found;
  };
  const messages = async function* (batches: readonly Block[]): AsyncGenerator<PlacedMessage> {
    for (const block of footer.dictionaries) yield await read(block);
    for (const block of batches) yield await read(block);
  };
  return {
    isFile: true,
    fields: footer.fields,
    messages: () => messages(footer.batches),
    batches: {
      count: footer.batches.length,
      only: (places) => messages(places.map((place) => footer.batches[place]!)),
    },
  };
}

/** The message at `at`; null where the data ends. */
async function readMessage(
  slices: ByteSlices,
  at: number,
  mostFields: number,
): Promise<PlacedMessage | null> {
  const { sizeBytes } = slices;
  if (at === sizeBytes) return null;
  const cutOff = `it was cut off at byte ${sizeBytes}, inside a message`;
  insist(at >= 0 && at + 4 <= sizeBytes, cutOff);
  let bytes = await slices.read(at, Math.min(at + FIRST_READ_BYTES, sizeBytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // Writers before 0.15 left the mark of a message out.
  const isMarked = view.getUint32(0, true) === CONTINUATION;
  insist(!isMarked || bytes.length >= 8, cutOff);
  const size = view.getInt32(isMarked ? 4 : 0, true);
  if (size === 0) return null;
  const start = isMarked ? 8 : 4;
  insist(size > 0 && size <= MOST_METADATA_BYTES, 'a message has a size out of range');
  insist(at + start + size <= sizeBytes, cutOff);
  if (start + size > bytes.length) bytes = await slices.read(at, at + start + size);
  const { message, bodyBytes } = readMessageTable(bytes.subarray(start, start + size), mostFields);
  const bodyStart = at + start + size;
  insist(
    bodyStart + bodyBytes <= sizeBytes,
    `it was cut off at byte ${sizeBytes}, inside a record batch`,
  );
  return { message, bodyStart, bodyBytes };
}
