// The two special parts before the root: the XML declaration and the document type, of which no entity is ever taken.
import { SPACE } from './characters.ts';
import { ATTRIBUTE_SIZE, INCOMPLETE, type XmlLexer } from './lexer.ts';

const latin1 = new TextDecoder('latin1');

const DECLARED = [
  { name: 'version', form: /^1\.[0-9]+$/ },
  { name: 'encoding', form: /^[A-Za-z][A-Za-z0-9._-]*$/ },
  { name: 'standalone', form: /^(?:yes|no)$/ },
] as const;

/** Behind the XML declaration at `from` (production 23). */
export function scanDeclaration(scan: XmlLexer, from: number): number {
  const { bytes } = scan;
  let i = from + 5;
  let next = 0;
  for (;;) {
    const at = scan.space(i);
    const isClosed = scan.has('?>', at);
    if (isClosed === INCOMPLETE) return INCOMPLETE;
    if (isClosed) return next === 0 ? scan.wrong('declaration', from) : at + 2;
    if (at === i) return scan.stop('declaration', i);
    i = scan.attribute(at, 0);
    if (i < 0) return scan.instead(i, 'declaration', scan.fault.at);
    const [nameFrom, nameTo, valueFrom, valueTo] = scan.attributes.subarray(0, ATTRIBUTE_SIZE);
    const name = latin1.decode(bytes.subarray(nameFrom, nameTo));
    const value = latin1.decode(bytes.subarray(valueFrom, valueTo));
    const index = DECLARED.findIndex((declared) => declared.name === name);
    if (index < next || (next === 0 && index > 0) || !DECLARED[index]!.form.test(value))
      return scan.wrong('declaration', at);
    if (index === 1) scan.encoding = value;
    next = index + 1;
  }
}

/** A literal in quotes; its end. */
function literal(scan: XmlLexer, from: number): number {
  const quote = scan.bytes[from]!;
  if (quote !== 34 && quote !== 39) return scan.stop('doctype', from);
  return scan.span(from + 1, String.fromCharCode(quote), 'doctype');
}

/** What may stand in a public identifier (production 13). */
const PUBLIC = /^[ \r\nA-Za-z0-9\-'()+,./:=?;!*#@$_%]*$/;

/** Behind the external identifier at `from` (production 75), which nobody fetches; `from` itself where there is none. */
function externalId(scan: XmlLexer, from: number, needsSystem: boolean): number {
  const isPublic = scan.has('PUBLIC', from);
  const isSystem = scan.has('SYSTEM', from);
  if (isPublic === INCOMPLETE || isSystem === INCOMPLETE) return INCOMPLETE;
  if (!isPublic && !isSystem) return from;
  let i = scan.space(from + 6);
  if (i === from + 6) return scan.stop('doctype', i);
  const end = literal(scan, i);
  if (end < 0 || !isPublic) return end;
  if (!PUBLIC.test(latin1.decode(scan.bytes.subarray(i + 1, end - 1))))
    return scan.wrong('doctype', i);
  i = scan.space(end);
  const quote = scan.bytes[i];
  if (i >= scan.to) return scan.stop('doctype', i);
  if (quote !== 34 && quote !== 39) return needsSystem ? scan.wrong('doctype', i) : end;
  return i === end ? scan.wrong('doctype', i) : literal(scan, i);
}

/** Behind the document type at `from` (production 28). Declarations of entities are refused, all others passed over. */
export function scanDoctype(scan: XmlLexer, from: number): number {
  const { bytes } = scan;
  const nameFrom = scan.space(from + 9);
  if (nameFrom === from + 9) return scan.stop('doctype', nameFrom);
  const nameTo = scan.name(nameFrom);
  if (nameTo < 0) return scan.instead(nameTo, 'doctype', nameFrom);
  let i = scan.space(nameTo);
  const isApart = i > nameTo;
  const idTo = externalId(scan, i, true);
  if (idTo < 0) return idTo;
  if (idTo > i && !isApart) return scan.wrong('doctype', i);
  i = scan.space(idTo);
  if (bytes[i] === 91) {
    i = internalSubset(scan, i + 1);
    if (i < 0) return i;
    i = scan.space(i);
  }
  return bytes[i] === 62 ? i + 1 : scan.stop('doctype', i);
}

const KINDS = ['ELEMENT', 'ATTLIST', 'NOTATION'] as const;

/** Behind the bracket that closes the internal subset. */
function internalSubset(scan: XmlLexer, from: number): number {
  const { bytes } = scan;
  let defaults = 0;
  let i = from;
  for (;;) {
    i = scan.space(i);
    if (bytes[i] === 93) {
      scan.defaultCount = defaults;
      return i + 1;
    }
    if (bytes[i] === 37) return scan.wrong('entities', i);
    if (bytes[i] !== 60) return scan.stop('doctype', i);
    const isComment = scan.has('<!--', i);
    const isEntity = scan.has('<!ENTITY', i);
    if (isComment === INCOMPLETE || isEntity === INCOMPLETE) return INCOMPLETE;
    if (isEntity) return scan.wrong('entities', i);
    if (bytes[i + 1] === 63) i = scan.instruction(i);
    else if (isComment) i = scan.comment(i);
    else {
      let kind: (typeof KINDS)[number] | null = null;
      for (const known of KINDS) {
        const isHere = scan.has(`<!${known}`, i);
        if (isHere === INCOMPLETE) return INCOMPLETE;
        if (isHere) kind = known;
      }
      if (kind === null) return scan.wrong('doctype', i);
      const nameFrom = i + 2 + kind.length;
      if (nameFrom < scan.to && SPACE[bytes[nameFrom]!] === 0) return scan.wrong('doctype', i);
      i = declaration(scan, nameFrom, () => {
        if (kind === 'ATTLIST') defaults++;
      });
    }
    if (i < 0) return i;
  }
}

/** Behind the `>` of a declaration; told of each literal on the way. */
function declaration(scan: XmlLexer, from: number, onLiteral: () => void): number {
  const { bytes } = scan;
  const nameFrom = scan.space(from);
  let i = scan.name(nameFrom);
  if (i < 0) return scan.instead(i, 'doctype', nameFrom);
  for (;;) {
    const b = bytes[i]!;
    if (b === 62) return i + 1;
    if (b === 34 || b === 39) {
      i = literal(scan, i);
      if (i < 0) return i;
      onLiteral();
    } else if (b === 60 || b < 32 ? SPACE[b] === 0 : b === 91) return scan.stop('doctype', i);
    else i++;
  }
}
