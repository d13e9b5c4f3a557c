// Writes text into HTML (HTML Living Standard §13.1), byte by byte, so that nothing in it is ever markup.
import type { ByteWriter } from '../../table/byte-writer.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const AMP = bytesOf('&amp;');
const LESS = bytesOf('&lt;');
const GREATER = bytesOf('&gt;');
const QUOTE = bytesOf('&quot;');
const APOSTROPHE = bytesOf('&#39;');
/** Readers make a bare CR a line feed. */
const RETURN = bytesOf('&#13;');
const BREAK = bytesOf('<br>');
/** What readers take U+0000 for: it can be written in no way. */
const REPLACEMENT = bytesOf('\ufffd');

const NUL = 0;
const LF = 10;
const CR = 13;

/** Bytes that are not written as they are. */
const SPECIAL = new Uint8Array(256);
for (const b of [NUL, LF, CR, 34, 38, 39, 60, 62]) SPECIAL[b] = 1;

/** Where text goes: between tags, between tags with line breaks as `<br>`, or between the double quotes of an attribute. */
export type HtmlPlace = 'text' | 'lines' | 'attribute';

/** Writes the bytes [start, end); `onNul` is told of each U+0000, which is replaced. */
export function writeHtml(
  source: Uint8Array,
  start: number,
  end: number,
  place: HtmlPlace,
  out: ByteWriter,
  onNul: () => void,
): void {
  let from = start;
  for (let i = start; i < end; i++) {
    const b = source[i]!;
    if (SPECIAL[b] === 0) continue;
    if (b === LF && place !== 'lines') continue;
    if ((b === 34 || b === 39) && place !== 'attribute') continue;
    out.put(source, from, i);
    from = i + 1;
    switch (b) {
      case NUL:
        onNul();
        out.put(REPLACEMENT);
        break;
      case CR:
        if (place !== 'lines') out.put(RETURN);
        // The two of a line end are one break.
        else if (source[i + 1] !== LF || i + 1 === end) out.put(BREAK);
        break;
      case LF:
        out.put(BREAK);
        break;
      case 34:
        out.put(QUOTE);
        break;
      case 38:
        out.put(AMP);
        break;
      case 39:
        out.put(APOSTROPHE);
        break;
      case 60:
        out.put(LESS);
        break;
      default:
        out.put(GREATER);
    }
  }
  out.put(source, from, end);
}

/** A short text as HTML, for titles and attributes alike. */
export function escapedHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\0', '\ufffd');
}

const ADDRESS = /^https?:\/\/[^\s"<>\\^`{|}]+$/i;
const decoder = new TextDecoder();

/** Whether the whole text is an address that a link may lead to. */
export function isAddress(text: Uint8Array): boolean {
  // Nothing else begins so, and most values are looked at no further.
  if (text.length < 10 || (text[0]! | 32) !== 104) return false;
  return ADDRESS.test(decoder.decode(text));
}
