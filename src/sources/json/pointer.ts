// JSON pointers (RFC 6901) as lists of keys.

/** The keys of a pointer; the empty text is the whole document. */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
