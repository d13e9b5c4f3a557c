// HyperLogLog (Flajolet and others, 2007): about how many different hashes there were, in a fixed number of bytes.

/** Notes a 64-bit hash of two words in the registers, whose number is a power of two. */
export function noteHash(registers: Uint8Array, hash: Uint32Array): void {
  const place = hash[0]! & (registers.length - 1);
  const rank = Math.clz32(hash[1]!) + 1;
  if (rank > registers[place]!) registers[place] = rank;
}

/** The estimate, with linear counting for small numbers; its standard error is 1.04 / √(number of registers). */
export function estimateDistinct(registers: Uint8Array): number {
  const size = registers.length;
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = ((0.7213 / (1 + 1.079 / size)) * size * size) / sum;
  const isSmall = raw <= 2.5 * size && empty > 0;
  return Math.round(isSmall ? size * Math.log(size / empty) : raw);
}
