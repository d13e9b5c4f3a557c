// A part of a workbook as it is unpacked: a window on its bytes that a scan walks through.
import { sizeText } from '../../contract/byte-size.ts';
import { ExportError } from '../../contract/errors.ts';
import { Fault } from './fault.ts';
import { insistUtf8Part } from './package.ts';
import { EXCEL_FAULTS } from './texts.ts';
import { XmlScan } from './xml-scan.ts';

const FIRST_WINDOW_BYTES = 16 * 1024;

export class XmlStream {
  readonly scan = new XmlScan(new Uint8Array(FIRST_WINDOW_BYTES), 0);
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #name: string;
  readonly #mostBytes: number;
  #isBegun = false;
  /** Unpacked bytes taken into the window so far. */
  taken = 0;

  /** `mostBytes`: the largest window, which is what one element may need. */
  constructor(name: string, pieces: AsyncIterable<Uint8Array>, mostBytes: number) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#name = name;
    this.#mostBytes = mostBytes;
  }

  /**
   * Takes further bytes in, twice as many as there were, and lets go of those before `scan.at`, which becomes 0. Throws a
   * Fault at the end of the part: nothing of a workbook ends without a tag.
   */
  async more(): Promise<void> {
    const { scan } = this;
    const rest = scan.to - scan.at;
    if (rest > this.#mostBytes)
      throw new ExportError('read.excel.row-too-large', {
        name: this.#name,
        limit: sizeText(this.#mostBytes),
      });
    scan.bytes.copyWithin(0, scan.at, scan.to);
    scan.at = 0;
    scan.to = rest;
    const wanted = rest * 2;
    do {
      const { value, done } = await this.#pieces.next();
      if (done === true) {
        if (scan.to === rest) throw new Fault(EXCEL_FAULTS.cut);
        break;
      }
      if (scan.to + value.length > scan.bytes.length) {
        const grown = new Uint8Array(Math.max(scan.bytes.length * 2, scan.to + value.length));
        grown.set(scan.bytes.subarray(0, scan.to));
        scan.bytes = grown;
      }
      scan.bytes.set(value, scan.to);
      scan.to += value.length;
      this.taken += value.length;
    } while (scan.to < wanted);
    if (this.#isBegun) return;
    this.#isBegun = true;
    insistUtf8Part(scan);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
