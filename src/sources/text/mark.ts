// A text of the template that is looked for in the bytes: where it stands, and where it stands first.

/** More bytes are needed to tell. */
export const NEED = -1;
/** It is not there. */
export const MISFIT = -2;

/** What begins there goes on to the end of all. */
export const OPEN = -3;

const CR = 13;
const LF = 10;
const LESS = 60;
const BACKSLASH = 92;

const encoder = new TextEncoder();

/** Bytes [at, to) are there; `isEnd`: nothing follows them. */
export interface Stretch {
  bytes: Uint8Array;
  to: number;
  isEnd: boolean;
}

/** Tells where a token ends that begins at `at`, with a backslash or `<`, and holds nothing of a mark; `at` itself where none does. */
export type SkipToken = (bytes: Uint8Array, at: number) => number;

export class Mark {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly #isLoose: boolean;
  /** From `#noneFrom` on it stands nowhere in these bytes up to their end. */
  #noneIn: Uint8Array | null = null;
  #noneFrom = 0;

  /** `isLoose`: a carriage return before a line feed belongs to the line end, whether the text has one or not. */
  constructor(text: string, isLoose: boolean) {
    this.text = text;
    this.bytes = encoder.encode(text);
    this.#isLoose = isLoose && text.includes('\n');
  }

  /** Bytes that it takes at most. */
  get longest(): number {
    return this.bytes.length * (this.#isLoose ? 2 : 1);
  }

  /** The offset behind it where it stands at `at`. */
  endAt({ bytes, to, isEnd }: Stretch, at: number): number {
    const wanted = this.bytes;
    let i = at;
    for (let k = 0; k < wanted.length; k++) {
      const byte = wanted[k]!;
      if (this.#isLoose && byte === LF && bytes[i] === CR && i < to) {
        if (i + 1 === to) return isEnd ? MISFIT : NEED;
        if (bytes[i + 1] === LF) i++;
      }
      if (i >= to) return isEnd ? MISFIT : NEED;
      if (bytes[i] !== byte) return MISFIT;
      i++;
    }
    return i;
  }

  /** The first place from `from` on, `last` at most, where it stands; behind tokens that `skip` knows. */
  find(stretch: Stretch, from: number, last = Infinity, skip: SkipToken | null = null): number {
    const { bytes, to, isEnd } = stretch;
    if (isEnd && this.#noneIn === bytes && from >= this.#noneFrom) return MISFIT;
    const first = this.bytes[0]!;
    const isFeed = this.#isLoose && first === LF;
    const end = Math.min(to, isFeed ? last + 2 : last + 1);
    for (let i = from; i < end; i++) {
      if (bytes[i] === first) {
        const at = isFeed && i > from && bytes[i - 1] === CR ? i - 1 : i;
        if (at > last) break;
        const found = this.endAt(stretch, at);
        if (found >= 0) return at;
        if (found === NEED) return NEED;
      }
      if (skip !== null && (bytes[i] === BACKSLASH || bytes[i] === LESS)) {
        const behind = skip(bytes, i);
        if (behind > i) i = behind - 1;
      }
    }
    if (end < to) return MISFIT;
    if (!isEnd) return NEED;
    // Rows that all lack it would each look through all that follow.
    if (skip === null || this.findFar(stretch, from) === MISFIT) {
      this.#noneIn = bytes;
      this.#noneFrom = from;
    }
    return MISFIT;
  }

  /** The same over long stretches without tokens. */
  findFar(stretch: Stretch, from: number): number {
    const { bytes, to, isEnd } = stretch;
    const first = this.bytes[0]!;
    for (let i = bytes.indexOf(first, from); i >= 0 && i < to; i = bytes.indexOf(first, i + 1)) {
      const isFeed = this.#isLoose && first === LF && i > from && bytes[i - 1] === CR;
      const at = isFeed ? i - 1 : i;
      const found = this.endAt(stretch, at);
      if (found >= 0) return at;
      if (found === NEED) return NEED;
    }
    return isEnd ? MISFIT : NEED;
  }
}
