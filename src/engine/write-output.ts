// Packed files → delivery: named, hashed on the way, read back at the end.
import { ExportError } from '../contract/errors.ts';
import type { FileFate, FileWriter } from '../contract/delivery-plugin.ts';
import type { OutputFile } from '../contract/report.ts';
import type { ExistsAnswer } from '../contract/verbs.ts';
import { appended } from './append-rows.ts';
import type { ListedFile } from './manifest.ts';
import type { OutgoingFile } from './output-names.ts';
import type { PlannedOutput } from './plan.ts';
import { once, packContext, sealed } from './pack-output.ts';
import type { WriteContext, Written } from './write-context.ts';

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
