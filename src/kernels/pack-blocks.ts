/** The typed door to the kernel that packs snappy and LZ4 blocks: pieces of ordinary size in wasm, all others in the twin. */
import { packLz4BlockPlainly, packSnappyPlainly } from './pack-blocks-twin.ts';
import { packBlocksWasm } from './pack-blocks.wasm.ts';

/** Beyond it the kernel's memory, which never shrinks, would be too large to keep. */
const MOST_BYTES = 16 << 20;

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  inputAddress(): number;
  outputAddress(inputSize: number): number;
  reserve(inputSize: number): number;
  snappy(size: number): number;
  lz4(size: number): number;
}

let kernel: KernelExports | null | undefined;

/** Packs bytes as one snappy block with its size in front, without framing, in a buffer of its own. */
export function packSnappy(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const ready = readyFor(input);
  if (ready === null) return packSnappyPlainly(input);
  return outputOf(ready, input.length, ready.snappy(input.length));
}

/** Packs bytes as one LZ4 block, without its size, in a buffer of its own. */
export function packLz4Block(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const ready = readyFor(input);
  if (ready === null) return packLz4BlockPlainly(input);
  return outputOf(ready, input.length, ready.lz4(input.length));
}

/** The kernel with the input in its memory; null where the twin has to do it. */
function readyFor(input: Uint8Array): KernelExports | null {
  if (input.length > MOST_BYTES) return null;
  kernel ??= instantiate();
  if (kernel === null || kernel.reserve(input.length) === 0) return null;
  new Uint8Array(kernel.memory.buffer).set(input, kernel.inputAddress());
  return kernel;
}

function outputOf(ready: KernelExports, inputSize: number, size: number): Uint8Array<ArrayBuffer> {
  const start = ready.outputAddress(inputSize);
  return new Uint8Array(ready.memory.buffer).slice(start, start + size);
}

function instantiate(): KernelExports | null {
  try {
    const wasm = Uint8Array.from(atob(packBlocksWasm), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    return instance.exports as unknown as KernelExports;
  } catch {
    return null;
  }
}
