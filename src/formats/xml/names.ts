// XML names of column names (XML 1.0 §2.3, Namespaces in XML §3), so that each name can be read back from what is written.
import { isXmlCharacter, isXmlNameCharacter } from '../../table/xml-characters.ts';

const ASCII_START = /[A-Z_a-z]/;
const ASCII_FURTHER = /[-.\d]/;

/** Whether a character may stand in a name without a colon (NCName), as its first or further on. */
function fits(character: string, isFirst: boolean): boolean {
  if (character > '\u007f') return isXmlNameCharacter(character.codePointAt(0)!, isFirst);
  return ASCII_START.test(character) || (!isFirst && ASCII_FURTHER.test(character));
}

/** What {@link escapedName} writes for a character: four digits, six beyond the basic plane. */
const ESCAPE = /_x([\dA-Fa-f]{4}|[\dA-Fa-f]{6})_/g;
/** Stands for a name without characters; U+FFFF itself, which is no character, takes six digits. */
const NOTHING = '_xFFFF_';

export function isXmlName(name: string): boolean {
  return name !== '' && Array.from(name).every((character, i) => fits(character, i === 0));
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return `_x${code
    .toString(16)
    .toUpperCase()
    .padStart(code >= 0xffff ? 6 : 4, '0')}_`;
}

/**
 * The name with each character that may not stand there as `_xHHHH_` (ISO/IEC 9075-14 §9.1), so that {@link nameOfXml} gives it
 * back. Names that begin with `xml` are the standard's own. `isAscii`: the charset lacks other characters.
 */
export function escapedName(name: string, isAscii = false): string {
  if (name === '') return NOTHING;
  const isReserved = /^xml/i.test(name);
  let at = 0;
  let text = '';
  for (const character of name) {
    const isFirst = at === 0;
    // A written `_x0041_` would be read back as `A`; what follows may begin with `_` once it is written.
    const looksEscaped = character === '_' && /^_x[\dA-Fa-f]{4}/.test(name.slice(at));
    const stays =
      fits(character, isFirst) &&
      !(isAscii && character > '\u007f') &&
      !looksEscaped &&
      !(isFirst && isReserved);
    text += stays ? character : escaped(character);
    at += character.length;
  }
  return text;
}

/** The name with `_` for each character that may not stand there; one that cannot begin a name gets it in front. */
export function replacedName(name: string, isAscii = false): string {
  const text = Array.from(name, (c) => (fits(c, false) && !(isAscii && c > '\u007f') ? c : '_'));
  const needsLead = text.length === 0 || !fits(text[0]!, true) || /^xml/i.test(name);
  return (needsLead ? '_' : '') + text.join('');
}

/** The name as it may stand in an attribute's value, to be read back like an {@link escapedName}. */
export function nameAsText(name: string): string {
  const safe = name.replaceAll(/_(?=x[\dA-Fa-f]{4})/g, escaped);
  return Array.from(safe, (c) => (isXmlCharacter(c.codePointAt(0)!) ? c : escaped(c))).join('');
}

/** The column name that {@link escapedName} wrote. */
export function nameOfXml(name: string): string {
  if (name === NOTHING) return '';
  return textOfXml(name);
}

/** A text in which what no document can hold, and what looks like its escape, stands as `_xHHHH_`, as it was. */
export function textOfXml(text: string): string {
  return text.replaceAll(ESCAPE, (_escape, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}
