// How many columns of a fixed-pitch font a text takes: wide characters two, marks that stand on others none.

/** First and last code points that terminals and editors show two columns wide (Unicode UAX #11, W and F). */
const WIDE = Uint32Array.of(
  ...[0x1100, 0x115f, 0x231a, 0x231b, 0x23e9, 0x23ec, 0x2e80, 0x303e, 0x3041, 0x33ff],
  ...[0x3400, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff],
  ...[0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x1f300, 0x1f64f, 0x1f680, 0x1f6ff],
  ...[0x1f900, 0x1f9ff, 0x20000, 0x3fffd],
);
const MARK = /[\p{Mn}\p{Me}\p{Cf}]/u;

function widthOf(codePoint: number): number {
  for (let i = 0; i < WIDE.length; i += 2)
    if (codePoint >= WIDE[i]! && codePoint <= WIDE[i + 1]!) return 2;
  return MARK.test(String.fromCodePoint(codePoint)) ? 0 : 1;
}

/** Columns that the UTF-8 text in [start, end) takes; control characters count one. */
export function displayWidth(bytes: Uint8Array, start: number, end: number): number {
  let width = 0;
  for (let i = start; i < end;) {
    const first = bytes[i]!;
    if (first < 0x80) {
      width++;
      i++;
      continue;
    }
    const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let codePoint = first & (0x7f >> size);
    for (let k = 1; k < size; k++) codePoint = (codePoint << 6) | (bytes[i + k]! & 0x3f);
    width += widthOf(codePoint);
    i += size;
  }
  return width;
}

/** Code points of the UTF-8 text in [start, end). */
export function countCodePoints(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) count++;
  return count;
}
