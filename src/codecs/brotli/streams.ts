// Brotli in wasm, the same build in every door, without the script that would fetch it.
import dataUrl from '../../../node_modules/brotli-wasm/pkg.web/brotli_wasm_bg.wasm?url&inline';
import { bytesOfDataUrl } from '../../table/data-url.ts';

/** What of the module's exports is used (brotli-wasm 3.0.1, made by wasm-bindgen). */
interface BrotliExports {
  memory: WebAssembly.Memory;
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
  __wbindgen_malloc(size: number): number;
  __wbindgen_free(at: number, size: number): void;
  __wbindgen_add_to_stack_pointer(by: number): number;
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

let compiled: Promise<WebAssembly.Module> | undefined;

/** A stream that unpacks, or packs at a level (0 to 11), with a memory of its own. */
export async function openBrotli(level?: number): Promise<BrotliStream> {
  compiled ??= WebAssembly.compile(bytesOfDataUrl(dataUrl));
  const decoder = new TextDecoder();
  let message = '';
  let wasm: BrotliExports;
  const text = (at: number, size: number): string =>
    decoder.decode(new Uint8Array(wasm.memory.buffer, at, size));
  // Objects of this side stand for numbers there; errors are the only ones that come up.
  const note = (at: number, size: number): number => {
    message = text(at, size);
    return 0;
  };
  const { exports } = await WebAssembly.instantiate(await compiled, {
    wbg: {
      __wbindgen_is_undefined: () => 1,
      __wbindgen_is_object: () => 0,
      __wbindgen_string_new: note,
      __wbindgen_error_new: note,
      __wbindgen_json_serialize() {},
      __wbg_new_693216e109162396: () => 0,
      __wbg_stack_0ddaca5d1abfb52f() {},
      __wbg_error_09919627ac0992f5: note,
      __wbindgen_object_drop_ref() {},
      __wbindgen_throw(at: number, size: number) {
        throw new Error(text(at, size));
      },
    },
  });
  wasm = exports as unknown as BrotliExports;
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
        if (hasFailed) throw new Error(message);
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
