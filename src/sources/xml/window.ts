// The bytes of a document under a window that moves forward, and the lines of its places.
import { sizeText } from '../../contract/byte-size.ts';
import { ExportError } from '../../contract/errors.ts';
import type { ByteInput } from '../../contract/source-input.ts';
import { faultError, type XmlPlace } from './faults.ts';
import { SPARE } from './lexer.ts';
import { XmlScan } from './scan.ts';

/** Bytes a window holds before a block is cut off it. */
const WINDOW_BYTES = 1 << 20;
const LF = 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The place of an offset in bytes that begin the document. */
export function placeIn(bytes: Uint8Array, at: number): XmlPlace {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < at; i++)
    if (bytes[i] === LF) {
      line++;
      lineStart = i + 1;
    }
  return { line, column: [...decoder.decode(bytes.subarray(lineStart, at))].length + 1 };
}

/** Reads forward. Everything before the scan's `at` may be gone. */
export class XmlWindow {
  readonly scan: XmlScan;
  /** Bytes of the document before the window. */
  base = 0;
  #filled = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #limits: { depth: number; recordBytes: number };
  readonly #windowBytes: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #used = 0;
  #isDone = false;
  #bytes: Uint8Array;
  /** The line of the byte at `#countedTo`, and where in the document it begins. */
  #line = 1;
  #lineStart = 0;
  #countedTo = 0;

  constructor(input: ByteInput, limits: { depth: number; recordBytes: number }) {
    this.#chunks = input.open()[Symbol.asyncIterator]();
    this.#limits = limits;
    this.#windowBytes = Math.min(WINDOW_BYTES, limits.recordBytes + 2);
    this.#bytes = new Uint8Array(this.#windowBytes + SPARE);
    this.scan = new XmlScan(limits.depth);
  }

  async #fill(size: number): Promise<void> {
    if (size + SPARE > this.#bytes.length) {
      const grown = new Uint8Array(size + SPARE);
      grown.set(this.#bytes.subarray(0, this.#filled));
      this.#bytes = grown;
    }
    // One byte more than asked tells whether the document ends right at `size`.
    for (;;) {
      if (this.#used < this.#chunk.length && this.#filled < size) {
        const take = Math.min(size - this.#filled, this.#chunk.length - this.#used);
        this.#bytes.set(this.#chunk.subarray(this.#used, this.#used + take), this.#filled);
        this.#filled += take;
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
    const isEnd = this.#isDone && this.#used === this.#chunk.length;
    this.scan.setWindow(this.#bytes, this.#filled, isEnd, this.scan.at);
  }

  /** Fills a window that begins at the scan's place. */
  async begin(): Promise<void> {
    this.#advance();
    await this.#fill(this.#windowBytes);
  }

  #advance(): void {
    const { at } = this.scan;
    this.lineOf(at);
    this.#bytes.copyWithin(0, at, this.#filled);
    this.#filled -= at;
    this.base += at;
    this.#countedTo = 0;
    this.scan.at = 0;
  }

  /** After what begins at the scan's place was INCOMPLETE: brings more of it, as far as a record may reach. */
  async more(): Promise<void> {
    const had = this.#filled - this.scan.at;
    this.#advance();
    const most = this.#limits.recordBytes + 2;
    if (had >= most)
      throw new ExportError('read.xml.record-too-large', {
        line: this.lineOf(0),
        limit: sizeText(this.#limits.recordBytes),
      });
    await this.#fill(had < this.#windowBytes ? this.#windowBytes : Math.min(had * 2, most));
  }

  /** 1-based line of an offset; offsets are asked for in ascending order. */
  lineOf(at: number): number {
    const bytes = this.#bytes;
    for (let i = this.#countedTo; i < at; i++)
      if (bytes[i] === LF) {
        this.#line++;
        this.#lineStart = this.base + i + 1;
      }
    this.#countedTo = Math.max(this.#countedTo, at);
    return this.#line;
  }

  /** The error for the scan's fault. */
  faultError(): ExportError {
    const { scan } = this;
    const { at } = scan.fault;
    const line = this.lineOf(at);
    const from = this.#lineStart - this.base;
    // In characters, and in bytes where the line began before the window.
    const before = [...decoder.decode(this.#bytes.subarray(Math.max(0, from), at))].length;
    const place = { line, column: before + 1 + Math.max(0, -from) };
    const open = scan.depth === 0 ? '' : scan.openName(scan.depth);
    return faultError(scan.fault, this.#bytes, this.#filled, place, open, this.#limits.depth);
  }

  /** Stops reading. */
  async close(): Promise<void> {
    if (!this.#isDone) await this.#chunks.return?.();
  }
}
