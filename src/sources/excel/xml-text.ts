// Text content of XML as UTF-8: entities, CDATA sections and the workbook's own escapes undone.
import { scanUtf8 } from '../../kernels/utf8.ts';
import { Fault } from './fault.ts';
import { undoEntities } from './xml-scan.ts';

const AMPERSAND = 38;
const LT = 60;
const CR = 13;
const UNDERSCORE = 95;
const LOWER_X = 120;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Whether the bytes [start, end) are their own text: valid UTF-8 is not looked for. */
export function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === AMPERSAND || byte === LT || byte === CR) return false;
    if (byte === UNDERSCORE && bytes[i + 1] === LOWER_X) return false;
  }
  return true;
}

/** Throws a Fault unless the bytes [start, end) are valid UTF-8. */
export function insistUtf8(bytes: Uint8Array, start: number, end: number): void {
  let i = start;
  while (i < end && bytes[i]! < 0x80) i++;
  if (i < end && scanUtf8(bytes, start, end).end < end) throw new Fault('a text is not UTF-8');
}

/**
 * The text that stands between tags in [start, end), as UTF-8: entities and CDATA undone, comments left out, line ends LF
 * (XML 1.0 §2.11), and characters written `_x000D_` (ST_Xstring) as themselves.
 */
export function textBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  insistUtf8(bytes, start, end);
  const raw = decoder.decode(bytes.subarray(start, end)).replace(/\r\n?/g, '\n');
  const text = raw.includes('<')
    ? raw
        .split(/(<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->|<\?[^]*?\?>)/)
        .map((piece) => {
          if (piece.startsWith('<![CDATA[')) return piece.slice(9, -3);
          return piece.startsWith('<') ? '' : undoEntities(piece);
        })
        .join('')
    : undoEntities(raw);
  // Halves of a character stand apart; what stays alone becomes the replacement character.
  return encoder.encode(
    text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    ),
  );
}
