// Names of zip entries: UTF-8 where it is said or certain, else the old code page 437.
import { crc32 } from '../kernels/crc32.ts';

/** Characters of code page 437 from 0x80 on. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const UNIX = 3;
const DARWIN = 19;
/** Of the further name: version, and CRC-32 of the name it stands for (Info-ZIP). */
const UNICODE_HEAD_BYTES = 5;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8Or(bytes: Uint8Array, other: (bytes: Uint8Array) => string): string {
  try {
    return strict.decode(bytes);
  } catch {
    return other(bytes);
  }
}

function fromCp437(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80]!;
  return text;
}

/**
 * The name of an entry, with `/` between folders. `isUtf8`: general purpose bit 11; `madeBy`: the upper byte of “version made
 * by”; `further`: the extra field 0x7075.
 */
export function zipEntryName(
  bytes: Uint8Array,
  isUtf8: boolean,
  madeBy: number,
  further: Uint8Array | null,
): string {
  if (further !== null && further.length > UNICODE_HEAD_BYTES && further[0] === 1) {
    const view = new DataView(further.buffer, further.byteOffset, further.byteLength);
    if (view.getUint32(1, true) === crc32(bytes))
      return withSlashes(utf8Or(further.subarray(UNICODE_HEAD_BYTES), () => fromCp437(bytes)));
  }
  const mayBeUtf8 = isUtf8 || madeBy === UNIX || madeBy === DARWIN;
  return withSlashes(mayBeUtf8 ? utf8Or(bytes, fromCp437) : fromCp437(bytes));
}

/** Windows programs have written the other stroke. */
function withSlashes(name: string): string {
  return name.replaceAll('\\', '/');
}
