// Names in another letter case: split into words, and put together again as some language has them.

/** `camel`: unitPrice; `pascal`: UnitPrice; `snake`: unit_price; `kebab`: unit-price; `upper`: UNIT_PRICE. */
export type KeyCase = 'camel' | 'pascal' | 'snake' | 'kebab' | 'upper';

/** Before a capital behind small letters (and digits), and before the last of several capitals (`XMLName`). */
const INNER = /(?<=\p{Ll}[\p{M}\p{N}]*)(?=\p{Lu})|(?<=\p{Lu}[\p{M}\p{N}]*)(?=\p{Lu}\p{Ll})/gu;
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/u;

const capitalised = (word: string): string => {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('');
};

/** The name in this case; a name without a letter or digit stays as it is. Different names may become one. */
export function inKeyCase(name: string, style: KeyCase): string {
  const words = name
    .replace(INNER, ' ')
    .split(BETWEEN)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  const [first, ...others] = words;
  if (first === undefined) return name;
  switch (style) {
    case 'camel':
      return first + others.map(capitalised).join('');
    case 'pascal':
      return words.map(capitalised).join('');
    case 'snake':
      return words.join('_');
    case 'kebab':
      return words.join('-');
    case 'upper':
      return words.join('_').toUpperCase();
  }
}
