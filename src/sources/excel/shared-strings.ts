// The texts that cells share: in memory while they are few, on scratch beyond that; of a sample only those it needs.
import type { Limits } from '../../contract/config.ts';
import { sizeText } from '../../contract/byte-size.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { faultError } from './fault.ts';
import type { Package } from './package.ts';
import { XmlStream } from './xml-stream.ts';
import { readRichText } from './rich-text.ts';

/** Bytes of memory that a text costs wherever it is. */
const END_BYTES = 4;
/** Offsets are 32 bits wide. */
const MOST_BYTES = 2 ** 32 - 1;
const LEAST_PAGE_BYTES = 4 * 1024;
const MOST_PAGE_BYTES = 256 * 1024;
/** Pages that fit into the memory given; half of them are kept, as the rest of it is for the ends. */
const PAGES = 32;

/** After `find`, the text is `bytes` [start, end). */
export class SharedStrings {
  readonly count: number;
  bytes: Uint8Array;
  start = 0;
  end = 0;
  readonly #ends: Uint32Array;
  readonly #file: ScratchFile | null;
  readonly #pageBytes: number;
  /** By number, the one used last at the end. */
  readonly #pages = new Map<number, Uint8Array>();
  #page = -1;

  /** Text n is the bytes [ends[n - 1], ends[n]) of `held`, or of a file that is closed with this. */
  constructor(held: Uint8Array | ScratchFile, ends: Uint32Array, count: number, pageBytes = 0) {
    this.#ends = ends;
    this.count = count;
    const isFile = !(held instanceof Uint8Array);
    this.#file = isFile ? held : null;
    this.bytes = isFile ? new Uint8Array(0) : held;
    this.#pageBytes = pageBytes;
  }

  /** Text `index`, below `count`. */
  find(index: number): void {
    const start = index === 0 ? 0 : this.#ends[index - 1]!;
    const end = this.#ends[index]!;
    if (this.#file === null) {
      this.start = start;
      this.end = end;
    } else this.#findInFile(this.#file, start, end);
  }

  #findInFile(file: ScratchFile, start: number, end: number): void {
    const size = this.#pageBytes;
    const page = Math.floor(start / size);
    const at = page * size;
    if (end > at + size) {
      // Over the edge of a page: on its own, the few that are.
      this.bytes = file.readNow(start, end);
      this.#page = -1;
      this.start = 0;
      this.end = end - start;
      return;
    }
    if (page !== this.#page) {
      const pages = this.#pages;
      let bytes = pages.get(page);
      if (bytes === undefined) {
        bytes = file.readNow(at, Math.min(file.sizeBytes, at + size));
        if (pages.size >= PAGES / 2) pages.delete(pages.keys().next().value!);
      } else pages.delete(page);
      pages.set(page, bytes);
      this.bytes = bytes;
      this.#page = page;
    }
    this.start = start - at;
    this.end = end - at;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

/** Where there are none. */
export function noStrings(): SharedStrings {
  return new SharedStrings(new Uint8Array(0), new Uint32Array(0), 0);
}

export interface StringsContext {
  limits: Limits;
  signal?: AbortSignal | undefined;
  /** Where they go when they are more than a quarter of limits.memoryBytes, as what holds them doubles twice. */
  scratch?: Scratch | undefined;
  /** Of a sample: by number, whatever else there is is empty and what follows the last of them is not read. */
  only?: ReadonlySet<number>;
}

/** Reads the texts. Throws `read.excel.texts-too-large` for more than there is room for, `scratch.full`, `read.excel.corrupt`. */
export async function readSharedStrings(
  parts: Package,
  part: string,
  { limits, signal, scratch, only }: StringsContext,
): Promise<SharedStrings> {
  const most = Math.min(limits.memoryBytes, MOST_BYTES);
  const pageBytes = Math.min(
    MOST_PAGE_BYTES,
    Math.max(LEAST_PAGE_BYTES, Math.floor(limits.memoryBytes / PAGES)),
  );
  const out = new ByteWriter(64 * 1024);
  let ends = new Uint32Array(1024);
  let known = 0;
  let file: ScratchFile | null = null;
  let isRead = false;
  let lastWanted = only === undefined ? Infinity : -1;
  for (const index of only ?? []) lastWanted = Math.max(lastWanted, index);
  const stream = new XmlStream(parts.name, parts.open(part), limits.recordBytes);
  const insistRoom = (isEnough: boolean, limit: number): void => {
    if (isEnough) return;
    throw new ExportError('read.excel.texts-too-large', {
      name: parts.name,
      limit: sizeText(limit),
    });
  };
  try {
    const { scan } = stream;
    while (known <= lastWanted) {
      const found = scan.next();
      if (found === 'more') {
        await stream.more();
        signal?.throwIfAborted();
        continue;
      }
      if (found === 'close' || !scan.is('si')) {
        if (scan.is('sst') && (found === 'close' || scan.isEmpty)) break;
        continue;
      }
      const from = scan.tagStart;
      const before = out.length;
      if (!scan.isEmpty && !readRichText(scan, 'si', out)) {
        scan.at = from;
        await stream.more();
        continue;
      }
      if (only !== undefined && !only.has(known)) out.length = before;
      const end: number = (file?.sizeBytes ?? 0) + out.length;
      insistRoom(end <= MOST_BYTES, MOST_BYTES);
      // On scratch, half of the memory is for pages of it.
      const held = scratch === undefined ? end : most / 2;
      insistRoom(held + known * END_BYTES <= most, most);
      if (known === ends.length) {
        const grown = new Uint32Array(known * 2);
        grown.set(ends);
        ends = grown;
      }
      ends[known++] = end;
      if (scratch !== undefined && out.length > (file === null ? most / 4 : pageBytes)) {
        file ??= await scratch.create();
        await file.write(out.bytes.subarray(0, out.length));
        out.clear();
      }
    }
    if (file !== null) await file.write(out.bytes.subarray(0, out.length));
    isRead = true;
  } catch (thrown) {
    throw faultError(thrown, parts.name, part);
  } finally {
    await stream.close();
    if (!isRead) await file?.close();
  }
  return new SharedStrings(file ?? out.bytes.subarray(0, out.length), ends, known, pageBytes);
}
