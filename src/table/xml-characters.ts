// Which characters XML 1.0 (fifth edition) allows in text and in names.

/** Whether XML allows the code point at all (production 2). */
export function isXmlCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

/** First and last code points beyond ASCII that begin names (production 4). */
const STARTS: readonly number[] = [
  ...[0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d],
  ...[0x2070, 0x218f, 0x2c00, 0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd],
  ...[0x10000, 0xeffff],
];
/** Those that stand in names only further on (production 4a). */
const FOLLOWS: readonly number[] = [0xb7, 0xb7, 0x300, 0x36f, 0x203f, 0x2040];

function isWithin(ranges: readonly number[], code: number): boolean {
  for (let i = 0; i < ranges.length; i += 2)
    if (code >= ranges[i]! && code <= ranges[i + 1]!) return true;
  return false;
}

/** Whether a character beyond ASCII may stand in a name. */
export function isXmlNameCharacter(code: number, isFirst: boolean): boolean {
  return isWithin(STARTS, code) || (!isFirst && isWithin(FOLLOWS, code));
}
