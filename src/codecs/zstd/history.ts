// What stood last in a Zstandard frame, to which its blocks point back: as much as its window says, in memory as it comes.
import { MOST_BLOCK_BYTES, type BlockHeader } from '../../kernels/zstd-frame.ts';
import { unpackBlock, ZstdBlocks, zstdState } from '../../kernels/zstd.ts';

/** Beside the window, so that it is moved only now and then. */
const LEAST_SPARE_BYTES = 1024 * 1024;

export class ZstdHistory {
  readonly #blocks = new ZstdBlocks();
  readonly #state = zstdState();
  readonly #windowBytes: number;
  readonly #mostBytes: number;
  #bytes = new Uint8Array(MOST_BLOCK_BYTES * 2);
  #end = 0;

  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes;
    this.#mostBytes = windowBytes + Math.max(LEAST_SPARE_BYTES, windowBytes >> 2);
  }

  /** What a block unpacks to, in a buffer of its own. Throws an Error for one that makes no sense. */
  unpack(packed: Uint8Array, block: BlockHeader): Uint8Array {
    this.#makeRoom();
    const from = this.#end;
    const known = Math.min(from, this.#windowBytes);
    const bytes = this.#bytes;
    this.#end = unpackBlock(this.#blocks, packed, 0, block, this.#state, bytes, from, known);
    return bytes.slice(from, this.#end);
  }

  #makeRoom(): void {
    if (this.#bytes.length - this.#end >= MOST_BLOCK_BYTES) return;
    const from = Math.max(0, this.#end - this.#windowBytes);
    if (this.#bytes.length < this.#mostBytes) {
      const size = Math.min(this.#bytes.length * 2, this.#mostBytes + MOST_BLOCK_BYTES);
      const grown = new Uint8Array(size);
      grown.set(this.#bytes.subarray(from, this.#end));
      this.#bytes = grown;
    } else this.#bytes.copyWithin(0, from, this.#end);
    this.#end -= from;
  }
}
