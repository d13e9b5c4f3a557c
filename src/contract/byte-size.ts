// A number of bytes as messages show it.

/** “64 MiB”, “1.5 KiB”, “12 bytes”. */
export function sizeText(bytes: number): string {
  if (bytes >= 1 << 20) return `${Math.round((bytes / (1 << 20)) * 10) / 10} MiB`;
  return bytes >= 1024 ? `${Math.round((bytes / 1024) * 10) / 10} KiB` : `${bytes} bytes`;
}
