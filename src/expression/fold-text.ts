// Folding of letters: by their lower case, by leaving their marks off. Without regard to language or position.

/** A text with every code point in lower case: Σ and σ are one, ς is another; İ becomes i with a dot above; ß and ss differ. */
export function foldCase(text: string): string {
  let out = '';
  for (const character of text) out += character.toLowerCase();
  return out;
}

// Plain ASCII has no marks, and most texts are.
// oxlint-disable-next-line no-control-regex -- NUL is a character like others here
const ASCII = /^[\0-\x7f]*$/;

/** A text without marks: é is e, ö is o, Å is A; ø and ß, which are letters of their own, stay. */
export function foldAccents(text: string): string {
  return ASCII.test(text) ? text : text.normalize('NFD').replace(/\p{Mn}+/gu, '');
}

/** The folding that a condition asks for; null for none. */
export function foldingOf(folding: {
  ignoreCase?: boolean;
  ignoreAccents?: boolean;
}): ((text: string) => string) | null {
  if (folding.ignoreAccents)
    return folding.ignoreCase ? (text) => foldCase(foldAccents(text)) : foldAccents;
  return folding.ignoreCase ? foldCase : null;
}

/** Order by code point, as UTF-8 bytes have it; UTF-16 units alone put characters beyond U+FFFF before U+E000. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}
