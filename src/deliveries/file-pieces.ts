// Re-cuts the pieces of a file to 4 MiB before they go to storage, where small writes are slow.

/** Size of the writes that reach storage; a picked file takes 39 MB/s in 64 KiB pieces and 166 in these. */
export const PIECE_BYTES = 4 * 1024 * 1024;

/** Collects small pieces of one file after the other; what it hands to `sink` may be reused once the promise is fulfilled. */
export class FilePieces {
  readonly #buffer = new Uint8Array(PIECE_BYTES);
  #used = 0;

  /** Takes all of `bytes`; whole pieces go to `sink`, in order. */
  async add(bytes: Uint8Array, sink: (piece: Uint8Array) => Promise<void>): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#used === 0 && bytes.length - at >= PIECE_BYTES) {
        await sink(bytes.subarray(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
        continue;
      }
      const part = bytes.subarray(at, at + PIECE_BYTES - this.#used);
      this.#buffer.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === PIECE_BYTES) await this.flush(sink);
    }
  }

  /** Hands over what is left. */
  async flush(sink: (piece: Uint8Array) => Promise<void>): Promise<void> {
    if (this.#used === 0) return;
    const piece = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    await sink(piece);
  }

  /** Forgets what is left, for a file that is given up. */
  clear(): void {
    this.#used = 0;
  }
}
