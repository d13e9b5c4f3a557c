/** Looks at the head of a zstd frame (RFC 8878 §3.1.1.1), whose own words decide how much room a decoder asks for. */

/** Writers ask for windows of up to this at any level, whatever the size of what they pack. */
const MOST_WINDOW_BYTES = 128 << 20;

/** Whether `input` begins with a frame that asks for no more room than `size` unpacked bytes can need. */
export function zstdFrameFits(input: Uint8Array, size: number): boolean {
  if (input.length < 6) return false;
  const flags = input[4]!;
  const isSingle = (flags & 32) !== 0;
  const sizeBytes = flags >> 6 === 0 ? (isSingle ? 1 : 0) : 1 << (flags >> 6);
  if (!isSingle && 2 ** (10 + (input[5]! >> 3)) > Math.max(MOST_WINDOW_BYTES, size * 2))
    return false;
  let at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][flags & 3]!;
  if (sizeBytes === 0) return true;
  let said = sizeBytes === 2 ? 256 : 0;
  for (let k = 0; k < sizeBytes; k++, at++) said += (input[at] ?? 0) * 2 ** (8 * k);
  // There may be several frames.
  return said <= size;
}
