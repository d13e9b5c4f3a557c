// Entries → charset → archive or codec → encryption: the bytes of the files of an output.
import { loadCharsetEncoder } from '../charsets/encode.ts';
import type { Entry } from '../contract/archive-plugin.ts';
import type { PackContext } from '../contract/codec-plugin.ts';
import type { EncoderContext } from '../contract/encoder.ts';
import type { Loss } from '../contract/report.ts';
import { giveBuffer } from '../table/buffer-pool.ts';
import type { PackRows } from './capped-parts.ts';
import { encodeFile, RowCursor, type EncodedEntry, type EncodeHooks } from './encode-stream.ts';
import type { ListedFile } from './manifest.ts';
import { earlyNamed, lateNamed, type OutgoingFile } from './output-names.ts';
import type { PlannedOutput } from './plan.ts';

/** Small encoder pieces are gathered to this size before they travel on. */
const PIECE_BYTES = 256 * 1024;

import type { WriteContext, Written } from './write-context.ts';

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

/** The way of one entry's bytes to a file of its own: charset, codec. */
export async function packEntry(
  bytes: AsyncIterable<Uint8Array>,
  output: PlannedOutput,
  context: Omit<PackContext<unknown>, 'options'>,
  onLoss: (loss: Loss) => void,
  onBytes: (count: number) => void,
): Promise<AsyncIterable<Uint8Array>> {
  const plain = inCharset(bytes, output, onLoss, onBytes);
  const { codec } = output;
  if (codec === null) return sealed(plain, output, context);
  const { transform } = await codec.card.load();
  return sealed(transform!(plain, { ...context, options: codec.options }), output, context);
}

/** Bytes encrypted, where the output is. */
export async function sealed(
  bytes: AsyncIterable<Uint8Array>,
  { encryption }: PlannedOutput,
  context: Omit<PackContext<unknown>, 'options'>,
): Promise<AsyncIterable<Uint8Array>> {
  if (encryption === null) return bytes;
  const { transform } = await encryption.card.load();
  return transform!(bytes, { ...context, options: encryption.options });
}

/** The files of an output, packed, from the entries of its parts: each a file, or all in one archive. */
export async function* packedFiles(
  entries: AsyncIterable<EncodedEntry>,
  context: WriteContext,
  written: Written,
): AsyncGenerator<OutgoingFile> {
  const { output } = context;
  const pack = packContext(context);
  const onBytes = (count: number): void => {
    written.encodedBytes += count;
  };
  if (output.archive !== null) {
    yield await packArchive(entries, context, written);
    return;
  }
  for await (const { place, suffix, bytes, rows } of entries) {
    const packed = await packEntry(bytes, output, pack, context.onLoss, onBytes);
    yield { place, suffix, bytes: packed, rows };
  }
}

/** What packers need of a run. */
export function packContext({
  lanes,
  startedAtMs,
  secret,
  signal,
}: Pick<WriteContext, 'lanes' | 'startedAtMs' | 'secret' | 'signal'>): Omit<
  PackContext<unknown>,
  'options'
> {
  return { jobs: lanes, startedAtMs, secret, signal };
}

/** Writes rows into a part of its own, packed whole. */
export function rowsPacker(
  contextOf: (index: number) => EncoderContext<unknown>,
  context: WriteContext,
  hooks: Pick<EncodeHooks, 'origins' | 'room' | 'signal'>,
): PackRows {
  const { output, lanes, meter, names } = context;
  const pack = packContext(context);
  const ticking = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      yield piece;
      await meter.tick();
    }
  };
  return async function* (rows, place, tried) {
    const onLoss = (loss: Loss): void => void tried.losses.push(loss);
    const onBytes = (count: number): void => {
      tried.encodedBytes += count;
    };
    const entries = encodeFile(
      [new RowCursor(rows)],
      Infinity,
      output,
      contextOf(place.index),
      lanes,
      {
        ...hooks,
        onLoss,
        onRowsOut: (count) => {
          tried.rowsOut += count;
        },
        onMerged: (count) => {
          tried.merged += count;
        },
      },
    );
    if (output.archive === null) {
      for await (const { suffix, bytes, rows: count } of entries) {
        const packed = await packEntry(bytes, output, pack, onLoss, onBytes);
        yield { suffix, bytes: ticking(packed), rows: count };
      }
      return;
    }
    const inside: { name: string; rows: number; sizeBytes: number }[] = [];
    const source = async function* (): AsyncGenerator<Entry> {
      for await (const { suffix, bytes, rows: count } of entries) {
        const name = names.inside(place, suffix);
        const before = tried.encodedBytes;
        yield { name, bytes: inCharset(bytes, output, onLoss, onBytes) };
        inside.push({ name, rows: count(), sizeBytes: tried.encodedBytes - before });
      }
    };
    const { card, options } = output.archive;
    const archive = await card.load();
    yield {
      suffix: '',
      bytes: ticking(await sealed(archive.pack(source(), { ...pack, options }), output, pack)),
      rows: () => inside.reduce((sum, entry) => sum + entry.rows, 0),
      entries: () => inside,
    };
  };
}

async function packArchive(
  entries: AsyncIterable<EncodedEntry>,
  context: WriteContext,
  written: Written,
): Promise<OutgoingFile> {
  const { output, names, scratch, lanes } = context;
  const inside: ListedFile[] = [];
  const hasManifest = output.config.manifest === true;
  const source = async function* (): AsyncGenerator<Entry> {
    const plain = plainEntries(entries, context, written);
    const named = names.isLate ? lateNamed(plain, names, scratch, lanes) : earlyNamed(plain, names);
    for await (const { name, bytes, place, rows, known } of named) {
      const hasher = hasManifest && known === undefined ? await lanes.openHash() : null;
      let sizeBytes = 0;
      const watched = async function* (): AsyncGenerator<Uint8Array> {
        for await (const piece of bytes) {
          sizeBytes += piece.length;
          await hasher?.update(piece);
          yield piece;
        }
      };
      try {
        yield { name, bytes: watched() };
        const sha256 = known ?? (await hasher?.digest()) ?? null;
        inside.push({ name, rows: rows(), sizeBytes, sha256, place });
      } finally {
        hasher?.close();
      }
    }
    if (hasManifest) {
      const bytes = names.manifest(inside);
      yield { name: names.manifestName(inside), bytes: once(bytes) };
    }
  };
  const { card, options } = output.archive!;
  const { pack } = await card.load();
  return {
    place: null,
    suffix: '',
    bytes: await sealed(
      pack(source(), { ...packContext(context), options }),
      output,
      packContext(context),
    ),
    rows: () => inside.reduce((sum, entry) => sum + entry.rows, 0),
    entries: () => inside.map(({ name, rows, sizeBytes }) => ({ name, rows, sizeBytes })),
    parts: () => new Set(inside.map(({ place }) => place?.index)).size,
  };
}

async function* plainEntries(
  entries: AsyncIterable<EncodedEntry>,
  { output, onLoss }: WriteContext,
  written: Written,
): AsyncGenerator<EncodedEntry> {
  for await (const entry of entries)
    yield {
      ...entry,
      bytes: inCharset(entry.bytes, output, onLoss, (count) => {
        written.encodedBytes += count;
      }),
    };
}

/** One piece as a stream. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
