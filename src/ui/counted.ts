// Counts and lists in words.

/** `1 row`, `1,200 rows`, with a space that does not break. */
export const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')}\u00a0${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and 3 others`. */
export const listed = (names: readonly string[]): string => {
  const shown = names.map((name) => name || '(no name)');
  if (shown.length <= 2) return shown.join(' and ');
  if (shown.length === 3) return `${shown[0]}, ${shown[1]} and ${shown[2]}`;
  return `${shown[0]}, ${shown[1]} and ${(shown.length - 2).toLocaleString('en')} others`;
};
