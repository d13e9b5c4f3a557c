// Copies short runs of bytes four at a time: faster than byte by byte, and than `set` below some hundred bytes.

/** A view on the same bytes, for word access. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Copies `size` bytes and up to 3 more: both views must reach at least 3 bytes past what is asked for, and what stands
 * there in the target is overwritten.
 */
export function copyWords(
  source: DataView,
  from: number,
  size: number,
  target: DataView,
  to: number,
): void {
  for (let k = 0; k < size; k += 4) target.setInt32(to + k, source.getInt32(from + k, true), true);
}
