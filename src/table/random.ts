// Randomness from a seed: the same numbers in every runtime.

/**
 * Draws from [0, 1) with 53 bits each: sfc32 of PractRand, 128 bits of state, whole-number arithmetic alone.
 * `seed` and `stream` are whole numbers; other streams of one seed have nothing in common.
 */
export function createRandom(seed: number, stream = 0): () => number {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = stream | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Seeds that differ little give unlike numbers from here on.
  for (let i = 0; i < 16; i++) next();
  return () => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}
