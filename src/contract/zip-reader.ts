// Reads zip files (PKWARE APPNOTE 6.3.10): the directory at the end, and any entry of it, in slices.
import { crc32 } from '../kernels/crc32.ts';
import type { Limits } from './config.ts';
import { ExportError, shorten } from './errors.ts';
import { inflate } from './inflate.ts';
import { PackedReader } from './packed-reader.ts';
import type { ByteSlices } from './source-input.ts';
import { countUnpacked } from './unpack-limits.ts';
import { zipEntryName } from './zip-names.ts';
import { ZIP_READ_TEXTS } from './zip-texts.ts';

/** One file in a zip. */
export interface ZipMember {
  /** With `/` between folders. */
  name: string;
  /** Bytes as packed and as unpacked, by the directory. */
  packedBytes: number;
  sizeBytes: number;
  /** 0 = stored, 8 = deflated. */
  method: number;
  isEncrypted: boolean;
  crc32: number;
  /** Where its local header begins. */
  offset: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT_BYTES = 65_535;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END64_LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
const ENCRYPTED = 1 | (1 << 13);
const UTF8_NAME = 1 << 11;
const EXTRA_ZIP64 = 1;
const EXTRA_UNICODE_NAME = 0x7075;
/** A directory larger than this is no honest one: 64 bytes for each of a million files. */
const MOST_DIRECTORY_BYTES = 256 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Whether these first bytes are those of a zip: an entry, or the end of an empty one. */
export function isZip(head: Uint8Array): boolean {
  if (head[0] !== 0x50 || head[1] !== 0x4b) return false;
  return (head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function corruptZip(name: string): (detail: string, cause?: unknown) => ExportError {
  return (detail, cause) =>
    new ExportError('read.unpack.corrupt', { name, codec: 'zip', detail }, { cause });
}

interface Directory {
  offset: number;
  size: number;
  count: number;
  /** Bytes before the zip itself (a program that unpacks it). */
  before: number;
}

async function findDirectory(
  slices: ByteSlices,
  corrupt: (detail: string) => ExportError,
): Promise<Directory> {
  const from = Math.max(0, slices.sizeBytes - END_BYTES - MOST_COMMENT_BYTES - END64_LOCATOR_BYTES);
  const tail = await slices.read(from, slices.sizeBytes);
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    // Anything after the comment is not ours, and a comment may hold these four bytes.
    if (at + END_BYTES + view.getUint16(at + 20, true) !== tail.length) continue;
    const disks = view.getUint16(at + 4, true) + view.getUint16(at + 6, true);
    const short = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    const isLong = short.count === MAX_16 || short.size === MAX_32 || short.offset === MAX_32;
    const locator = at - END64_LOCATOR_BYTES;
    if (isLong && locator >= 0 && view.getUint32(locator, true) === END64_LOCATOR_SIGNATURE)
      return findLongDirectory(slices, Number(view.getBigUint64(locator + 8, true)), corrupt);
    if (disks !== 0 && disks !== 2 * MAX_16) throw corrupt(ZIP_READ_TEXTS.parts);
    const before = from + at - short.size - short.offset;
    if (before < 0) throw corrupt(ZIP_READ_TEXTS.directoryOutside);
    return { ...short, before };
  }
  throw corrupt(ZIP_READ_TEXTS.noEnd(slices.sizeBytes));
}

async function findLongDirectory(
  slices: ByteSlices,
  at: number,
  corrupt: (detail: string) => ExportError,
): Promise<Directory> {
  if (at + END64_BYTES > slices.sizeBytes) throw corrupt(ZIP_READ_TEXTS.directoryOutside);
  const view = viewOf(await slices.read(at, at + END64_BYTES));
  if (view.byteLength < END64_BYTES || view.getUint32(0, true) !== END64_SIGNATURE)
    throw corrupt(ZIP_READ_TEXTS.directoryOutside);
  if (view.getUint32(16, true) + view.getUint32(20, true) !== 0)
    throw corrupt(ZIP_READ_TEXTS.parts);
  const number = (offset: number): number => Number(view.getBigUint64(offset, true));
  const [count, size, offset] = [number(32), number(40), number(48)];
  const before = at - size - offset;
  if (before < 0) throw corrupt(ZIP_READ_TEXTS.directoryOutside);
  return { count, size, offset, before };
}

/** Sizes and place in 64 bits, in the order in which the short fields say so (§4.5.3). */
function readLong(extra: Uint8Array, member: ZipMember): void {
  const view = viewOf(extra);
  let at = 0;
  const next = (): number => {
    if (at + 8 > extra.length) return -1;
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  };
  if (member.sizeBytes === MAX_32) member.sizeBytes = next();
  if (member.packedBytes === MAX_32) member.packedBytes = next();
  if (member.offset === MAX_32) member.offset = next();
}

function extraField(extra: Uint8Array, id: number): Uint8Array | null {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === id) return extra.subarray(at + 4, at + 4 + size);
    at += 4 + size;
  }
  return null;
}

/**
 * The files of a zip in the order of its directory, folders left out. Throws `read.unpack.corrupt` for anything that is not
 * whole, and for entries that lie over each other or have the same name.
 */
export async function listZip(slices: ByteSlices, name: string): Promise<ZipMember[]> {
  const corrupt = corruptZip(name);
  const { offset, size, count, before } = await findDirectory(slices, corrupt);
  const start = before + offset;
  if (start + size > slices.sizeBytes || size > MOST_DIRECTORY_BYTES || count * ENTRY_BYTES > size)
    throw corrupt(ZIP_READ_TEXTS.directoryOutside);
  const bytes = await slices.read(start, start + size);
  const view = viewOf(bytes);
  const members: ZipMember[] = [];
  const taken: { from: number; to: number }[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > size || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw corrupt(ZIP_READ_TEXTS.noEntry(start + at));
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = at + ENTRY_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > size) throw corrupt(ZIP_READ_TEXTS.noEntry(start + at));
    const flags = view.getUint16(at + 8, true);
    const nameAt = at + ENTRY_BYTES;
    const extra = bytes.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes);
    const member: ZipMember = {
      name: zipEntryName(
        bytes.subarray(nameAt, nameAt + nameBytes),
        (flags & UTF8_NAME) !== 0,
        view.getUint8(at + 5),
        extraField(extra, EXTRA_UNICODE_NAME),
      ),
      packedBytes: view.getUint32(at + 20, true),
      sizeBytes: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & ENCRYPTED) !== 0,
      crc32: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 42, true),
    };
    const long = extraField(extra, EXTRA_ZIP64);
    if (long !== null) readLong(long, member);
    const isSized = member.packedBytes >= 0 && member.sizeBytes >= 0 && member.offset >= 0;
    // Nothing could be said of an entry without a name.
    if (!isSized || member.name.trim() === '') throw corrupt(ZIP_READ_TEXTS.noEntry(start + at));
    member.offset += before;
    const to = member.offset + LOCAL_BYTES + nameBytes + member.packedBytes;
    if (to > start) throw corrupt(ZIP_READ_TEXTS.entryOutside(shorten(member.name)));
    taken.push({ from: member.offset, to });
    at = next;
    if (member.name.endsWith('/')) continue;
    if (names.has(member.name)) throw corrupt(ZIP_READ_TEXTS.twice(shorten(member.name)));
    names.add(member.name);
    members.push(member);
  }
  taken.sort((a, b) => a.from - b.from);
  // One piece of data under many names is how a small file unpacks to a thousand times its worth.
  if (taken.some(({ from }, i) => i > 0 && taken[i - 1]!.to > from))
    throw corrupt(ZIP_READ_TEXTS.overlap);
  return members;
}

/**
 * The content of one file of a zip. Throws `read.unpack.encrypted`, `read.unpack.unknown-method`, `read.unpack.corrupt` for
 * content that is not whole or whose sum is another, and `read.unpack.too-large` at a limit.
 */
export async function* readZipMember(
  slices: ByteSlices,
  member: ZipMember,
  name: string,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  const entry = shorten(member.name);
  const corrupt = corruptZip(name);
  if (member.isEncrypted) throw new ExportError('read.unpack.encrypted', { name, entry });
  if (member.method !== 0 && member.method !== 8)
    throw new ExportError('read.unpack.unknown-method', {
      name,
      entry,
      method: ZIP_READ_TEXTS.method(member.method),
    });
  const head = viewOf(await slices.read(member.offset, member.offset + LOCAL_BYTES));
  if (head.byteLength < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL_SIGNATURE)
    throw corrupt(ZIP_READ_TEXTS.noLocal(entry, member.offset));
  if (head.getUint16(8, true) !== member.method) throw corrupt(ZIP_READ_TEXTS.differs(entry));
  const start = member.offset + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
  const end = start + member.packedBytes;
  if (end > slices.sizeBytes) throw corrupt(ZIP_READ_TEXTS.entryOutside(entry));
  const packed = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += CHUNK_BYTES)
      yield await slices.read(at, Math.min(end, at + CHUNK_BYTES));
  };
  const counter = countUnpacked(name, limits);
  const reader = new PackedReader(packed());
  const inEntry = (detail: string, cause?: unknown): ExportError =>
    corrupt(ZIP_READ_TEXTS.inEntry(entry, detail), cause);
  const pieces = member.method === 0 ? packed() : inflate(reader, inEntry);
  let sum = 0;
  for await (const piece of pieces) {
    counter.add(piece.length, member.method === 0 ? counter.unpacked + piece.length : reader.taken);
    if (counter.unpacked > member.sizeBytes) throw inEntry(ZIP_READ_TEXTS.wrongSize);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (counter.unpacked !== member.sizeBytes) throw inEntry(ZIP_READ_TEXTS.wrongSize);
  if (sum !== member.crc32) throw inEntry(ZIP_READ_TEXTS.wrongSum);
}
