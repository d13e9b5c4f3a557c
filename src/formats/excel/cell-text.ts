// Writes text into cells, byte by byte: escaped, as long as a cell may be, with the characters that XML lacks as `_x0001_`.
import type { ByteWriter } from '../../table/byte-writer.ts';

/** UTF-16 units of one cell. */
export const LONGEST_CELL = 32_767;

const encoder = new TextEncoder();
const AMP = encoder.encode('&amp;');
const LESS = encoder.encode('&lt;');
const GREATER = encoder.encode('&gt;');
const ELLIPSIS = encoder.encode('…');
const ESCAPED_UNDERSCORE = encoder.encode('_x005F_');

/** What a byte may be: 0 itself, 1 markup, 2 written as an escape, 3 perhaps the start of U+FFFE or U+FFFF, 4 `_`. */
const KINDS = new Uint8Array(256);
for (let b = 0; b < 32; b++) KINDS[b] = 2;
KINDS[9] = 0;
KINDS[10] = 0;
for (const b of [38, 60, 62]) KINDS[b] = 1;
KINDS[0xef] = 3;
KINDS[95] = 4;

const isHex = (b: number): boolean =>
  (b >= 48 && b <= 57) || (b >= 65 && b <= 70) || (b >= 97 && b <= 102);

/** Whether what stands at `at` would be read as an escape: `_x0041_`, also where its end is escaped itself. */
function isEscape(source: Uint8Array, at: number, end: number): boolean {
  if (at + 5 >= end || source[at + 1] !== 120) return false;
  for (let i = at + 2; i < at + 6; i++) if (!isHex(source[i]!)) return false;
  if (at + 6 >= end) return false;
  const last = source[at + 6]!;
  return last === 95 || KINDS[last] === 2 || last === 0xef;
}

/** Where text of more than so many UTF-16 units is to be cut; `end` where it is not too long. */
export function cutOf(
  source: Uint8Array,
  start: number,
  end: number,
  most: number = LONGEST_CELL,
): number {
  if (end - start <= most) return end;
  let units = 0;
  for (let i = start; i < end; i++) {
    const b = source[i]!;
    if ((b & 0xc0) === 0x80) continue;
    units += b >= 0xf0 ? 2 : 1;
    if (units > most) return i;
  }
  return end;
}

/** What stands in the cell of text that is too long, with … at its end. */
export function markedCut(source: Uint8Array, start: number, end: number): Uint8Array {
  const kept = source.subarray(start, cutOf(source, start, end, LONGEST_CELL - 1));
  const marked = new Uint8Array(kept.length + ELLIPSIS.length);
  marked.set(kept);
  marked.set(ELLIPSIS, kept.length);
  return marked;
}

/** Whether readers would trim the text: there is space at an end of it. */
export function isTrimmed(source: Uint8Array, start: number, end: number): boolean {
  return end > start && (source[start]! <= 32 || source[end - 1]! <= 32);
}

/** Writes text [start, end) as the content of `<t>`. */
export function putCellText(source: Uint8Array, start: number, end: number, out: ByteWriter): void {
  let i = start;
  while (i < end) {
    // Ordinary bytes are copied as they are looked at.
    out.reserve(end - i);
    const { bytes } = out;
    let to = out.length;
    while (i < end) {
      const b = source[i]!;
      if (KINDS[b] !== 0) break;
      bytes[to++] = b;
      i++;
    }
    out.length = to;
    if (i < end) i += putSpecial(source, i, end, out);
  }
}

/** Writes what stands at `at` and is no ordinary byte; returns how many bytes it took. */
function putSpecial(source: Uint8Array, at: number, end: number, out: ByteWriter): number {
  const b = source[at]!;
  switch (KINDS[b]) {
    case 1:
      out.put(b === 38 ? AMP : b === 60 ? LESS : GREATER);
      return 1;
    case 2:
      out.ascii(`_x${b.toString(16).toUpperCase().padStart(4, '0')}_`);
      return 1;
    case 3:
      if (source[at + 1] === 0xbf && source[at + 2]! >= 0xbe && at + 2 < end) {
        out.ascii(source[at + 2] === 0xbe ? '_xFFFE_' : '_xFFFF_');
        return 3;
      }
      out.byte(b);
      return 1;
    default:
      if (isEscape(source, at, end)) out.put(ESCAPED_UNDERSCORE);
      else out.byte(b);
      return 1;
  }
}
