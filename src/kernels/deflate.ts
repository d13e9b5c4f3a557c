/** The typed door to the deflate kernel: one instance of the wasm, fed by copy. */
import { deflateWasm } from './deflate.wasm.ts';

/** Most input bytes of one block, 1 MiB: streams are cut here, always, so that bytes never depend on how they arrived. */
export const DEFLATE_BLOCK_BYTES = 1 << 20;

/** What ends a stream of joined blocks: an empty final block (RFC 1951 §3.2.6). */
export const DEFLATE_STREAM_END: Readonly<Uint8Array> = Uint8Array.of(0x03, 0x00);

/** A ready encoder. Not reentrant and without state between calls: one per worker, reused. */
export interface Deflate {
  /**
   * Encodes one block of 0 to 1 MiB at level 0 (stored) to 9 (smallest).
   * Returns a fresh copy of raw deflate data, never final and ending on a byte, so that the results of successive blocks
   * concatenate into a stream that `DEFLATE_STREAM_END` ends; empty input gives no bytes. A function of its arguments alone.
   * Throws RangeError on larger input or another level.
   */
  deflateBlock(input: Uint8Array, level: number): Uint8Array<ArrayBuffer>;
}

interface Effort {
  /** Candidates looked at per position. */
  readonly depth: number;
  /** A match shorter than this waits for a better one at the next byte; 0 never waits. */
  readonly lazy: number;
  /** A match of this many bytes ends the search. */
  readonly nice: number;
}

/** By level, 0 to 9. The bytes of every stored receipt hang on these figures. */
const EFFORTS: readonly Effort[] = [
  { depth: 0, lazy: 0, nice: 0 },
  { depth: 1, lazy: 0, nice: 258 },
  { depth: 2, lazy: 0, nice: 32 },
  { depth: 3, lazy: 0, nice: 64 },
  { depth: 4, lazy: 0, nice: 64 },
  { depth: 3, lazy: 16, nice: 64 },
  { depth: 4, lazy: 32, nice: 128 },
  { depth: 8, lazy: 32, nice: 128 },
  { depth: 16, lazy: 64, nice: 258 },
  { depth: 32, lazy: 258, nice: 258 },
];

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  setUp(): number;
  inputAddress(): number;
  outputAddress(): number;
  deflate(size: number, depth: number, lazy: number, nice: number): number;
}

let opening: Promise<Deflate> | undefined;

/** The encoder of this thread, instantiated at the first call and shared after it. Rejects where WebAssembly is forbidden or memory is out. */
export function openDeflate(): Promise<Deflate> {
  opening ??= instantiate();
  return opening;
}

async function instantiate(): Promise<Deflate> {
  const wasm = Uint8Array.from(atob(deflateWasm), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(wasm, {});
  const kernel = instance.exports as unknown as KernelExports;
  if (kernel.setUp() === 0) throw new RangeError('The deflate kernel got no memory.');
  const inputAt = kernel.inputAddress();
  const outputAt = kernel.outputAddress();
  let memory = new Uint8Array(kernel.memory.buffer);

  return {
    deflateBlock(input, level) {
      const effort = EFFORTS[level];
      if (effort === undefined) throw new RangeError(`There is no deflate level ${level}.`);
      if (input.length > DEFLATE_BLOCK_BYTES) {
        throw new RangeError(`A deflate block of ${input.length} bytes is over 1 MiB.`);
      }
      if (memory.buffer !== kernel.memory.buffer) memory = new Uint8Array(kernel.memory.buffer);
      memory.set(input, inputAt);
      const size = kernel.deflate(input.length, effort.depth, effort.lazy, effort.nice);
      return memory.slice(outputAt, outputAt + size);
    },
  };
}
