// Zstandard's encoder in wasm, the same build in every door, without the script that would fetch it.
import dataUrl from '../../../node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm?url&inline';
import { bytesOfDataUrl } from '../../table/data-url.ts';

/** What of the module's exports packing needs (@bokuweb/zstd-wasm 0.0.27, made by Emscripten, which shortens the names). */
interface ZstdExports {
  f: WebAssembly.Memory;
  /** Constructors. */
  g(): void;
  /** ZSTD_isError */
  h(size: number): number;
  /** ZSTD_compressBound */
  i(size: number): number;
  /** ZSTD_createCCtx, ZSTD_freeCCtx */
  j(): number;
  k(context: number): number;
  /** ZSTD_compress_usingDict */
  l(
    context: number,
    output: number,
    outputSize: number,
    input: number,
    inputSize: number,
    dictionary: number,
    dictionarySize: number,
    level: number,
  ): number;
  s(size: number): number;
  t(at: number): void;
}

const PAGE_BYTES = 65_536;

/** Packs blocks into one frame each. */
export interface ZstdEncoder {
  /** A frame without a checksum, in a buffer of its own. `block`: at most as large as said at opening. */
  frame(block: Uint8Array): Uint8Array<ArrayBuffer>;
  close(): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** An encoder with a memory of its own, for blocks of up to `blockBytes`. */
export async function openZstd(level: number, blockBytes: number): Promise<ZstdEncoder> {
  compiled ??= WebAssembly.compile(bytesOfDataUrl(dataUrl));
  const { exports } = await WebAssembly.instantiate(await compiled, {
    a: {
      a(code: number) {
        throw new Error(`Zstandard ended with code ${code}`);
      },
      b() {},
      c() {
        throw new Error('Zstandard gave up');
      },
      // No timers.
      d: () => 0,
      e(wanted: number) {
        const { buffer } = wasm.f;
        try {
          wasm.f.grow(Math.ceil(((wanted >>> 0) - buffer.byteLength) / PAGE_BYTES));
          return 1;
        } catch {
          return 0;
        }
      },
    },
  });
  const wasm = exports as unknown as ZstdExports;
  wasm.g();
  const room = wasm.i(blockBytes);
  const [input, output] = [wasm.s(blockBytes), wasm.s(room)];
  const context = wasm.j();
  return {
    frame(block) {
      new Uint8Array(wasm.f.buffer, input, block.length).set(block);
      const size = wasm.l(context, output, room, input, block.length, 0, 0, level);
      if (wasm.h(size) !== 0) throw new Error(`Zstandard cannot pack (${size})`);
      return new Uint8Array(wasm.f.buffer).slice(output, output + size);
    },
    close() {
      wasm.k(context);
      wasm.t(input);
      wasm.t(output);
    },
  };
}
