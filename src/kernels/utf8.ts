/** The typed door to the UTF-8 kernel: checks a text and counts its lines, large ones in wasm, small ones in the twin. */
import { scanUtf8Plainly, type Utf8Scan } from './utf8-twin.ts';
import { utf8Wasm } from './utf8.wasm.ts';

/** Bytes below which the twin is as fast as a copy and a call. */
const LEAST_BYTES = 512;
/** Copied at first: a text that is wrong every few bytes is scanned anew behind each of them. */
const FIRST_PIECE_BYTES = 4096;
/** Copied at most: the kernel's memory, which stays in the processor's cache. */
const MOST_PIECE_BYTES = 1 << 18;
const BLOCK_BYTES = 64;
/** A piece that ends inside a character is this much short at most. */
const MOST_CUT_BYTES = 3;

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  setUp(): number;
  inputAddress(): number;
  scan(size: number): number;
  lineCount(): number;
  isAscii(): number;
}

/** A walk over UTF-8, as {@link scanUtf8} documents it. */
export type Utf8Scanner = (bytes: Uint8Array, start: number, end: number) => Utf8Scan;

let kernelScanner: Utf8Scanner | null | undefined;

/**
 * Walks the well-formed UTF-8 of `bytes` from `start`, where a character begins, towards `end` (both are byte offsets,
 * 0 ≤ start ≤ end ≤ bytes.length). The kernel is instantiated by the first large text of a thread; where WebAssembly or
 * its SIMD is missing or forbidden the twin finds the same, slower.
 */
export function scanUtf8(bytes: Uint8Array, start: number, end: number): Utf8Scan {
  const scan = end - start < LEAST_BYTES ? null : openUtf8Kernel();
  return scan === null ? scanUtf8Plainly(bytes, start, end) : scan(bytes, start, end);
}

/** The kernel's own scanner, for texts of any size; null where there cannot be one. One per thread, not reentrant. */
export function openUtf8Kernel(): Utf8Scanner | null {
  if (kernelScanner === undefined) kernelScanner = instantiate();
  return kernelScanner;
}

function instantiate(): Utf8Scanner | null {
  let kernel: KernelExports;
  try {
    const wasm = Uint8Array.from(atob(utf8Wasm), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    kernel = instance.exports as unknown as KernelExports;
    if (kernel.setUp() === 0) return null;
  } catch {
    return null;
  }
  // The memory never grows again, so that one view of it is enough.
  const input = new Uint8Array(kernel.memory.buffer, kernel.inputAddress(), MOST_PIECE_BYTES);

  return (bytes, start, end) => {
    let at = start;
    let lines = 0;
    let isAscii = true;
    let piece = FIRST_PIECE_BYTES;
    while (end - at >= BLOCK_BYTES) {
      const left = end - at;
      const size = Math.min(piece, left - (left % BLOCK_BYTES));
      input.set(bytes.subarray(at, at + size));
      const sound = kernel.scan(size);
      lines += kernel.lineCount();
      if (kernel.isAscii() === 0) isAscii = false;
      at += sound;
      if (sound < size - MOST_CUT_BYTES) break;
      piece = Math.min(MOST_PIECE_BYTES, piece * 2);
    }
    // At most a block and a cut character from what is wrong, or from the end.
    const rest = scanUtf8Plainly(bytes, at, end);
    return {
      end: rest.end,
      lines: lines + rest.lines,
      sequence: rest.sequence,
      isAscii: isAscii && rest.isAscii,
    };
  };
}
