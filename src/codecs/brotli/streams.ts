// Brotli's streams, which take and give pieces of any size.
import { openBrotliModule, type BrotliMemory } from '../../contract/brotli-module.ts';

interface BrotliExports extends BrotliMemory {
  decompressstream_new(): number;
  decompressstream_decompress(
    result: number,
    stream: number,
    input: number,
    inputSize: number,
    outputSize: number,
  ): void;
  __wbg_decompressstream_free(stream: number): void;
  compressstream_new(hasLevel: number, level: number): number;
  compressstream_compress(
    result: number,
    stream: number,
    input: number,
    inputSize: number,
    outputSize: number,
  ): void;
  __wbg_compressstream_free(stream: number): void;
  __wbg_get_brotlistreamresult_code(result: number): number;
  __wbg_get_brotlistreamresult_buf(at: number, result: number): void;
  __wbg_get_brotlistreamresult_input_offset(result: number): number;
  __wbg_brotlistreamresult_free(result: number): void;
}

/** What a step came to. */
export interface BrotliStep {
  state: 'done' | 'needs-input' | 'needs-room';
  /** Bytes of the input that were used. */
  used: number;
  /** In a buffer of its own. */
  bytes: Uint8Array<ArrayBuffer>;
}

export interface BrotliStream {
  /**
   * Takes input and gives at most `room` bytes. Null as the input of a packing stream ends it. Throws Error for data that makes
   * no sense.
   */
  step(input: Uint8Array | null, room: number): BrotliStep;
  close(): void;
}

const STATES = new Map<number, BrotliStep['state']>([
  [1, 'done'],
  [2, 'needs-input'],
  [3, 'needs-room'],
]);

/** A stream that unpacks, or packs at a level (0 to 11), with a memory of its own. */
export async function openBrotli(level?: number): Promise<BrotliStream> {
  const { wasm, message } = await openBrotliModule<BrotliExports>();
  const packs = level !== undefined;
  const stream = packs ? wasm.compressstream_new(1, level) : wasm.decompressstream_new();
  const step = packs ? wasm.compressstream_compress : wasm.decompressstream_decompress;
  return {
    step(input, room) {
      const inputSize = input?.length ?? 0;
      const at = input === null ? 0 : wasm.__wbindgen_malloc(inputSize);
      if (input !== null) new Uint8Array(wasm.memory.buffer, at, inputSize).set(input);
      const stack = wasm.__wbindgen_add_to_stack_pointer(-16);
      try {
        // It frees the input itself.
        step(stack, stream, at, inputSize, room);
        const [result, , hasFailed] = new Int32Array(wasm.memory.buffer, stack, 3);
        if (hasFailed) throw new Error(message());
        wasm.__wbg_get_brotlistreamresult_buf(stack, result!);
        const [outputAt, outputSize] = new Int32Array(wasm.memory.buffer, stack, 2);
        const bytes = new Uint8Array(wasm.memory.buffer).slice(outputAt!, outputAt! + outputSize!);
        wasm.__wbindgen_free(outputAt!, outputSize!);
        const state = STATES.get(wasm.__wbg_get_brotlistreamresult_code(result!));
        const used = wasm.__wbg_get_brotlistreamresult_input_offset(result!) >>> 0;
        wasm.__wbg_brotlistreamresult_free(result!);
        return { state: state!, used, bytes };
      } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
      }
    },
    close: () =>
      packs ? wasm.__wbg_compressstream_free(stream) : wasm.__wbg_decompressstream_free(stream),
  };
}
