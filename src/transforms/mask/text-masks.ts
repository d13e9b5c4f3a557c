// Masks that make a text of a text.
import type { Digests } from './digests.ts';
import type { MaskedColumn } from './options.ts';

/** The mask of a text; null: nothing is left of it. */
export type TextMask = (text: string, digests: Digests) => string | null;

/** Mask characters where the length is not to be told. */
const FIXED_LENGTH = 4;

function partial(options: MaskedColumn & { method: 'partial' }): TextMask {
  const { first, last, character, keepLength } = options;
  return (text) => {
    const characters = [...text];
    const hidden = characters.length - first - last;
    // Of a text that is no longer than what may be seen, all is hidden.
    if (hidden <= 0) return character.repeat(keepLength ? characters.length : FIXED_LENGTH);
    return (
      characters.slice(0, first).join('') +
      character.repeat(keepLength ? hidden : FIXED_LENGTH) +
      characters.slice(characters.length - last).join('')
    );
  };
}

/** The mask of a column's texts; null for methods that need the value behind the text. */
export function createTextMask(options: MaskedColumn): TextMask | null {
  switch (options.method) {
    case 'redact':
      return () => options.text;
    case 'partial':
      return partial(options);
    case 'hash':
      return (text, { hash }) => hash(text).slice(0, options.length);
    case 'hmac':
      return (text, { hmac }) => hmac(text).slice(0, options.length);
    case 'pseudonym': {
      const { prefix, digits } = options;
      const count = 10n ** BigInt(digits);
      return (text, { number }) =>
        prefix + number('pseudonym', text, count).toString().padStart(digits, '0');
    }
    default:
      return null;
  }
}
