// Turns bytes of a charset into UTF-8.
import { openIso2022Jp } from './decode-iso-2022-jp.ts';
import { openMultiByte } from './decode-multi-byte.ts';
import { openSingleByte } from './decode-single-byte.ts';
import { openUtf16, openUtf8, withoutMark } from './decode-unicode.ts';
import type { Decoder, DecoderOptions } from './decoding.ts';
import { repairs, withRepair } from './mojibake.ts';
import { loadIndexes } from './multi-byte-index.ts';
import { multiByteCharsets } from './multi-byte-readers.ts';
import { findCharset } from './registry.ts';

/** A way to open decoders for a charset by id or label, its tables loaded. Throws `read.charset.unknown`. */
export async function loadDecoder(charset: string): Promise<(options: DecoderOptions) => Decoder> {
  const { id } = findCharset(charset);
  if (id === 'utf-8') return (options) => withoutMark(openUtf8(options));
  if (id === 'utf-16le' || id === 'utf-16be')
    return (options) => withoutMark(openUtf16(id, options));
  if (repairs.has(id)) return (options) => withRepair(id, withoutMark(openUtf8(options)));
  if (id === 'iso-2022-jp') {
    await loadIndexes(['jis0208']);
    return openIso2022Jp;
  }
  const multiByte = multiByteCharsets.get(id);
  if (multiByte === undefined) return (options) => openSingleByte(id, options);
  await loadIndexes(multiByte.needs);
  const read = multiByte.open();
  return (options) => openMultiByte(id, read, options);
}
