// Deflating blocks in several threads at once, as codecs and archives ask for it.
/** One deflated block: raw deflate, never final, byte-aligned, so that blocks concatenate; `03 00` ends a stream. */
export interface DeflatedBlock {
  bytes: Uint8Array;
  /** CRC-32 of the input block. */
  crc32: number;
  inputSize: number;
}

/** Deflates blocks, several at once. A block handed over belongs to the job. */
export interface DeflateJobs {
  /** How many blocks are worth having under way. */
  width: number;
  /** `block` at most 1 MiB; level 0 (stored) to 9. */
  deflate(block: Uint8Array, level: number): Promise<DeflatedBlock>;
}
