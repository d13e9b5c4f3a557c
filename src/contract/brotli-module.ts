// Brotli in wasm, compiled once in a thread, the same build in every door, without the script that would fetch it.
import dataUrl from '../../node_modules/brotli-wasm/pkg.web/brotli_wasm_bg.wasm?url&inline';
import { bytesOfDataUrl } from '../table/data-url.ts';

/** What every user of the module needs of its exports (brotli-wasm 3.0.1, made by wasm-bindgen). */
export interface BrotliMemory {
  memory: WebAssembly.Memory;
  __wbindgen_malloc(size: number): number;
  __wbindgen_free(at: number, size: number): void;
  __wbindgen_add_to_stack_pointer(by: number): number;
}

interface BrotliInstance<E extends BrotliMemory> {
  wasm: E;
  /** The words of the last error. */
  message(): string;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** An instance with a memory of its own. `options`: the JSON of the object that stands for options, where one is passed. */
export async function openBrotliModule<E extends BrotliMemory>(
  options?: () => Uint8Array,
): Promise<BrotliInstance<E>> {
  compiled ??= WebAssembly.compile(bytesOfDataUrl(dataUrl));
  const decoder = new TextDecoder();
  let message = '';
  let wasm: E;
  const text = (at: number, size: number): string =>
    decoder.decode(new Uint8Array(wasm.memory.buffer, at, size));
  const note = (at: number, size: number): number => {
    message = text(at, size);
    return 0;
  };
  // Objects of this side stand for numbers there: options, which it asks for as JSON, and errors.
  const { exports } = await WebAssembly.instantiate(await compiled, {
    wbg: {
      __wbindgen_is_undefined: () => (options === undefined ? 1 : 0),
      __wbindgen_is_object: () => (options === undefined ? 0 : 1),
      __wbindgen_string_new: note,
      __wbindgen_error_new: note,
      __wbindgen_json_serialize(result: number) {
        if (options === undefined) return;
        const json = options();
        const at = wasm.__wbindgen_malloc(json.length);
        new Uint8Array(wasm.memory.buffer, at, json.length).set(json);
        new Int32Array(wasm.memory.buffer, result, 2).set([at, json.length]);
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
  wasm = exports as unknown as E;
  return { wasm, message: () => message };
}
