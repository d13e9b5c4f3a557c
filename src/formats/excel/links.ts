// Links of cells: addresses in text columns become links that can be clicked, as many as a sheet holds.
import type { Relationship } from './parts.ts';

/** Links of one sheet. */
export const MOST_LINKS = 65_530;
/** Characters of an address. */
const LONGEST_ADDRESS = 2_079;

/** The address as a file may name it; null for text that is none of the web or of mail. */
export function linkAddress(text: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)\S+$/i.test(text) || text.length > LONGEST_ADDRESS) return null;
  try {
    const { href } = new URL(text);
    return href.length > LONGEST_ADDRESS ? null : href;
  } catch {
    return null;
  }
}

/** The links of one sheet, in the order of its rows. */
export interface SheetLinks {
  /** False when the sheet holds no more. */
  add(cell: string, address: string): boolean;
  /** Behind the rows; empty where there are none. */
  xml(): string;
  relationships(): Relationship[];
}

export function createSheetLinks(): SheetLinks {
  const cells: string[] = [];
  /** Each address once, with its number. */
  const numbers = new Map<string, number>();
  return {
    add(cell, address) {
      if (cells.length >= MOST_LINKS) return false;
      let number = numbers.get(address);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(address, number);
      }
      cells.push(`<hyperlink ref="${cell}" r:id="rIdLink${number}"/>`);
      return true;
    },
    xml: () => (cells.length === 0 ? '' : `<hyperlinks>${cells.join('')}</hyperlinks>`),
    relationships: () =>
      Array.from(numbers, ([external, number]) => ({
        id: `rIdLink${number}`,
        type: 'hyperlink',
        target: { external },
      })),
  };
}
