// Knows which namespace prefixes are declared where a document is read, so that one that nothing declares is told (Namespaces in XML 1.0, §5).
import { ATTRIBUTE_SIZE } from './lexer.ts';

const COLON = 58;
const XMLNS = new TextEncoder().encode('xmlns');
const XML = XMLNS.subarray(0, 3);

/** What is looked at of a start tag. */
interface Tag {
  bytes: Uint8Array;
  attributes: Int32Array;
  depth: number;
}

/** Where the prefix of the name [from, to) ends; -1 where it has none, as names with more colons than one. */
function prefixEnd(bytes: Uint8Array, from: number, to: number): number {
  let end = -1;
  for (let i = from; i < to; i++)
    if (bytes[i] === COLON) {
      if (end >= 0 || i === from || i + 1 === to) return -1;
      end = i;
    }
  return end;
}

function isSame(bytes: Uint8Array, from: number, to: number, prefix: Uint8Array): boolean {
  if (to - from !== prefix.length) return false;
  for (let k = 0; k < prefix.length; k++) if (bytes[from + k] !== prefix[k]) return false;
  return true;
}

export class NamespaceScope {
  /** The innermost last; `depth`: of the element that declares it, 1 = the root. */
  readonly #declared: { prefix: Uint8Array; depth: number }[] = [{ prefix: XML, depth: 0 }];

  /** Takes a start tag with `count` attributes; returns where a name stands whose prefix nothing declares, else -1. */
  enter({ bytes, attributes, depth }: Tag, from: number, to: number, count: number): number {
    const end = count * ATTRIBUTE_SIZE;
    for (let slot = 0; slot < end; slot += ATTRIBUTE_SIZE) {
      const start = attributes[slot]!;
      const colon = start + XMLNS.length;
      if (
        bytes[colon] === COLON &&
        colon + 1 < attributes[slot + 1]! &&
        isSame(bytes, start, colon, XMLNS)
      )
        this.#declared.push({
          prefix: bytes.slice(colon + 1, attributes[slot + 1]),
          depth: depth + 1,
        });
    }
    let unbound = this.#isUnbound(bytes, from, to) ? from : -1;
    for (let slot = 0; slot < end && unbound < 0; slot += ATTRIBUTE_SIZE)
      if (this.#isUnbound(bytes, attributes[slot]!, attributes[slot + 1]!))
        unbound = attributes[slot]!;
    return unbound;
  }

  /** Forgets what elements deeper than `depth` declared. */
  leave(depth: number): void {
    const declared = this.#declared;
    while (declared.at(-1)!.depth > depth) declared.pop();
  }

  #isUnbound(bytes: Uint8Array, from: number, to: number): boolean {
    const end = prefixEnd(bytes, from, to);
    if (end < 0) return false;
    const declared = this.#declared;
    for (let i = declared.length - 1; i >= 0; i--)
      if (isSame(bytes, from, end, declared[i]!.prefix)) return false;
    return !isSame(bytes, from, end, XMLNS);
  }
}
