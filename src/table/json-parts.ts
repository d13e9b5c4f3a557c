// Takes the parts of nested values that stand as JSON text: cells of their own, spelt as they were.
import type { BlockWriter } from './block-writer.ts';
import type { DataType } from './data-type.ts';
import { JsonScan, SCAN_SPARE } from './json-scan.ts';
import { jsonStringBytes } from './json-unescape.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const LETTER_N = 110;

/** A scan that one cell after the other is put into. */
export class CellScan {
  readonly scan = new JsonScan(Infinity);
  #room = new Uint8Array(1024);

  /** Copies the content in; returns where its value starts. */
  open(content: Uint8Array): number {
    if (content.length + SCAN_SPARE > this.#room.length)
      this.#room = new Uint8Array((content.length + SCAN_SPARE) * 2);
    this.#room.set(content);
    this.scan.setWindow(this.#room, content.length, true);
    return this.scan.space(0);
  }

  /** Whether the value that ended at `end` (negative: it was none) is all there is. */
  isWhole(end: number): boolean {
    return end >= 0 && this.scan.space(end) === this.scan.to;
  }
}

/** Whether the JSON value at `start` is null. */
export const isJsonNull = (bytes: Uint8Array, start: number): boolean => bytes[start] === LETTER_N;

/**
 * Adds the JSON value [start, end) as a cell of a column of this type: null is null, a string its text, anything else (and
 * all of a `json` column) as it is written.
 */
export function addJsonCell(
  writer: BlockWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
  type: DataType,
): void {
  if (isJsonNull(bytes, start)) writer.addNull();
  else if (bytes[start] === QUOTE && type.kind !== 'json') {
    const hasEscapes = bytes.subarray(start, end).includes(BACKSLASH);
    const text = jsonStringBytes(bytes, start + 1, end - 1, hasEscapes);
    writer.addText(text, 0, text.length);
  } else writer.addText(bytes, start, end);
}
