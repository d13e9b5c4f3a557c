// Entries → charset → archive or codec → delivery, hashed on the way and read back at the end.
import { loadCharsetEncoder } from '../charsets/encode.ts';
import { ExportError } from '../contract/errors.ts';
import type { Entry } from '../contract/archive-plugin.ts';
import type { PackContext } from '../contract/codec-plugin.ts';
import type {
  DeliveryHandover,
  DeliveryWriter,
  FileFate,
  FileWriter,
} from '../contract/delivery-plugin.ts';
import type { EncoderContext } from '../contract/encoder.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { Loss, OutputFile, ValueCheck } from '../contract/report.ts';
import type { FinishedFile } from './check-values.ts';
import type { ExistsAnswer } from '../contract/verbs.ts';
import { giveBuffer } from '../table/buffer-pool.ts';
import { appended } from './append-rows.ts';
import type { PackRows } from './capped-parts.ts';
import { encodeFile, RowCursor, type EncodedEntry, type EncodeHooks } from './encode-stream.ts';
import type { LanePool } from './lanes.ts';
import type { Meter } from './meter.ts';
import type { ListedFile } from './manifest.ts';
import { earlyNamed, lateNamed, type OutgoingFile, type OutputNames } from './output-names.ts';
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
  /** Compares the values of the finished files. */
  values?: (files: FinishedFile[]) => Promise<ValueCheck>;
  /** The value of a secret that packing needs. */
  secret(id: string): string;
  scratch: Scratch;
  names: OutputNames;
  /** What old files that rows are appended to must begin with. */
  head(): Promise<Uint8Array>;
  /** Asked where a file lies under the name and the output says `ask`. */
  ask: ((name: string) => Promise<ExistsAnswer>) | null;
  onLoss(loss: Loss): void;
  /** Told each file's wanted name before it is opened and the name it got after, for the clean-up after a dead worker. */
  onFile?(name: string, isOpen: boolean): void;
}

export interface Written {
  values?: ValueCheck | undefined;
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
async function sealed(
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

/** Writes all files through the delivery and commits. Whoever calls aborts the delivery when this throws. */
export async function writeOutput(
  files: AsyncIterable<OutgoingFile>,
  context: WriteContext,
  written: Written,
): Promise<void> {
  const { output, delivery, meter, names } = context;
  const open: OpenFile[] = [];
  for await (const file of files) {
    if (open.length > 0 && !output.delivery.card.takesMany)
      throw new ExportError('deliver.one-file-only', { count: 'several' });
    open.push(await writeFile(file, context));
  }
  const parts = partCounts(open);
  for (const each of open) await settleName(each, parts, context);
  written.files = open.map(({ file }) => file);
  if (output.config.manifest === true && hasOwnFiles(output)) {
    const listed = open.map(({ file, place }): ListedFile => ({
      ...file,
      sha256: file.checksum?.value ?? null,
      place,
    }));
    const bytes = names.manifest(listed);
    const manifest: OutgoingFile = {
      place: null,
      suffix: '',
      fixedName: names.manifestName(listed) + (output.encryption?.card.extension ?? ''),
      bytes: await sealed(once(bytes), output, packContext(context)),
      rows: () => 0,
    };
    const last = await writeFile(manifest, context);
    await settleName(last, parts, context);
    last.file.isManifest = true;
    open.push(last);
    written.files.push(last.file);
  }

  written.deliveredBytes = open.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  meter.beginReadAgain('bytes', written.deliveredBytes);
  for (const { file, isDropped } of open) {
    if (isDropped) file.verified = true;
    else if (output.config.verify.readBack) file.verified = await readBack(file, context);
  }
  written.values = await context.values?.(
    open
      .filter(({ outgoing, file }) => outgoing.suffix === '' && file.isManifest !== true)
      .map(({ file }) => ({
        name: file.name,
        sizeBytes: file.sizeBytes,
        entryCount: file.entries?.length ?? 1,
        isAppended: file.existing !== undefined,
      })),
  );
  context.signal.throwIfAborted();
  const delivered = open.map(({ file, sha256 }) => ({
    name: file.name,
    rows: file.rows,
    sizeBytes: file.sizeBytes,
    sha256: file.checksum?.value ?? sha256,
  }));
  written.handover = await delivery.commit(delivered, (pattern) =>
    names.message(pattern, delivered),
  );
  // A name that another program took meanwhile may have become the next free one.
  for (const { file, writer } of open)
    Object.assign(file, { name: writer.name, path: writer.path });
  if (delivery.readDelivered === undefined) return;
  for (const [i, { file }] of open.entries()) {
    const stored = output.config.verify.readBack ? delivery.readDelivered(file.name) : null;
    if (stored !== null && i === 0) meter.beginReadAgain('bytes', written.deliveredBytes);
    file.verified = stored !== null && (await readBack(file, context, stored));
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Whether each part is a file of the delivery, and not an entry of one archive. */
function hasOwnFiles({ archive, config }: PlannedOutput): boolean {
  return archive === null || config.split?.bytes !== undefined;
}

/** How many parts each group has; of an archive those inside. */
function partCounts(open: readonly OpenFile[]): Map<number | null, number> {
  const parts = new Map<number | null, number>();
  for (const { place } of open)
    if (place !== null)
      parts.set(place.group, Math.max(parts.get(place.group) ?? 0, place.part + 1));
  return parts;
}

/** A file that is written but not published. */
interface OpenFile {
  place: OutgoingFile['place'];
  outgoing: OutgoingFile;
  writer: FileWriter;
  file: OutputFile;
  sha256: string | null;
  isDropped: boolean;
}

async function writeFile(outgoing: OutgoingFile, context: WriteContext): Promise<OpenFile> {
  const { delivery, lanes, meter, names, output } = context;
  meter.phase = 'writing';
  const isLate = names.isLate && outgoing.fixedName === undefined;
  const wanted = names.early(outgoing);
  const plan = isLate
    ? { fate: { isNameless: true }, isAppended: false }
    : await settleExisting(wanted, context, outgoing.fixedName !== undefined);
  const bytes = plan.isAppended
    ? appended(
        outgoing.bytes,
        (await delivery.readOld!(wanted))!,
        await context.head(),
        output,
        wanted,
      )
    : outgoing.bytes;
  if (!isLate) context.onFile?.(wanted, false);
  const writer = await delivery.openFile(wanted, plan.fate);
  if (!isLate) context.onFile?.(writer.name, true);
  const hashes = output.config.verify.checksum === 'sha256';
  const { ifExists, manifest } = output.config;
  const hasher =
    hashes || isLate || manifest === true || ifExists === 'skip' || ifExists === 'ask'
      ? await lanes.openHash()
      : null;
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
    const sha256 = hasher && (await hasher.digest());
    const entries = outgoing.entries?.();
    const file: OutputFile = {
      name: writer.name,
      path: writer.path,
      rows: outgoing.rows(),
      sizeBytes,
      checksum:
        sha256 !== null && (hashes || manifest === true)
          ? { algorithm: 'sha256', value: sha256 }
          : null,
      verified: false,
      ...(plan.isAppended && { existing: 'appended' as const }),
      ...(entries && { entries }),
    };
    const open: OpenFile = {
      place: outgoing.place,
      outgoing,
      writer,
      file,
      sha256,
      isDropped: false,
    };
    if (!isLate && plan.isSkipped === true) await dropIfSame(open, wanted, context);
    return open;
  } finally {
    hasher?.close();
  }
}

/** Gives a file its name, where that was not known before. */
async function settleName(
  open: OpenFile,
  parts: ReadonlyMap<number | null, number>,
  context: WriteContext,
): Promise<void> {
  const { names } = context;
  const { outgoing, file, sha256, writer, place } = open;
  if (!names.isLate || outgoing.fixedName !== undefined) return;
  const count = outgoing.parts?.() ?? parts.get(place?.group ?? null) ?? 1;
  const name = names.late(outgoing, { rows: file.rows, hash8: sha256!.slice(0, 8), parts: count });
  // Nothing is appended to a file whose name was not known when it was begun: `whyNoAppend` says so.
  const { fate, isSkipped } = await settleExisting(name, context, false);
  if (isSkipped === true && (await dropIfSame(open, name, context))) return;
  await writer.rename!(name, fate.ifExists);
  file.name = writer.name;
  file.path = writer.path;
}

/** What becomes of a file whose name may be taken. */
interface Existing {
  fate: FileFate;
  isAppended: boolean;
  /** One that is the same stays. */
  isSkipped?: boolean;
}

async function settleExisting(
  name: string,
  { output, delivery, ask, meter }: WriteContext,
  isManifest: boolean,
): Promise<Existing> {
  const { ifExists } = output.config;
  const { seesOld } = output.delivery.card;
  if (seesOld !== true || ifExists === 'fail' || ifExists === 'replace' || ifExists === 'rename')
    return { fate: {}, isAppended: false };
  const isThere = (await delivery.readOld!(name)) !== null;
  if (!isThere) return { fate: { ifExists: 'fail' }, isAppended: false };
  let choice: ExistsAnswer = ifExists === 'ask' ? 'replace' : ifExists;
  if (ifExists === 'ask' && ask !== null) choice = await meter.within(ask(name));
  if (choice === 'stop') throw new DOMException('the person said so', 'AbortError');
  if (choice === 'append' && !isManifest)
    return { fate: { ifExists: 'replace' }, isAppended: true };
  if (choice === 'rename') return { fate: { ifExists: 'rename' }, isAppended: false };
  return { fate: { ifExists: 'replace' }, isAppended: false, isSkipped: choice === 'skip' };
}

/** Gives a file up where the old one is the same, byte for byte as far as size and hash tell. */
async function dropIfSame(
  open: OpenFile,
  name: string,
  { delivery, lanes, meter }: WriteContext,
): Promise<boolean> {
  const old = await delivery.readOld!(name);
  if (old === null) return false;
  const hasher = await lanes.openHash();
  let size = 0;
  try {
    for await (const piece of old) {
      size += piece.length;
      if (size > open.file.sizeBytes) return false;
      await hasher.update(piece);
      await meter.tick();
    }
    if (size !== open.file.sizeBytes || (await hasher.digest()) !== open.sha256) return false;
  } finally {
    hasher.close();
  }
  await open.writer.drop!();
  open.file.existing = 'same';
  open.isDropped = true;
  return true;
}

async function readBack(
  file: OutputFile,
  context: WriteContext,
  stored = context.delivery.readBack(file.name),
): Promise<boolean> {
  if (stored === null) return false;
  const hasher = file.checksum === null ? null : await context.lanes.openHash();
  let size = 0;
  try {
    for await (const piece of stored) {
      size += piece.length;
      await hasher?.update(piece);
      await context.meter.tickReadAgain(piece.length);
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
