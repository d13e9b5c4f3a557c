// Proposes the types of a sheet's columns from what its first cells mean.
import { createGuess, kindOfValue } from '../../contract/column-guess.ts';
import { BOOL, DATE, UTF8, type DataType } from '../../table/data-type.ts';
import { TIME, TIMESTAMP, type CellMeaning } from './cell-text.ts';

export interface MeaningGuess {
  /** A cell that is not empty. */
  add(meaning: CellMeaning, content: Uint8Array): void;
  type(): DataType;
}

/** Numbers are of the type that holds them all; dates and timestamps together are timestamps; anything else mixed is text. */
export function createMeaningGuess(): MeaningGuess {
  const seen = new Set<CellMeaning>();
  const numbers = createGuess(false);
  return {
    add(meaning, content) {
      if (meaning === 'error' || meaning === 'no-value' || content.length === 0) return;
      seen.add(meaning);
      if (meaning === 'number') numbers.add(content, numberKind(content));
    },
    type() {
      const is = (...meanings: CellMeaning[]): boolean =>
        [...seen].every((meaning) => meanings.includes(meaning));
      if (seen.size === 0) return UTF8;
      if (is('number')) return numbers.type();
      if (is('bool')) return BOOL;
      if (is('date')) return DATE;
      if (is('date', 'timestamp')) return TIMESTAMP;
      return is('time') ? TIME : UTF8;
    },
  };
}

function numberKind(content: Uint8Array): 'int64' | 'number' | 'text' {
  const kind = kindOfValue(content);
  return kind === 'int64' || kind === 'number' ? kind : 'text';
}
