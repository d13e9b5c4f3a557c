// Brotli's encoder in wasm for pieces in memory, the same build in every door, without the script that would fetch it.
import dataUrl from '../../node_modules/brotli-wasm/pkg.web/brotli_wasm_bg.wasm?url&inline';
import { bytesOfDataUrl } from '../table/data-url.ts';

/** What of the module's exports packing needs (brotli-wasm 3.0.1, made by wasm-bindgen). */
interface BrotliExports {
  memory: WebAssembly.Memory;
  compress(result: number, input: number, inputSize: number, options: number): void;
  __wbindgen_malloc(size: number): number;
  __wbindgen_free(at: number, size: number): void;
  __wbindgen_add_to_stack_pointer(by: number): number;
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
  const module = await WebAssembly.compile(bytesOfDataUrl(dataUrl));
  const decoder = new TextDecoder();
  let options = new Uint8Array(0);
  let message = '';
  let wasm: BrotliExports;
  const text = (at: number, size: number): string =>
    decoder.decode(new Uint8Array(wasm.memory.buffer, at, size));
  const note = (at: number, size: number): number => {
    message = text(at, size);
    return 0;
  };
  // Objects of this side stand for numbers there: the options, which it asks for as JSON, and errors.
  const { exports } = await WebAssembly.instantiate(module, {
    wbg: {
      __wbindgen_is_undefined: () => 0,
      __wbindgen_is_object: () => 1,
      __wbindgen_string_new: note,
      __wbindgen_error_new: note,
      __wbindgen_json_serialize(result: number) {
        const at = wasm.__wbindgen_malloc(options.length);
        new Uint8Array(wasm.memory.buffer, at, options.length).set(options);
        new Int32Array(wasm.memory.buffer, result, 2).set([at, options.length]);
      },
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
  return (input, quality) => {
    options = new TextEncoder().encode(JSON.stringify({ quality }));
    const at = wasm.__wbindgen_malloc(input.length);
    new Uint8Array(wasm.memory.buffer, at, input.length).set(input);
    const stack = wasm.__wbindgen_add_to_stack_pointer(-16);
    try {
      // It frees the input itself.
      wasm.compress(stack, at, input.length, 0);
      const [from, size, , hasFailed] = new Int32Array(wasm.memory.buffer, stack, 4);
      if (hasFailed) throw new Error(message);
      const packed = new Uint8Array(wasm.memory.buffer).slice(from!, from! + size!);
      wasm.__wbindgen_free(from!, size!);
      return packed;
    } finally {
      wasm.__wbindgen_add_to_stack_pointer(16);
    }
  };
}
