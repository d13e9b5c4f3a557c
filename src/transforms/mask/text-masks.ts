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

/** Masks that are remembered for texts that come again; beyond them and for long texts they are made anew. */
const MOST_KNOWN = 20_000;
const LONGEST_KNOWN = 100;

/** The same mask, which makes nothing twice that costs a digest. */
function remembering(mask: TextMask): TextMask {
  const known = new Map<string, string | null>();
  return (text, digests) => {
    let found = known.get(text);
    if (found === undefined) {
      found = mask(text, digests);
      if (text.length <= LONGEST_KNOWN) {
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(text, found);
      }
    }
    return found;
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
      return remembering((text, { hash }) => hash(text).slice(0, options.length));
    case 'hmac':
      return remembering((text, { hmac }) => hmac(text).slice(0, options.length));
    case 'pseudonym': {
      const { prefix, digits } = options;
      const count = 10n ** BigInt(digits);
      return remembering(
        (text, { number }) =>
          prefix + number('pseudonym', text, count).toString().padStart(digits, '0'),
      );
    }
    default:
      return null;
  }
}
