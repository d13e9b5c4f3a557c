// The charsets of the product, and how their ids are looked up.
import { ExportError, shorten } from '../contract/errors.ts';
import { nearestNames } from '../contract/nearest-names.ts';
import { idOfLabel } from './labels.ts';

/** A charset as the catalogue shows it. */
export interface Charset {
  id: string;
  title: string;
  /** Sources in it can be read. */
  canDecode: boolean;
  /** Outputs can be written in it. */
  canEncode: boolean;
}

const both = (id: string, title: string): Charset => ({
  id,
  title,
  canDecode: true,
  canEncode: true,
});
const input = (id: string, title: string): Charset => ({
  id,
  title,
  canDecode: true,
  canEncode: false,
});

export const charsets: Charset[] = [
  both('utf-8', 'UTF-8'),
  both('utf-16le', 'UTF-16, little endian'),
  both('utf-16be', 'UTF-16, big endian'),
  both('windows-1252', 'Windows-1252 (Western European)'),
  both('iso-8859-1', 'ISO-8859-1 (Latin-1)'),
  both('ascii', 'ASCII'),
  both('iso-8859-15', 'ISO-8859-15 (Western European with €)'),
  both('macintosh', 'Macintosh (Western European)'),
  both('windows-1250', 'Windows-1250 (Central European)'),
  both('iso-8859-2', 'ISO-8859-2 (Central European)'),
  both('iso-8859-16', 'ISO-8859-16 (Romanian)'),
  both('iso-8859-3', 'ISO-8859-3 (Maltese, Esperanto)'),
  both('windows-1257', 'Windows-1257 (Baltic)'),
  both('iso-8859-13', 'ISO-8859-13 (Baltic)'),
  both('iso-8859-4', 'ISO-8859-4 (Baltic)'),
  both('iso-8859-10', 'ISO-8859-10 (Nordic)'),
  both('iso-8859-14', 'ISO-8859-14 (Celtic)'),
  both('windows-1251', 'Windows-1251 (Cyrillic)'),
  both('koi8-r', 'KOI8-R (Russian)'),
  both('koi8-u', 'KOI8-U (Ukrainian)'),
  both('ibm866', 'IBM866 (Cyrillic, DOS)'),
  both('iso-8859-5', 'ISO-8859-5 (Cyrillic)'),
  both('x-mac-cyrillic', 'Macintosh (Cyrillic)'),
  both('windows-1253', 'Windows-1253 (Greek)'),
  both('iso-8859-7', 'ISO-8859-7 (Greek)'),
  both('windows-1254', 'Windows-1254 (Turkish)'),
  both('windows-1255', 'Windows-1255 (Hebrew)'),
  both('iso-8859-8', 'ISO-8859-8 (Hebrew)'),
  both('windows-1256', 'Windows-1256 (Arabic)'),
  both('iso-8859-6', 'ISO-8859-6 (Arabic)'),
  both('windows-874', 'Windows-874 (Thai)'),
  both('windows-1258', 'Windows-1258 (Vietnamese)'),
  both('shift_jis', 'Shift_JIS (Japanese)'),
  both('euc-jp', 'EUC-JP (Japanese)'),
  both('iso-2022-jp', 'ISO-2022-JP (Japanese)'),
  both('gb18030', 'GB18030 (Chinese, simplified)'),
  both('gbk', 'GBK (Chinese, simplified)'),
  both('big5', 'Big5 (Chinese, traditional)'),
  both('euc-kr', 'EUC-KR (Korean)'),
  input('utf-8-mojibake-1252', 'UTF-8, repaired where it was read as Windows-1252 (Ã¼ → ü)'),
  input('utf-8-mojibake-1251', 'UTF-8, repaired where it was read as Windows-1251 (Рџ → П)'),
];

/** The charset with this id or label (letter case and outer spaces aside); `read.charset.unknown` names the known ones. */
export function findCharset(id: string): Charset {
  const wanted = idOfLabel(id.trim().toLowerCase());
  const found = charsets.find((charset) => charset.id === wanted);
  if (found === undefined) {
    const known = charsets.map((charset) => charset.id);
    const near = nearestNames(id, known);
    throw new ExportError('read.charset.unknown', {
      charset: shorten(id),
      known: (near.length > 0 ? near : known).join(', '),
    });
  }
  return found;
}
