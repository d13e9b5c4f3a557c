// The tables of the multi-byte charsets: loaded when first needed, unpacked once.
import { inflateSync } from 'fflate';

/** Names as in the Encoding Standard. */
export type IndexName = 'jis0208' | 'jis0212' | 'gb18030' | 'big5' | 'euc-kr';

/** Code points by pointer, 0 = none. */
export type MultiByteIndex = Uint32Array;

interface Packed {
  index: string;
  ranges?: number[];
}

const LOADERS: Record<IndexName, () => Promise<Packed>> = {
  jis0208: () => import('./indexes/jis0208.ts'),
  jis0212: () => import('./indexes/jis0212.ts'),
  gb18030: () => import('./indexes/gb18030.ts'),
  big5: () => import('./indexes/big5.ts'),
  'euc-kr': () => import('./indexes/euc-kr.ts'),
};

/** First pointer and code point of each stretch of the four-byte sequences of GB18030, one after the other. */
export let gb18030Ranges: readonly number[] = [];
const loaded = new Map<IndexName, MultiByteIndex>();

/** Undoes `pack` of indexes/build.mjs. */
function unpack(packed: string): MultiByteIndex {
  const bytes = inflateSync(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const codePoints: number[] = [];
  let last = 0;
  while (at < bytes.length) {
    const step = next();
    const count = next();
    if (step === 0) {
      for (let i = 0; i < count; i++) codePoints.push(0);
      continue;
    }
    const zigzag = step - 1;
    last += zigzag & 1 ? -((zigzag + 1) / 2) : zigzag / 2;
    codePoints.push(last);
    for (let i = 0; i < count; i++) codePoints.push(++last);
  }
  return Uint32Array.from(codePoints);
}

/** Loads tables, so that `multiByteIndex` has them. */
export async function loadIndexes(names: readonly IndexName[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      if (loaded.has(name)) return;
      const { index, ranges } = await LOADERS[name]();
      if (ranges) gb18030Ranges = ranges;
      loaded.set(name, unpack(index));
    }),
  );
}

/** A table that was loaded. */
export function multiByteIndex(name: IndexName): MultiByteIndex {
  const index = loaded.get(name);
  if (index === undefined) throw new TypeError(`the index ${name} was not loaded`);
  return index;
}
