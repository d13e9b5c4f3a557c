// Zstandard's encoder in wasm for pieces in memory, the same build in every door, without the script that would fetch it.
import dataUrl from '../../node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm?url&inline';
import { bytesOfDataUrl } from '../table/data-url.ts';

/** What of the module's exports packing needs (zstd-wasm 0.0.27, made by Emscripten, which shortens their names). */
interface ZstdExports {
  /** Memory. */
  f: WebAssembly.Memory;
  /** Constructors, to be called first. */
  g(): void;
  /** Whether a size means an error. */
  h(size: number): number;
  /** The most bytes that so many can become. */
  i(size: number): number;
  /** ZSTD_compress: output, its room, input, its size, level. */
  m(to: number, room: number, from: number, size: number, level: number): number;
  /** malloc, free. */
  s(size: number): number;
  t(at: number): void;
}

/** Packs bytes at a level of 1 to 22 into one frame, in a buffer of its own. */
export type ZstdPack = (input: Uint8Array, level: number) => Uint8Array<ArrayBuffer>;

const PAGE_BYTES = 65_536;

let opening: Promise<ZstdPack> | undefined;

/** The encoder of this thread. */
export function openZstdPack(): Promise<ZstdPack> {
  opening ??= open();
  return opening;
}

async function open(): Promise<ZstdPack> {
  const module = await WebAssembly.compile(bytesOfDataUrl(dataUrl));
  const stop = (): never => {
    throw new Error('the zstd encoder stopped');
  };
  let zstd: ZstdExports;
  const { exports } = await WebAssembly.instantiate(module, {
    a: {
      a: stop,
      b() {},
      c: stop,
      d: () => 0,
      /** Grows the memory to at least so many bytes. */
      e(wanted: number): number {
        const bytes = wanted >>> 0;
        const missing = Math.ceil(bytes / PAGE_BYTES) - zstd.f.buffer.byteLength / PAGE_BYTES;
        try {
          zstd.f.grow(Math.max(missing, 0));
          return 1;
        } catch {
          return 0;
        }
      },
    },
  });
  zstd = exports as unknown as ZstdExports;
  zstd.g();
  return (input, level) => {
    const room = zstd.i(input.length);
    const to = zstd.s(room);
    const from = zstd.s(input.length);
    try {
      if (to === 0 || from === 0) throw new RangeError('the zstd encoder got no memory');
      new Uint8Array(zstd.f.buffer, from, input.length).set(input);
      const size = zstd.m(to, room, from, input.length, level);
      if (zstd.h(size) !== 0) throw new Error('the zstd encoder failed');
      return new Uint8Array(zstd.f.buffer).slice(to, to + size);
    } finally {
      zstd.t(from);
      zstd.t(to);
    }
  };
}
