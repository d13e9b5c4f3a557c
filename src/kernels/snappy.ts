/** The typed door to the snappy kernel: pages of ordinary size in wasm, all others in the twin. */
import { readSnappyHead, unpackSnappyPlainly } from './snappy-twin.ts';
import { snappyWasm } from './snappy.wasm.ts';

/** Input and output together: beyond it the kernel's memory, which never shrinks, would be too large to keep. */
const MOST_BYTES = 32 << 20;

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  inputAddress(): number;
  outputAddress(inputSize: number): number;
  reserve(inputSize: number, size: number): number;
  unpack(from: number, inputSize: number, size: number): number;
}

let kernel: KernelExports | null | undefined;

/**
 * Unpacks a snappy block (with its size in front, without framing) to all of `out`. False when it is not intact, or makes
 * another number of bytes than `out` has; `out` holds nothing of use then.
 */
export function unpackSnappy(input: Uint8Array, out: Uint8Array): boolean {
  const head = readSnappyHead(input);
  if (head === null || head.size !== out.length) return false;
  if (kernel === undefined) kernel = instantiate();
  if (
    kernel === null ||
    input.length + out.length > MOST_BYTES ||
    kernel.reserve(input.length, out.length) === 0
  )
    return unpackSnappyPlainly(input, out);
  // Growing replaces the buffer.
  const memory = new Uint8Array(kernel.memory.buffer);
  memory.set(input, kernel.inputAddress());
  if (kernel.unpack(head.at, input.length, out.length) === 0) return false;
  const start = kernel.outputAddress(input.length);
  out.set(memory.subarray(start, start + out.length));
  return true;
}

function instantiate(): KernelExports | null {
  try {
    const wasm = Uint8Array.from(atob(snappyWasm), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    return instance.exports as unknown as KernelExports;
  } catch {
    return null;
  }
}
