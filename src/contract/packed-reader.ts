// Reads chunks as one run of bytes that can be taken in steps and, within the last step, given back.

export class PackedReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Bytes taken so far. */
  taken = 0;

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#iterator = input[Symbol.asyncIterator]();
  }

  /** What has come and is not taken. */
  get rest(): Uint8Array {
    return this.#chunk.subarray(this.#at);
  }

  /** Waits for further bytes behind `rest`; false at the end. */
  async more(): Promise<boolean> {
    for (;;) {
      const next = await this.#iterator.next();
      if (next.done === true) return false;
      if (next.value.length === 0) continue;
      const rest = this.rest;
      if (rest.length === 0) {
        this.#chunk = next.value;
      } else {
        this.#chunk = new Uint8Array(rest.length + next.value.length);
        this.#chunk.set(rest);
        this.#chunk.set(next.value, rest.length);
      }
      this.#at = 0;
      return true;
    }
  }

  /** Takes at most `count` bytes of `rest`. */
  take(count: number): Uint8Array {
    const step = this.#chunk.subarray(this.#at, this.#at + count);
    this.#at += step.length;
    this.taken += step.length;
    return step;
  }

  /** Gives back the last `count` bytes of the last step. */
  untake(count: number): void {
    this.#at -= count;
    this.taken -= count;
  }

  /** Lets the input go when it is not read to its end. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
