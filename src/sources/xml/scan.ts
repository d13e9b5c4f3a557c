// Reads XML 1.0 token by token from UTF-8 bytes in windows that may end anywhere, and refuses whatever is not well-formed.
import { NAME, SPACE, STOPS_TEXT } from './characters.ts';
import {
  ATTRIBUTE_SIZE,
  INCOMPLETE,
  IS_CDATA,
  IS_SPACE,
  HAS_BREAK,
  HAS_REFERENCE,
  XmlLexer,
} from './lexer.ts';
import { NamespaceScope } from './namespace-scope.ts';
import { scanDeclaration, scanDoctype } from './prolog.ts';

export const START = 1;
export const END = 2;
export const TEXT = 3;
export const CDATA = 4;
/** A comment, processing instruction, declaration or document type. */
export const OTHER = 5;
export const FINISHED = 6;

const LT = 60;
const GT = 62;
const AMP = 38;
const SLASH = 47;
const QUESTION = 63;
const BANG = 33;
const BRACKET = 93;
const COLON = 58;
const CR = 13;

/** One after the other, `next` puts the token at `at` into the fields below, and `at` behind it. */
export class XmlScan extends XmlLexer {
  at = 0;
  depth = 0;
  /** Of START and END: where the name stands. */
  nameFrom = 0;
  nameTo = 0;
  /** Of START: whether it is its own end, with no END to follow. */
  isEmpty = false;
  attributeCount = 0;
  /** Of TEXT and CDATA. */
  textFrom = 0;
  textTo = 0;
  textFlags = 0;
  /** Whether nothing of the document was passed yet. */
  isStart = true;
  hasRoot = false;
  hasDoctype = false;
  readonly #mostDepth: number;
  /** Names of the open elements, one behind the other. */
  #names = new Uint8Array(1024);
  #nameEnds = new Int32Array(64);
  readonly #scope = new NamespaceScope();

  constructor(mostDepth: number) {
    super();
    this.#mostDepth = mostDepth;
  }

  /** The buffer has {@link SPARE} bytes behind `to`. `at` is a place in it. */
  setWindow(bytes: Uint8Array, to: number, isEnd: boolean, at: number): void {
    this.bytes = bytes;
    this.to = to;
    this.isEnd = isEnd;
    this.at = at;
    bytes[to] = 0;
  }

  /** Goes back to the start of an element that began at this depth. */
  rewind(at: number, depth: number): void {
    this.at = at;
    this.leave(depth);
    if (depth === 0) this.hasRoot = false;
  }

  /** Everything that is open below this depth is not any more. */
  leave(depth: number): void {
    this.depth = depth;
    this.#scope.leave(depth);
  }

  /** The element open at this depth (1 = the root). */
  openName(depth: number): string {
    const from = depth === 1 ? 0 : this.#nameEnds[depth - 2]!;
    return decoder.decode(this.#names.subarray(from, this.#nameEnds[depth - 1]!));
  }

  next(): number {
    const { bytes, at } = this;
    if (this.depth === 0) return this.#outside();
    if (bytes[at] !== LT) return this.#text(at);
    const second = bytes[at + 1];
    if (second === SLASH) return this.#endTag(at);
    if (second === BANG || second === QUESTION) return this.#marked(at);
    return this.#startTag(at);
  }

  /** Outside of the root: no text but white space. */
  #outside(): number {
    const { bytes } = this;
    let i = this.at;
    while (SPACE[bytes[i]!] === 1) i++;
    if (i > this.at) this.isStart = false;
    this.at = i;
    if (i >= this.to) {
      if (!this.isEnd) return INCOMPLETE;
      return this.hasRoot ? FINISHED : this.wrong('no-root', i);
    }
    if (bytes[i] !== LT) return this.wrong(this.hasRoot ? 'after' : 'before', i);
    const second = bytes[i + 1];
    if (second === BANG || second === QUESTION) {
      const token = this.#marked(i);
      if (token > 0) this.isStart = false;
      return token;
    }
    if (this.hasRoot && i + 1 < this.to) return this.wrong('second-root', i);
    const token = this.#startTag(i);
    if (token > 0) this.isStart = false;
    return token;
  }

  #text(from: number): number {
    const { bytes } = this;
    let flags = 0;
    let i = from;
    while (bytes[i] === 32 || bytes[i] === 10 || bytes[i] === 9) i++;
    if (bytes[i] === LT) flags = IS_SPACE;
    else
      for (;;) {
        while (STOPS_TEXT[bytes[i]!] === 0) i++;
        const b = bytes[i]!;
        if (b === LT) break;
        if (b === AMP) {
          flags |= HAS_REFERENCE;
          i = this.reference(i);
          if (i < 0) return i;
        } else if (b === CR) {
          flags |= HAS_BREAK;
          i++;
        } else if (b === BRACKET) {
          if (bytes[i + 1] === BRACKET && bytes[i + 2] === GT) return this.wrong('cdata-end', i);
          i++;
        } else {
          i = this.odd(i);
          if (i < 0) return i;
        }
      }
    if (flags === HAS_BREAK && this.space(from) === i) flags |= IS_SPACE;
    this.textFrom = from;
    this.textTo = i;
    this.textFlags = flags;
    this.at = i;
    return TEXT;
  }

  #startTag(from: number): number {
    const { bytes } = this;
    const nameTo = this.name(from + 1);
    if (nameTo < 0) return this.instead(nameTo, 'tag', from);
    let i = nameTo;
    let count = 0;
    let isEmpty = false;
    for (;;) {
      const b = bytes[i]!;
      if (b === GT) {
        i++;
        break;
      }
      if (b === SLASH) {
        if (bytes[i + 1] !== GT) return this.stop('slash', i + 1);
        isEmpty = true;
        i += 2;
        break;
      }
      const at = this.space(i);
      if (at > i && (bytes[at] === GT || bytes[at] === SLASH)) {
        i = at;
        continue;
      }
      if (at === i) return this.stop('attribute-space', i);
      i = this.attribute(at, count);
      if (i < 0) return i;
      count++;
    }
    if (count > 1) {
      const second = this.repeatedAttribute(count);
      if (second >= 0) {
        const nameFrom = this.attributes[second * ATTRIBUTE_SIZE]!;
        const end = this.attributes[second * ATTRIBUTE_SIZE + 1]!;
        return this.wrong(
          'attribute-twice',
          nameFrom,
          decoder.decode(bytes.subarray(nameFrom, end)),
        );
      }
    }
    if (this.depth >= this.#mostDepth) return this.wrong('depth', from);
    const unbound = this.#scope.enter(this, from + 1, nameTo, count);
    if (unbound >= 0) {
      const name = decoder.decode(bytes.subarray(unbound, this.localFrom(unbound, this.to) - 1));
      return this.wrong('prefix', unbound, name);
    }
    if (isEmpty) this.#scope.leave(this.depth);
    this.nameFrom = from + 1;
    this.nameTo = nameTo;
    this.isEmpty = isEmpty;
    this.attributeCount = count;
    if (!isEmpty) this.#push(from + 1, nameTo);
    this.hasRoot = true;
    this.at = i;
    return START;
  }

  #push(from: number, to: number): void {
    const { bytes, depth } = this;
    let end = depth === 0 ? 0 : this.#nameEnds[depth - 1]!;
    if (end + to - from > this.#names.length) {
      const grown = new Uint8Array((end + to - from) * 2);
      grown.set(this.#names);
      this.#names = grown;
    }
    if (depth === this.#nameEnds.length) {
      const grown = new Int32Array(depth * 2);
      grown.set(this.#nameEnds);
      this.#nameEnds = grown;
    }
    const names = this.#names;
    for (let i = from; i < to; i++) names[end++] = bytes[i]!;
    this.#nameEnds[depth] = end;
    this.depth = depth + 1;
  }

  #endTag(from: number): number {
    const { bytes, depth } = this;
    const names = this.#names;
    const start = depth === 1 ? 0 : this.#nameEnds[depth - 2]!;
    const size = this.#nameEnds[depth - 1]! - start;
    let i = from + 2;
    let k = 0;
    while (k < size && bytes[i] === names[start + k]) {
      i++;
      k++;
    }
    if (k < size || NAME[bytes[i]!] !== 0) {
      const end = this.name(from + 2);
      if (end < 0) return this.instead(end, 'end-tag', from);
      if (end !== i || k < size) return this.wrong('mismatch', from, this.openName(depth));
    }
    this.nameFrom = from + 2;
    this.nameTo = i;
    if (bytes[i] !== GT) {
      i = this.space(i);
      if (bytes[i] !== GT) return this.stop('end-tag', i);
    }
    this.leave(depth - 1);
    this.at = i + 1;
    return END;
  }

  /** What begins with `<!` or `<?`. */
  #marked(from: number): number {
    if (this.bytes[from + 1] === QUESTION) {
      const isDeclaration = this.isStart && this.has('<?xml', from);
      if (isDeclaration === INCOMPLETE) return INCOMPLETE;
      const isAlone = isDeclaration && SPACE[this.bytes[from + 5]!] === 1;
      if (isDeclaration && from + 5 >= this.to) return this.stop('declaration', this.to);
      return this.#finish(isAlone ? scanDeclaration(this, from) : this.instruction(from), OTHER);
    }
    const isComment = this.has('--', from + 2);
    if (isComment === INCOMPLETE) return INCOMPLETE;
    if (isComment) return this.#finish(this.comment(from), OTHER);
    if (this.depth > 0) {
      const isCData = this.has('[CDATA[', from + 2);
      if (isCData === INCOMPLETE) return INCOMPLETE;
      if (!isCData) return this.stop('markup', from);
      const end = this.span(from + 9, ']]>', 'cdata');
      if (end < 0) return end;
      this.textFrom = from + 9;
      this.textTo = end - 3;
      this.textFlags = this.spanFlags | IS_CDATA;
      this.at = end;
      return CDATA;
    }
    const isDoctype = this.has('DOCTYPE', from + 2);
    if (isDoctype === INCOMPLETE) return INCOMPLETE;
    if (!isDoctype) return this.stop('markup', from);
    if (this.hasRoot || this.hasDoctype) return this.wrong('doctype-place', from);
    const end = scanDoctype(this, from);
    if (end > 0) this.hasDoctype = true;
    return this.#finish(end, OTHER);
  }

  #finish(end: number, token: number): number {
    if (end < 0) return end;
    this.at = end;
    return token;
  }

  /** Where the local part of a name begins. */
  localFrom(from: number, to: number): number {
    const colon = this.bytes.subarray(from, to).indexOf(COLON);
    return colon < 0 || from + colon + 1 === to ? from : from + colon + 1;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
