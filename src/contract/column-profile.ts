// Counts the values of one column of a sample: nulls, distinct values, lengths, examples, and how they are spread.
import { detectPersonal, type LooksLike } from './detect-personal.ts';
import { shorten } from './errors.ts';
import { TYPE_EVIDENCE } from './type-evidence.ts';
import type { DataType, Field } from '../table/data-type.ts';

/** Counts over the sampled values of one column. */
export interface ColumnProfile {
  sentence: string;
  nullCount: number;
  distinctCount: number;
  /** Texts without a character, which are not null; always 0 for other types. */
  emptyCount: number;
  longest: number;
  examples: string[];
  /** Where they look like personal values: a proposal to mask them. */
  looksLike?: LooksLike;
  /** How the sampled values are spread; null when there is none, or nothing to be said in short. */
  shape: ColumnShape | null;
}

/**
 * A small histogram. `range`: numbers, dates, times and timestamps in up to 16 bins of equal width from the least to the
 * greatest value, whose texts are as they stand in the source. `values`: texts and booleans, the most frequent (at most 12,
 * most frequent first, shortened), and how many values are none of them.
 */
export type ColumnShape =
  | { kind: 'range'; counts: number[]; from: string; to: string }
  | { kind: 'values'; counts: number[]; values: string[]; others: number };

/** Distinct values are counted, and told apart in the shape, up to here. */
export const MOST_DISTINCT = 1_000;
const EXAMPLES = 5;
const BINS = 16;
const LISTED_VALUES = 12;
const VALUE_CHARACTERS = 80;

/** What is counted of one column while its sample goes by. */
export interface ProfileCounter {
  nullCount: number;
  addNull(): void;
  /** A value that is not null: how many characters it has, and its text, asked for only where it is looked at. */
  add(characters: number, text: () => string): void;
  /** The place of the value just added on the line of its kind (days, seconds, the number itself); not finite: left out. */
  place(value: number, text: () => string): void;
  /**
   * The counts so far. `spread`: `range` for types whose values were placed (`whole`: only whole places exist between them),
   * `values` for those told by their texts, `none` for those that are told by neither.
   */
  profile(sentence: string, spread: 'range' | 'whole-range' | 'values' | 'none'): ColumnProfile;
}

export function createProfileCounter(): ProfileCounter {
  const frequency = new Map<string, number>();
  const examples: string[] = [];
  const places: number[] = [];
  let values = 0;
  /** Values without a place: NaN, infinities. */
  let unplaced = 0;
  let emptyCount = 0;
  let longest = 0;
  let least = Infinity;
  let greatest = -Infinity;
  let leastText = '';
  let greatestText = '';
  /** Whether every value that stands in `frequency` was counted each time it came. */
  let isComplete = true;

  const rangeOf = (isWhole: boolean): ColumnShape | null => {
    if (places.length === 0 || places.length + unplaced < values) return null;
    const width = isWhole ? greatest - least + 1 : greatest - least;
    const bins = least === greatest ? 1 : isWhole ? Math.min(BINS, width) : BINS;
    const counts = Array.from({ length: bins }, () => 0);
    for (const value of places) {
      // Halves: the distance between two doubles may be more than a double holds.
      const at = isWhole
        ? ((value - least) * bins) / width
        : ((value / 2 - least / 2) / (greatest / 2 - least / 2)) * bins;
      counts[bins === 1 ? 0 : Math.min(bins - 1, Math.floor(at))]!++;
    }
    return { kind: 'range', counts, from: shorten(leastText), to: shorten(greatestText) };
  };
  const valuesOf = (): ColumnShape | null => {
    if (values === 0 || !isComplete) return null;
    const listed = [...frequency].toSorted(([, a], [, b]) => b - a).slice(0, LISTED_VALUES);
    const counts = listed.map(([, count]) => count);
    return {
      kind: 'values',
      counts,
      // Without touching white space: whoever filters by a value asks for exactly it.
      values: listed.map(([text]) =>
        text.length > VALUE_CHARACTERS ? `${text.slice(0, VALUE_CHARACTERS - 1)}…` : text,
      ),
      others: values - counts.reduce((sum, count) => sum + count, 0),
    };
  };

  return {
    nullCount: 0,
    addNull() {
      this.nullCount++;
    },
    add(characters, textOf) {
      values++;
      if (characters === 0) emptyCount++;
      if (characters > longest) longest = characters;
      // What has a place and is rarely met twice is told by its range: its texts would cost the most and say the least.
      const isPlaced = places.length > 0 && places.length + unplaced === values - 1;
      if (isPlaced && frequency.size >= MOST_DISTINCT) {
        isComplete = false;
        return;
      }
      const text = textOf();
      const known = frequency.get(text);
      if (known !== undefined) frequency.set(text, known + 1);
      else if (frequency.size < MOST_DISTINCT) {
        frequency.set(text, 1);
        if (examples.length < EXAMPLES) examples.push(shorten(text));
      }
    },
    place(value, textOf) {
      if (!Number.isFinite(value)) {
        unplaced++;
        return;
      }
      places.push(value);
      if (value < least) {
        least = value;
        leastText = textOf();
      }
      if (value > greatest) {
        greatest = value;
        greatestText = textOf();
      }
    },
    profile(sentence, spread) {
      const looksLike = detectPersonal(frequency.keys());
      return {
        sentence,
        nullCount: this.nullCount,
        distinctCount: frequency.size,
        emptyCount,
        longest,
        examples,
        ...(looksLike && { looksLike }),
        shape:
          spread === 'none'
            ? null
            : spread === 'values'
              ? valuesOf()
              : rangeOf(spread === 'whole-range'),
      };
    },
  };
}

/** How the values of a type are spread. */
export function spreadOfType(kind: string): 'range' | 'whole-range' | 'values' | 'none' {
  switch (kind) {
    case 'int':
    case 'date':
      return 'whole-range';
    case 'float':
    case 'decimal':
    case 'time':
    case 'timestamp':
      return 'range';
    case 'bool':
    case 'utf8':
    case 'dictionary':
      return 'values';
    default:
      return 'none';
  }
}

/** The profiles of all columns, by place and the type each has in the end; the reason of a declared type is that it was declared. */
export function profilesOf(
  fields: readonly Field[],
  profile: (place: number, type: DataType) => ColumnProfile,
): ColumnProfile[] {
  return fields.map(({ type, origin }, place) => {
    const found = profile(place, type);
    return origin === 'declared' ? { ...found, sentence: TYPE_EVIDENCE.declared } : found;
  });
}
