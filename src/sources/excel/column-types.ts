// Proposes the types of a sheet's columns from what its first cells mean, says why, and counts them.
import { createGuess, kindOfValue } from '../../contract/column-guess.ts';
import {
  createProfileCounter,
  spreadOfType,
  type ColumnProfile,
} from '../../contract/column-profile.ts';

import { TYPE_EVIDENCE } from '../../contract/type-evidence.ts';
import { BOOL, DATE, FLOAT64, UTF8, type DataType } from '../../table/data-type.ts';
import { TIME, TIMESTAMP, type CellMeaning } from './cell-text.ts';
import { KIND_WORDS } from './texts.ts';

export interface MeaningGuess {
  /** A cell that is not empty. */
  add(meaning: CellMeaning, content: Uint8Array): void;
  type(): DataType;
  /** Why it is of that type. */
  sentence(): string;
}

/** Counts the values of one column, of type `type`. */
export interface CellCounter {
  add(meaning: CellMeaning, text: string): void;
  /** `rowCount`: rows of the sample, of which those without a value are nulls. */
  profile(sentence: string, rowCount: number): ColumnProfile;
}

/** Where a value stands on the line of its kind; NaN for what has no place. */
function placeOf(meaning: CellMeaning, text: string): number {
  switch (meaning) {
    case 'number':
      return Number(text);
    case 'date':
      return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
    case 'timestamp':
      return Date.parse(`${text}Z`) / 1000;
    case 'time':
      return Date.parse(`1970-01-01T${text}Z`);
    default:
      return NaN;
  }
}

export function createCellCounter(type: DataType): CellCounter {
  const counter = createProfileCounter();
  const spread = spreadOfType(type.kind);
  const isPlaced = spread === 'range' || spread === 'whole-range';
  let values = 0;
  return {
    add(meaning, text) {
      if (meaning === 'error' || meaning === 'no-value') return;
      values++;
      if (isPlaced) counter.place(placeOf(meaning, text), () => text);
      counter.add(Array.from(text).length, () => text);
    },
    profile(sentence, rowCount) {
      counter.nullCount = rowCount - values;
      return counter.profile(sentence, spread);
    },
  };
}

/** Numbers are of the type that holds them all, or the doubles that they are in every workbook; dates and timestamps together are timestamps; anything else mixed is text. */
export function createMeaningGuess(): MeaningGuess {
  const seen = new Map<CellMeaning, number>();
  const numbers = createGuess(false);
  const numberType = (): DataType => {
    const type = numbers.type();
    return type.kind === 'utf8' ? FLOAT64 : type;
  };
  return {
    add(meaning, content) {
      if (meaning === 'error' || meaning === 'no-value' || content.length === 0) return;
      seen.set(meaning, (seen.get(meaning) ?? 0) + 1);
      if (meaning === 'number') numbers.add(content, numberKind(content));
    },
    type() {
      const is = (...meanings: CellMeaning[]): boolean =>
        [...seen.keys()].every((meaning) => meanings.includes(meaning));
      if (seen.size === 0) return UTF8;
      if (is('number')) return numberType();
      if (is('bool')) return BOOL;
      if (is('date')) return DATE;
      if (is('date', 'timestamp')) return TIMESTAMP;
      return is('time') ? TIME : UTF8;
    },
    sentence() {
      const { all, empty, several, kinds } = TYPE_EVIDENCE;
      if (seen.size === 0) return empty;
      const values = [...seen.values()].reduce((sum, count) => sum + count, 0);
      if (seen.size > 1)
        return several([...seen.keys()].map((meaning) => KIND_WORDS[meaning].many));
      const [meaning] = seen.keys();
      if (meaning !== 'number') return all(values, KIND_WORDS[meaning!]);
      const type = numberType();
      if (type.kind === 'int') return all(values, kinds.int64);
      if (type.kind === 'decimal') return all(values, kinds.decimal(type.scale));
      return all(values, numbers.type().kind === 'float' ? kinds.float64 : KIND_WORDS.longNumber);
    },
  };
}

function numberKind(content: Uint8Array): 'int64' | 'number' | 'text' {
  const kind = kindOfValue(content);
  return kind === 'int64' || kind === 'number' ? kind : 'text';
}
