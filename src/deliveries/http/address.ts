// Addresses of files: a pattern with the file's name in it, and what of an address may be shown.

/** The pattern with {name} and {key} filled in, as parts of an address. */
export function fillAddress(pattern: string, name: string, key: string): string {
  const values = new Map([
    ['{name}', encodeURIComponent(name)],
    ['{key}', key],
  ]);
  return pattern.replace(/\{(?:name|key)\}/g, (variable) => values.get(variable)!);
}

/** A file's address as messages show it: without what stands behind the question mark, and with {key} left as it is. */
export function shownAddress(pattern: string, name: string): string {
  return fillAddress(pattern, name, '{key}').replace(/[?#].*$/s, '');
}
