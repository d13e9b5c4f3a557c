// JSON bytes under a window that moves forward: tokens and whole values of any place in the document, and the line of an error.
import { JsonScan, INCOMPLETE, SCAN_SPARE, WRONG } from '../table/json-scan.ts';
import { jsonStringText } from '../table/json-unescape.ts';
import { sizeText } from './byte-size.ts';
import { ExportError } from './errors.ts';
import { FAULTS, REMEDIES } from './json-source-texts.ts';
import type { ByteInput } from './source-input.ts';

/** Bytes a window holds before a block is cut off it. */
export const WINDOW_BYTES = 1 << 20;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A byte as messages show it. */
function byteText(bytes: Uint8Array, at: number): string {
  const byte = bytes[at]!;
  if (byte < 32 || byte === 127)
    return `the control character 0x${byte.toString(16).padStart(2, '0')}`;
  if (byte < 128) return `“${String.fromCharCode(byte)}”`;
  const text = decoder.decode(bytes.subarray(at, at + 4));
  return text.codePointAt(0) === 0xfeff ? 'a byte order mark' : `“${[...text][0]!}”`;
}

/** What an error says of its place. */
export interface JsonPlace {
  /** 1-based. */
  line: number;
  /** 1-based, in characters; in bytes where the line is longer than a window. */
  column: number;
  /** 0-based, of the text in UTF-8. */
  offset: number;
}

/** The error for the scan's fault, which stands at this place. */
export function faultErrorAt(
  { bytes, fault }: JsonScan,
  { line, column, offset }: JsonPlace,
  depth: number,
  remedy: string = REMEDIES.correct,
): ExportError {
  if (fault.reason === 'depth')
    return new ExportError('read.json.too-deep', { line, column, limit: depth });
  const detail = FAULTS[fault.reason](byteText(bytes, fault.at));
  return new ExportError('read.json.syntax', { line, column, offset, detail, remedy });
}

/** The place of an offset in bytes that begin the document. */
export function placeIn(bytes: Uint8Array, at: number): JsonPlace {
  let line = 1;
  let lineStart = 0;
  for (let i = bytes.indexOf(10); i >= 0 && i < at; i = bytes.indexOf(10, i + 1)) {
    line++;
    lineStart = i + 1;
  }
  const column = [...decoder.decode(bytes.subarray(lineStart, at))].length + 1;
  return { line, column, offset: at };
}

/** Reads forward. `at` is the offset in the window of what comes next; everything before it may be gone. */
export class JsonDocument {
  readonly scan: JsonScan;
  at = 0;
  filled = 0;
  isEnd = false;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #recordBytes: number;
  readonly #depth: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #used = 0;
  #isDone = false;
  #bytes: Uint8Array;
  #base = 0;
  /** Line in which the window begins, and the offset in the document where that line does. */
  #line = 1;
  #lineStart = 0;

  constructor(input: ByteInput, limits: { depth: number; recordBytes: number }) {
    this.#chunks = input.open()[Symbol.asyncIterator]();
    this.#recordBytes = limits.recordBytes;
    this.#depth = limits.depth;
    this.#bytes = new Uint8Array(Math.min(WINDOW_BYTES, limits.recordBytes + 2) + SCAN_SPARE);
    this.scan = new JsonScan(limits.depth);
  }

  /** Bytes of the document before `at`. */
  get offset(): number {
    return this.#base + this.at;
  }

  /** A window of at least one record's first bytes: as many as are usually looked at. */
  get windowBytes(): number {
    return Math.min(WINDOW_BYTES, this.#recordBytes + 2);
  }

  /** Reads on until `size` bytes are in the window or the document has ended. */
  async fill(size: number): Promise<void> {
    if (size + SCAN_SPARE > this.#bytes.length) {
      const grown = new Uint8Array(size + SCAN_SPARE);
      grown.set(this.#bytes.subarray(0, this.filled));
      this.#bytes = grown;
    }
    // One byte more than asked tells whether the document ends right at `size`.
    for (;;) {
      if (this.#used < this.#chunk.length && this.filled < size) {
        const take = Math.min(size - this.filled, this.#chunk.length - this.#used);
        this.#bytes.set(this.#chunk.subarray(this.#used, this.#used + take), this.filled);
        this.filled += take;
        this.#used += take;
      }
      if (this.#used < this.#chunk.length || this.#isDone) break;
      const next = await this.#chunks.next();
      if (next.done === true) this.#isDone = true;
      else {
        this.#chunk = next.value;
        this.#used = 0;
      }
    }
    this.isEnd = this.#isDone && this.#used === this.#chunk.length;
    this.scan.setWindow(this.#bytes, this.filled, this.isEnd);
  }

  /** Lets go of everything before `at`, which becomes 0. */
  advance(): void {
    const { scan, at } = this;
    // Every line break up to here stood between tokens, where the scan counts them.
    const last = at === 0 ? -1 : this.#bytes.lastIndexOf(10, at - 1);
    if (last >= 0) this.#lineStart = this.#base + last + 1;
    this.#line = scan.lineBreaks + 1;
    this.#bytes.copyWithin(0, at, this.filled);
    this.filled -= at;
    this.#base += at;
    this.at = 0;
    scan.setWindow(this.#bytes, this.filled, this.isEnd);
  }

  /** After a token or record at `at` was {@link INCOMPLETE}: brings more of it, as far as a record may reach. */
  async more(): Promise<void> {
    const had = this.filled - this.at;
    if (this.at > 0) this.advance();
    const limit = this.#recordBytes + 2;
    if (had >= limit)
      throw new ExportError('read.json.record-too-large', {
        line: this.placeOf(0).line,
        limit: sizeText(this.#recordBytes),
      });
    const size = had < this.windowBytes ? this.windowBytes : Math.min(had * 2, limit);
    await this.fill(size);
  }

  /** The place of an offset of the window. */
  placeOf(at: number): JsonPlace {
    let line = this.#line;
    let lineStart = this.#lineStart;
    for (let i = this.#bytes.indexOf(10); i >= 0 && i < at; i = this.#bytes.indexOf(10, i + 1)) {
      line++;
      lineStart = this.#base + i + 1;
    }
    const offset = this.#base + at;
    const before = this.#bytes.subarray(Math.max(0, lineStart - this.#base), at);
    const column =
      lineStart >= this.#base ? [...decoder.decode(before)].length + 1 : offset - lineStart + 1;
    return { line, column, offset };
  }

  /** The error for the scan's fault. */
  faultError(remedy: string = REMEDIES.correct): ExportError {
    return faultErrorAt(this.scan, this.placeOf(this.scan.fault.at), this.#depth, remedy);
  }

  /** The error for a byte at `at` that cannot stand there. */
  unexpected(
    reason: Parameters<JsonScan['unexpected']>[0],
    at: number,
    remedy?: string,
  ): ExportError {
    this.scan.unexpected(reason, at);
    return this.faultError(remedy);
  }

  /** The next byte that is no white space, at `at`; -1 at the end. */
  async peek(): Promise<number> {
    for (;;) {
      this.at = this.scan.space(this.at);
      if (this.at < this.filled) return this.scan.bytes[this.at]!;
      if (this.isEnd) return -1;
      this.advance();
      await this.fill(this.windowBytes);
    }
  }

  /** Steps over a byte that must come next. */
  async expect(byte: number, reason: 'colon' | 'comma'): Promise<void> {
    if ((await this.peek()) !== byte) throw this.unexpected(reason, this.at);
    this.at++;
  }

  /** Reads an object's key and the colon behind it. */
  async key(): Promise<string> {
    if ((await this.peek()) !== 34) throw this.unexpected('key', this.at);
    for (;;) {
      const end = this.scan.string(this.at + 1);
      if (end === WRONG) throw this.faultError();
      if (end !== INCOMPLETE) {
        const text = jsonStringText(this.scan.bytes, this.at + 1, end, this.scan.hasEscapes);
        this.at = end + 1;
        await this.expect(58, 'colon');
        return text;
      }
      await this.more();
    }
  }

  /** Steps over a value of any size. */
  async skipValue(): Promise<void> {
    await this.peek();
    let end = this.scan.value(this.at);
    while (end === INCOMPLETE) {
      this.at = this.scan.resumeAt;
      await this.more();
      end = this.scan.resume(this.at);
    }
    if (end === WRONG) throw this.faultError();
    this.at = end;
  }

  /** Stops reading. */
  async close(): Promise<void> {
    if (!this.#isDone) await this.#chunks.return?.();
  }
}
