// What the text of an element or the value of an attribute says: references replaced, line ends and white space as XML has them.
import type { ByteWriter } from '../../table/byte-writer.ts';
import { HAS_BREAK, HAS_REFERENCE, IS_CDATA } from './lexer.ts';
import { SPACE } from './characters.ts';

const LF = 10;
const CR = 13;
const AMP = 38;
const SEMICOLON = 59;

/** The characters of `&lt;` and the others by their names' first bytes, which with the length tell them apart. */
function entityByte(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === 108) return 60;
  if (bytes[at] === 103) return 62;
  if (bytes[at] === 113) return 34;
  return end - at === 3 ? AMP : 39;
}

function putCodePoint(out: ByteWriter, code: number): void {
  if (code < 0x80) out.byte(code);
  else if (code < 0x800) {
    out.byte(0xc0 | (code >> 6));
    out.byte(0x80 | (code & 63));
  } else {
    if (code < 0x10000) out.byte(0xe0 | (code >> 12));
    else {
      out.byte(0xf0 | (code >> 18));
      out.byte(0x80 | ((code >> 12) & 63));
    }
    out.byte(0x80 | ((code >> 6) & 63));
    out.byte(0x80 | (code & 63));
  }
}

/** Writes what [from, to) says; `flags` are those of its scan, which found it well-formed. `isValue`: of an attribute. */
export function putContent(
  bytes: Uint8Array,
  from: number,
  to: number,
  flags: number,
  isValue: boolean,
  out: ByteWriter,
): void {
  if ((flags & (HAS_REFERENCE | HAS_BREAK)) === 0) {
    out.put(bytes, from, to);
    return;
  }
  const hasReferences = (flags & IS_CDATA) === 0;
  out.reserve(to - from);
  for (let i = from; i < to; i++) {
    const b = bytes[i]!;
    if (b === CR) {
      // CR LF is one line end, which in a value is one space.
      if (bytes[i + 1] === LF && i + 1 < to) i++;
      out.byte(isValue ? 32 : LF);
    } else if (isValue && (b === LF || b === 9)) out.byte(32);
    else if (b === AMP && hasReferences) {
      const end = bytes.indexOf(SEMICOLON, i);
      if (bytes[i + 1] === 35) {
        const isHex = bytes[i + 2] === 120;
        let code = 0;
        for (let k = i + (isHex ? 3 : 2); k < end; k++) {
          const digit = bytes[k]!;
          code = code * (isHex ? 16 : 10) + (digit < 58 ? digit - 48 : (digit | 32) - 87);
        }
        putCodePoint(out, code);
      } else out.byte(entityByte(bytes, i + 1, end));
      i = end;
    } else out.byte(b);
  }
}

/** Where [from, to) begins without white space at its start. */
export function trimmedFrom(bytes: Uint8Array, from: number, to: number): number {
  while (from < to && SPACE[bytes[from]!] === 1) from++;
  return from;
}

/** Where [from, to) ends without white space at its end. */
export function trimmedTo(bytes: Uint8Array, from: number, to: number): number {
  while (to > from && SPACE[bytes[to - 1]!] === 1) to--;
  return to;
}
