// A stream whose start can be looked at before it is read.

/** An iterable whose first chunks were looked at already. */
export class Peekable implements AsyncIterable<Uint8Array> {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #seen: Uint8Array[] = [];
  isDone = false;

  constructor(iterable: AsyncIterable<Uint8Array>) {
    this.#iterator = iterable[Symbol.asyncIterator]();
  }

  /** At least `size` bytes from the start, less when there are no more. */
  async peek(size: number): Promise<Uint8Array> {
    let have = this.#seen.reduce((sum, chunk) => sum + chunk.length, 0);
    while (have < size && !this.isDone) {
      const next = await this.#iterator.next();
      if (next.done === true) this.isDone = true;
      else {
        this.#seen.push(next.value);
        have += next.value.length;
      }
    }
    return concat(this.#seen);
  }

  async close(): Promise<void> {
    this.#seen = [];
    await this.#iterator.return?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    try {
      const seen = this.#seen;
      this.#seen = [];
      yield* seen;
      while (!this.isDone) {
        const next = await this.#iterator.next();
        if (next.done === true) this.isDone = true;
        else yield next.value;
      }
    } finally {
      await this.close();
    }
  }
}

/** The chunks as one; a single chunk as it is. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
