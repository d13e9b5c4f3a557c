// Collects what a schema inferred from a sample has no room for, and makes the schema that has.
import { createGuess, type ColumnGuess } from '../../contract/column-guess.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { SchemaGrowth, type SchemaChange } from '../../contract/misfit.ts';
import {
  JSON_TEXT,
  typeName,
  UTF8,
  type DataType,
  type Field,
  type Schema,
} from '../../table/data-type.ts';

/** After the first surprise so much further is looked for more, so that a run begins again only a few times. */
const LEAST_SURVEY_BYTES = 16 << 20;
const SURVEY_FACTOR = 8;

const encoder = new TextEncoder();

/** What a value is beyond what its column can be: several in a record, or more than a text. */
export interface Surprise {
  isList: boolean;
  isNested: boolean;
  text: string;
  line: number;
  /** Offset in the document. */
  offset: number;
}

interface Grown {
  change: SchemaChange;
  isList: boolean;
  isNested: boolean;
  guess: ColumnGuess;
}

export class GrowingSchema {
  /** Offset in the document up to which the survey goes; null = nothing was met. */
  surveyTo: number | null = null;
  readonly #schema: Schema;
  readonly #mostColumns: number;
  readonly #changed = new Map<number, Grown>();
  readonly #added = new Map<string, Grown>();
  #error: ExportError | null = null;

  constructor(schema: Schema, mostColumns: number) {
    this.#schema = schema;
    this.#mostColumns = mostColumns;
  }

  #learn(
    known: Grown | undefined,
    change: Omit<SchemaChange, 'value' | 'line'>,
    surprise: Surprise,
  ) {
    const { isList, isNested, text, line, offset } = surprise;
    this.surveyTo ??= Math.max(LEAST_SURVEY_BYTES, offset * SURVEY_FACTOR);
    const grown = known ?? {
      change: { ...change, value: shorten(text), line },
      isList: false,
      isNested: false,
      guess: createGuess(false),
    };
    grown.isList ||= isList;
    grown.isNested ||= isNested;
    if (!isList && !isNested && text !== '') grown.guess.add(encoder.encode(text));
    return grown;
  }

  /** A column whose values were one text each meets several, or more than a text. */
  misfit(column: number, surprise: Surprise): void {
    const field = this.#schema.fields[column]!;
    const change = { column: field.name, from: typeName(field.type) };
    this.#changed.set(column, this.#learn(this.#changed.get(column), change, surprise));
    this.#error ??= new ExportError('read.xml.other-shape', {
      column: shorten(field.name),
      line: surprise.line,
      type: typeName(field.type),
    });
  }

  /** An element or attribute that no column stands for. */
  newKey(name: string, surprise: Surprise): void {
    const change = { column: name, from: null };
    this.#added.set(name, this.#learn(this.#added.get(name), change, surprise));
    this.#error ??= newKeyError(name, surprise.line);
    if (this.#schema.fields.length + this.#added.size > this.#mostColumns)
      throw new ExportError('read.xml.too-many-columns', { limit: this.#mostColumns });
  }

  /** The schema with room for everything met. */
  growth(): SchemaGrowth {
    const fields = this.#schema.fields.map((field, c): Field => {
      const grown = this.#changed.get(c);
      return grown === undefined ? field : { ...field, type: grownType(grown, field.type) };
    });
    for (const [name, grown] of this.#added)
      fields.push({ name, type: grownType(grown, null), nullable: true, origin: 'inferred' });
    const changes = [...this.#changed.values(), ...this.#added.values()].map((g) => g.change);
    return new SchemaGrowth({ fields }, changes, this.#error!);
  }
}

function grownType({ isList, isNested, guess }: Grown, from: DataType | null): DataType {
  const wasNested = from !== null && ['list', 'struct', 'json'].includes(from.kind);
  if (from?.kind === 'list') return { kind: 'list', item: JSON_TEXT };
  if (isList) return { kind: 'list', item: isNested || wasNested ? JSON_TEXT : UTF8 };
  return isNested || wasNested ? JSON_TEXT : guess.type();
}

export function newKeyError(name: string, line: number): ExportError {
  return new ExportError('read.xml.new-key', { key: shorten(name), line });
}
