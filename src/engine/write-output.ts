// Entries → charset → archive or codec → delivery, hashed on the way and read back at the end.
import { loadCharsetEncoder } from '../charsets/encode.ts';
import { ExportError } from '../contract/errors.ts';
import type {
  DeliveryHandover,
  DeliveryWriter,
  Entry,
  FileWriter,
  PackContext,
} from '../contract/plugins.ts';
import type { Loss, OutputFile } from '../contract/report.ts';
import { giveBuffer } from '../table/buffer-pool.ts';
import type { EncodedEntry } from './encode-stream.ts';
import type { LanePool } from './lanes.ts';
import type { Meter } from './meter.ts';
import type { PlannedOutput } from './plan.ts';

/** Small encoder pieces are gathered to this size before they travel on. */
const PIECE_BYTES = 256 * 1024;

export interface WriteContext {
  output: PlannedOutput;
  delivery: DeliveryWriter;
  lanes: LanePool;
  meter: Meter;
  signal: AbortSignal;
  startedAtMs: number;
  /** Name of the archive file, when there is one. */
  archiveName: string;
  /** The value of a secret that packing needs. */
  secret(id: string): string;
  onLoss(loss: Loss): void;
  /** Told each file's wanted name before it is opened and the name it got after, for the clean-up after a dead worker. */
  onFile?(name: string, isOpen: boolean): void;
}

export interface Written {
  files: OutputFile[];
  handover: DeliveryHandover | null;
  encodedBytes: number;
  deliveredBytes: number;
}

/** Joins pieces to about PIECE_BYTES; larger ones pass as they are. */
async function* gather(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const joined = (): Uint8Array => {
    if (parts.length === 1) return parts[0]!;
    const out = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  };
  for await (const piece of input) {
    if (piece.length >= PIECE_BYTES) {
      if (size > 0) yield joined();
      parts = [];
      size = 0;
      yield piece;
      continue;
    }
    parts.push(piece);
    size += piece.length;
    if (size >= PIECE_BYTES) {
      yield joined();
      parts = [];
      size = 0;
    }
  }
  if (size > 0) yield joined();
}

/** An entry's bytes in the output's charset, counted. */
export async function* inCharset(
  bytes: AsyncIterable<Uint8Array>,
  output: PlannedOutput,
  onLoss: (loss: Loss) => void,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  if (!output.format.isText) {
    for await (const piece of gather(bytes)) {
      onBytes(piece.length);
      yield piece;
      giveBuffer(piece.buffer);
    }
    return;
  }
  const openEncoder = await loadCharsetEncoder(output.config.charset.id);
  const encoder = openEncoder(output.config.charset, output.formatModule.escapeCodePoint);
  const start = encoder.begin();
  if (start.length > 0) {
    onBytes(start.length);
    yield start;
  }
  for await (const piece of gather(bytes)) {
    const { bytes: encoded, losses } = encoder.encode(piece);
    losses.forEach(onLoss);
    onBytes(encoded.length);
    yield encoded;
    // Whoever asks for the next piece has written, packed and hashed this one.
    giveBuffer(piece.buffer);
    giveBuffer(encoded.buffer);
  }
  const end = encoder.end();
  if (end.length > 0) {
    onBytes(end.length);
    yield end;
  }
}

/** Writes all entries through the delivery and commits. Whoever calls aborts the delivery when this throws. */
export async function writeOutput(
  entries: AsyncIterable<EncodedEntry>,
  context: WriteContext,
): Promise<Written> {
  const { output, delivery, lanes, meter } = context;
  const { archive, codec, encryption } = output;
  const written: Written = { files: [], handover: null, encodedBytes: 0, deliveredBytes: 0 };
  const writers: FileWriter[] = [];
  const onBytes = (count: number): void => {
    written.encodedBytes += count;
  };
  const pack = <O>(options: O): PackContext<O> => ({
    options,
    jobs: lanes,
    startedAtMs: context.startedAtMs,
    secret: context.secret,
    signal: context.signal,
  });
  const cipher = await encryption?.card.load();
  const sealed = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    cipher ? cipher.transform!(bytes, pack(encryption!.options)) : bytes;
  const sealedName = (name: string): string => name + (encryption?.card.extension ?? '');

  if (archive !== null) {
    const inside: NonNullable<OutputFile['entries']> = [];
    const source = async function* (): AsyncGenerator<Entry> {
      for await (const entry of entries) {
        const before = written.encodedBytes;
        yield { name: entry.name, bytes: inCharset(entry.bytes, output, context.onLoss, onBytes) };
        inside.push({
          name: entry.name,
          rows: entry.rows(),
          sizeBytes: written.encodedBytes - before,
        });
      }
    };
    const module = await archive.card.load();
    const bytes = module.pack(source(), pack(archive.options));
    const rows = (): number => inside.reduce((sum, entry) => sum + entry.rows, 0);
    const name = sealedName(context.archiveName);
    const file = await writeFile(name, sealed(bytes), rows, context, writers);
    written.files.push({ ...file, entries: inside });
  } else {
    const module = await codec?.card.load();
    for await (const entry of entries) {
      if (written.files.length > 0 && !output.delivery.card.takesMany)
        throw new ExportError('deliver.one-file-only', { count: 'several' });
      const plain = inCharset(entry.bytes, output, context.onLoss, onBytes);
      const bytes = module ? module.transform!(plain, pack(codec!.options)) : plain;
      const name = sealedName(entry.name + (codec?.card.extension ?? ''));
      written.files.push(await writeFile(name, sealed(bytes), entry.rows, context, writers));
    }
  }

  meter.phase = 'verifying';
  for (const file of written.files) {
    written.deliveredBytes += file.sizeBytes;
    if (output.config.verify.readBack) file.verified = await readBack(file, context);
  }
  context.signal.throwIfAborted();
  written.handover = await delivery.commit();
  // A name that another program took meanwhile may have become the next free one.
  for (const [i, { name, path }] of writers.entries())
    Object.assign(written.files[i]!, { name, path });
  return written;
}

async function writeFile(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  rows: () => number,
  context: WriteContext,
  writers: FileWriter[],
): Promise<OutputFile> {
  const { delivery, lanes, meter } = context;
  meter.phase = 'writing';
  context.onFile?.(name, false);
  const writer = await delivery.openFile(name);
  writers.push(writer);
  context.onFile?.(writer.name, true);
  const hasher = context.output.config.verify.checksum === 'sha256' ? await lanes.openHash() : null;
  let sizeBytes = 0;
  let hashed: Promise<void> | undefined;
  try {
    for await (const piece of bytes) {
      sizeBytes += piece.length;
      // Hashing and writing go on at once; the hash of the piece before must be done so that they stay in order.
      await hashed;
      hashed = hasher?.update(piece);
      hashed?.catch(() => {});
      await writer.write(piece);
      meter.bytesOut += piece.length;
      await meter.tick();
    }
    await hashed;
    await writer.close();
    return {
      name: writer.name,
      path: writer.path,
      rows: rows(),
      sizeBytes,
      checksum: hasher ? { algorithm: 'sha256', value: await hasher.digest() } : null,
      verified: false,
    };
  } finally {
    hasher?.close();
  }
}

async function readBack(file: OutputFile, context: WriteContext): Promise<boolean> {
  const stored = context.delivery.readBack(file.name);
  if (stored === null) return false;
  const hasher = file.checksum === null ? null : await context.lanes.openHash();
  let size = 0;
  try {
    for await (const piece of stored) {
      size += piece.length;
      await hasher?.update(piece);
      await context.meter.tick();
    }
    if (size !== file.sizeBytes)
      throw new ExportError('verify.size', {
        name: file.name,
        found: size,
        expected: file.sizeBytes,
      });
    if (hasher !== null && (await hasher.digest()) !== file.checksum!.value)
      throw new ExportError('verify.mismatch', { name: file.name });
    return true;
  } finally {
    hasher?.close();
  }
}
