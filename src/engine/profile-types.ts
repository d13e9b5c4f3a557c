// Which types all values that a profile looks at would have, where the source's first rows proposed others.
import { createGuess, type ColumnGuess } from '../contract/column-guess.ts';
import type { ProfiledColumn } from '../contract/profile.ts';
import type { Batch } from '../table/batch.ts';
import { typeName, UTF8, type DataType, type Field } from '../table/data-type.ts';
import { contentAt } from '../table/text-block.ts';
import { locateFields } from '../table/text-fields.ts';
import { isReadableType } from '../table/type-check.ts';
import type { PlannedSource } from './plan-source.ts';
import { PROFILE_TEXTS } from './texts.ts';

export type ProposedType = NonNullable<ProfiledColumn['proposedType']>;

/** Types that were proposed from first rows, by column; null where a type is no proposal, or cannot be another. */
export type FirstTypes = readonly (DataType | null)[];

/** The proposals that a source's own inspection made. */
export function firstTypes({ inspection, schema }: PlannedSource): FirstTypes {
  const proposed = inspection?.schema.fields ?? [];
  return schema.fields.map((_, i) => {
    const field = proposed[i];
    return field?.origin === 'inferred' ? field.type : null;
  });
}

/** Whether the first rows held a value of the column: a type without one is no more than a guess. */
const hadValues = ({ inspection }: PlannedSource, column: number): boolean =>
  inspection?.columns[column]?.distinctCount !== 0;

interface Guessed {
  guess: ColumnGuess;
  /** A value was met that makes it text: nothing can change it any more. */
  isText: boolean;
}

/** Takes the values of columns whose types were proposed, as their texts stand in the source. */
export class TypeProposals {
  readonly #first: FirstTypes;
  readonly #fields: readonly Field[];
  readonly #guessed: readonly (Guessed | null)[];
  readonly #wasEmpty: readonly boolean[];

  /** `first`: what was proposed before any growth; `source`: as it is read now. */
  constructor(first: FirstTypes, source: PlannedSource) {
    this.#first = first;
    this.#fields = source.schema.fields;
    const guesses = source.card.guessesTypes === true;
    this.#wasEmpty = this.#fields.map((_, i) => !hadValues(source, i));
    this.#guessed = this.#fields.map(({ type }, i) =>
      guesses && first[i] !== null && (type.kind !== 'utf8' || this.#wasEmpty[i]!)
        ? { guess: createGuess(false), isText: false }
        : null,
    );
  }

  /** A batch as the source gives it. */
  add(batch: Batch): void {
    const { block } = batch;
    if (block === null) return;
    for (const [i, guessed] of this.#guessed.entries()) {
      const column = batch.columns[i];
      if (guessed === null || guessed.isText || column?.storage !== 'text') continue;
      const { starts, ends } = locateFields(block, column.index, batch.rowCount, batch.selection);
      let hasValue = false;
      for (let row = 0; row < starts.length; row++) {
        if (starts[row]! < 0) continue;
        guessed.guess.add(contentAt(block, starts[row]!, ends[row]!));
        hasValue = true;
      }
      guessed.isText = hasValue && guessed.guess.type().kind === 'utf8';
    }
  }

  /** The proposal for a column; `unfit`: the first value that did not fit its type, if one did not. */
  of(column: number, unfit: string | undefined): ProposedType | undefined {
    const first = this.#first[column] ?? null;
    const field = this.#fields[column];
    if (first === null || field === undefined) return undefined;
    const guessed = this.#guessed[column];
    if (guessed && (unfit !== undefined || this.#wasEmpty[column] === true)) {
      const type = guessed.guess.type();
      return isSame(type, first)
        ? undefined
        : { type: typeName(type), sentence: guessed.guess.profile(type).sentence };
    }
    if (unfit !== undefined)
      return { type: typeName(UTF8), sentence: PROFILE_TEXTS.unfit(unfit, typeName(field.type)) };
    // The source itself asked for another type while it was read; one that cannot be declared it will ask for again.
    return isSame(field.type, first) || !isReadableType(field.type)
      ? undefined
      : { type: typeName(field.type), sentence: PROFILE_TEXTS.grown(typeName(first)) };
  }
}

const isSame = (a: DataType, b: DataType): boolean => typeName(a) === typeName(b);
