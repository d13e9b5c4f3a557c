// Brotli's encoder for pieces in memory.
import { openBrotliModule, type BrotliMemory } from './brotli-module.ts';

interface BrotliExports extends BrotliMemory {
  compress(result: number, input: number, inputSize: number, options: number): void;
}

/** Packs bytes at a quality of 0 to 11 into a stream of their own, in a buffer of its own. */
export type BrotliPack = (input: Uint8Array, quality: number) => Uint8Array<ArrayBuffer>;

let opening: Promise<BrotliPack> | undefined;

/** The encoder of this thread. */
export function openBrotliPack(): Promise<BrotliPack> {
  opening ??= open();
  return opening;
}

async function open(): Promise<BrotliPack> {
  let options = new Uint8Array(0);
  const { wasm, message } = await openBrotliModule<BrotliExports>(() => options);
  return (input, quality) => {
    options = new TextEncoder().encode(JSON.stringify({ quality }));
    const at = wasm.__wbindgen_malloc(input.length);
    new Uint8Array(wasm.memory.buffer, at, input.length).set(input);
    const stack = wasm.__wbindgen_add_to_stack_pointer(-16);
    try {
      // It frees the input itself.
      wasm.compress(stack, at, input.length, 0);
      const [from, size, , hasFailed] = new Int32Array(wasm.memory.buffer, stack, 4);
      if (hasFailed) throw new Error(message());
      const packed = new Uint8Array(wasm.memory.buffer).slice(from!, from! + size!);
      wasm.__wbindgen_free(from!, size!);
      return packed;
    } finally {
      wasm.__wbindgen_add_to_stack_pointer(16);
    }
  };
}
