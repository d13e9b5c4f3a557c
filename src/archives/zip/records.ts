// The records of a zip file (PKWARE APPNOTE 6.3.10 §4.3), from facts to bytes.

const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
/** UTF-8 names (§4.4.4 bit 11), sums and sizes behind the data (bit 3). */
const UTF8_NAME = 1 << 11;
const DESCRIPTOR = 1 << 3;
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
const MADE_BY_UNIX = 3 << 8;
/** A regular file, readable by all, writable by its owner. */
const UNIX_FILE_MODE = 0o100644;

/** Last-modified time: DOS fields of two seconds' grain, and seconds since 1970 for the readers that know better. */
export interface ZipTime {
  dosTime: number;
  dosDate: number;
  unixSeconds: number;
}

/** One entry as both its headers tell it. Sizes are in bytes. */
export interface ZipEntry {
  name: Uint8Array;
  /** 0 = stored, 8 = deflated. */
  method: 0 | 8;
  time: ZipTime;
  /** Sum and sizes stand behind the data in 64 bits, as they were not known before it. */
  hasDescriptor: boolean;
  /** With a descriptor: of 32 bits and unannounced, unless the sizes turn out to need more. */
  isNarrow?: boolean;
  crc32: number;
  packedSize: number;
  size: number;
  /** Where the local header begins. */
  offset: number;
}

/** Appends little-endian fields. */
class RecordWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  u16(...values: number[]): this {
    for (const value of values) {
      this.#view.setUint16(this.#at, value, true);
      this.#at += 2;
    }
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) {
      this.#view.setUint32(this.#at, value, true);
      this.#at += 4;
    }
    return this;
  }

  u64(...values: number[]): this {
    for (const value of values) this.u32(value % 2 ** 32, Math.floor(value / 2 ** 32));
    return this;
  }

  copy(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }
}

const EARLIEST = Date.UTC(1980, 0, 1);

/** The DOS and Unix forms of a time in UTC; times that a form cannot hold become its first or last. */
export function zipTime(milliseconds: number): ZipTime {
  const latest = Date.UTC(2107, 11, 31, 23, 59, 58);
  const date = new Date(Math.min(Math.max(milliseconds, EARLIEST), latest));
  return {
    dosTime: (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
    dosDate:
      ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
    unixSeconds: Math.min(Math.max(Math.floor(milliseconds / 1000), 0), 2 ** 31 - 1),
  };
}

/** The time of all entries: the earliest there is where nobody wants another, so that bytes depend on what is packed alone. */
export function entryTime(times: 'none' | 'export' | undefined, startedAtMs: number): ZipTime {
  return zipTime(times === 'export' ? startedAtMs : EARLIEST);
}

/** Extra field 0x5455: the modification time without a zone's doubt. */
const TIMESTAMP_BYTES = 9;

function timestamp(writer: RecordWriter, time: ZipTime): void {
  writer.u16(0x5455, 5).copy(Uint8Array.of(1)).u32(time.unixSeconds);
}

function flagsOf(entry: ZipEntry): number {
  return UTF8_NAME | (entry.hasDescriptor ? DESCRIPTOR : 0);
}

/** §4.3.7. With a descriptor, an empty zip64 field announces that its sizes have 64 bits. */
export function localHeader(entry: ZipEntry): Uint8Array {
  const { hasDescriptor, isNarrow, name, time } = entry;
  const isAnnounced = hasDescriptor && isNarrow !== true;
  const extra = TIMESTAMP_BYTES + (isAnnounced ? 20 : 0);
  const writer = new RecordWriter(30 + name.length + extra)
    .u32(0x04034b50)
    .u16(isAnnounced ? VERSION_ZIP64 : VERSION_PLAIN, flagsOf(entry), entry.method)
    .u16(time.dosTime, time.dosDate);
  if (hasDescriptor) writer.u32(0, ...(isAnnounced ? [MAX_32, MAX_32] : [0, 0]));
  else writer.u32(entry.crc32, entry.packedSize, entry.size);
  writer.u16(name.length, extra).copy(name);
  if (isAnnounced) writer.u16(1, 16).u64(0, 0);
  timestamp(writer, time);
  return writer.bytes;
}

/** §4.3.9, with sizes of 64 bits, or of 32 where the entry is narrow. */
export function dataDescriptor(entry: ZipEntry): Uint8Array {
  const isNarrow = entry.isNarrow === true && entry.size < MAX_32 && entry.packedSize < MAX_32;
  if (isNarrow)
    return new RecordWriter(16).u32(0x08074b50, entry.crc32, entry.packedSize, entry.size).bytes;
  return new RecordWriter(24).u32(0x08074b50, entry.crc32).u64(entry.packedSize, entry.size).bytes;
}

/** §4.3.12. Only what does not fit 32 bits moves to the zip64 field. */
export function centralHeader(entry: ZipEntry): Uint8Array {
  const { name, time } = entry;
  const wide = [entry.size, entry.packedSize, entry.offset].filter((value) => value >= MAX_32);
  const isZip64 = (entry.hasDescriptor && entry.isNarrow !== true) || wide.length > 0;
  const wideBytes = wide.length > 0 ? 4 + 8 * wide.length : 0;
  const version = isZip64 ? VERSION_ZIP64 : VERSION_PLAIN;
  const writer = new RecordWriter(46 + name.length + TIMESTAMP_BYTES + wideBytes)
    .u32(0x02014b50)
    .u16(MADE_BY_UNIX | VERSION_ZIP64, version, flagsOf(entry), entry.method)
    .u16(time.dosTime, time.dosDate)
    .u32(entry.crc32, Math.min(entry.packedSize, MAX_32), Math.min(entry.size, MAX_32))
    .u16(name.length, TIMESTAMP_BYTES + wideBytes, 0, 0, 0)
    .u32(UNIX_FILE_MODE * 2 ** 16, Math.min(entry.offset, MAX_32))
    .copy(name);
  if (wide.length > 0) writer.u16(1, 8 * wide.length).u64(...wide);
  timestamp(writer, time);
  return writer.bytes;
}

/** §4.3.14 to §4.3.16: the end of the central directory, with its zip64 forms where 16 or 32 bits are too few. */
export function endRecords(count: number, directorySize: number, directoryAt: number): Uint8Array {
  const isWide = count >= MAX_16 || directorySize >= MAX_32 || directoryAt >= MAX_32;
  const writer = new RecordWriter(isWide ? 56 + 20 + 22 : 22);
  if (isWide) {
    writer
      .u32(0x06064b50)
      .u64(44)
      .u16(MADE_BY_UNIX | VERSION_ZIP64, VERSION_ZIP64)
      .u32(0, 0)
      .u64(count, count, directorySize, directoryAt)
      .u32(0x07064b50, 0)
      .u64(directoryAt + directorySize)
      .u32(1);
  }
  const shortCount = Math.min(count, MAX_16);
  return writer
    .u32(0x06054b50)
    .u16(0, 0, shortCount, shortCount)
    .u32(Math.min(directorySize, MAX_32), Math.min(directoryAt, MAX_32))
    .u16(0).bytes;
}
