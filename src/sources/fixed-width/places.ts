// Where the places of a line are in its bytes: one byte each in ASCII, else as the option `measure` counts.
import type { FixedWidthOptions } from './options.ts';

/** Code points that terminals and printers give two places (the classic list, with emoji and the supplementary planes). */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

const isWide = (point: number): boolean =>
  point >= 0x1100 && WIDE.some(([first, last]) => point >= first && point <= last);

function codePointAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]!;
  const more = (k: number): number => bytes[at + k]! & 0x3f;
  if (byte < 0x80) return byte;
  if (byte < 0xe0) return ((byte & 0x1f) << 6) | more(1);
  if (byte < 0xf0) return ((byte & 0xf) << 12) | (more(1) << 6) | more(2);
  return ((byte & 7) << 18) | (more(1) << 12) | (more(2) << 6) | more(3);
}

/** The places of one line after the other. */
export class Places {
  readonly #measure: FixedWidthOptions['measure'];
  /** Byte offset of each place and of the line's end; not used while the line is ASCII. */
  #offsets = new Uint32Array(256);
  #from = 0;
  #isAscii = true;
  /** Places of the line. */
  count = 0;

  constructor(measure: FixedWidthOptions['measure']) {
    this.#measure = measure;
  }

  /** Takes the line of bytes [from, to), without its end. */
  take(bytes: Uint8Array, from: number, to: number): void {
    let all = 0;
    for (let i = from; i < to; i++) all |= bytes[i]!;
    this.#from = from;
    this.#isAscii = all < 0x80;
    this.count = to - from;
    if (this.#isAscii) return;
    if (this.#offsets.length < to - from + 1) this.#offsets = new Uint32Array((to - from + 1) * 2);
    const offsets = this.#offsets;
    let n = 0;
    for (let i = from; i < to; i++) {
      const isInside = (bytes[i]! & 0xc0) === 0x80;
      // A place inside of a character is that character's, so that no field ends within one.
      if (this.#measure === 'bytes') offsets[n] = isInside && n > 0 ? offsets[n - 1]! : i;
      else if (isInside) continue;
      else {
        offsets[n] = i;
        if (this.#measure === 'wide' && isWide(codePointAt(bytes, i))) offsets[++n] = i;
      }
      n++;
    }
    offsets[n] = to;
    this.count = n;
  }

  /** Byte offset of a place, or of the line's end for one behind it. */
  offset(place: number): number {
    if (place > this.count) place = this.count;
    return this.#isAscii ? this.#from + place : this.#offsets[place]!;
  }
}
