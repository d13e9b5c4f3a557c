// The charsets of the product, and how their ids are looked up.
import { ExportError, shorten } from '../contract/errors.ts';

export interface Charset {
  id: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1' | 'ascii';
  title: string;
  canEncode: boolean;
}

export const charsets: Charset[] = [
  { id: 'utf-8', title: 'UTF-8', canEncode: true },
  { id: 'utf-16le', title: 'UTF-16, little endian', canEncode: true },
  { id: 'utf-16be', title: 'UTF-16, big endian', canEncode: true },
  { id: 'windows-1252', title: 'Windows-1252 (Western European)', canEncode: true },
  { id: 'iso-8859-1', title: 'ISO-8859-1 (Latin-1)', canEncode: true },
  { id: 'ascii', title: 'ASCII', canEncode: true },
];

/** The charset with this id (letter case aside); `read.charset.unknown` names the known ones. */
export function findCharset(id: string): Charset {
  const found = charsets.find((charset) => charset.id === id.toLowerCase());
  if (found === undefined)
    throw new ExportError('read.charset.unknown', {
      charset: shorten(id),
      known: charsets.map((charset) => charset.id).join(', '),
    });
  return found;
}
