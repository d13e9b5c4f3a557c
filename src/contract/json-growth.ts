// Collects what a schema inferred from a sample has no room for, and makes the schema that has.
import { ExportError, shorten } from './errors.ts';
import { JSON_TEXT, typeName, UTF8, type Field, type Schema } from '../table/data-type.ts';
import type { JsonScan } from '../table/json-scan.ts';
import { jsonStringBytes } from '../table/json-unescape.ts';
import { createJsonGuess, IS_STRING, type JsonGuess } from './json-guess.ts';
import type { JsonGrowth } from './json-rows.ts';
import { SchemaGrowth, type SchemaChange } from './misfit.ts';

/** After the first surprise so much further is looked for more, so that a run begins again only a few times. */
const LEAST_SURVEY_BYTES = 16 << 20;
const SURVEY_FACTOR = 8;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

interface Grown {
  change: SchemaChange;
  /** null: its values are of several kinds. */
  guess: JsonGuess | null;
  /** The type where that is settled. */
  type: 'json' | 'utf8' | null;
}

/** Told of surprises by the rows; `place` gives line and offset in the document. */
export class GrowingSchema implements JsonGrowth {
  readonly #schema: Schema;
  readonly #scan: JsonScan;
  readonly #mostColumns: number;
  readonly #place: (at: number) => { line: number; offset: number };
  readonly #changed = new Map<number, Grown>();
  readonly #added = new Map<string, Grown>();
  #error: ExportError | null = null;
  /** Offset in the document up to which the survey goes; null = nothing was met. */
  surveyTo: number | null = null;

  constructor(
    schema: Schema,
    scan: JsonScan,
    mostColumns: number,
    place: (at: number) => { line: number; offset: number },
  ) {
    this.#schema = schema;
    this.#scan = scan;
    this.#mostColumns = mostColumns;
    this.#place = place;
  }

  #meet(start: number): number {
    const { line, offset } = this.#place(start);
    this.surveyTo ??= Math.max(LEAST_SURVEY_BYTES, offset * SURVEY_FACTOR);
    return line;
  }

  #learn(guess: JsonGuess | null, kind: number, start: number, end: number): void {
    if (guess === null) return;
    const { bytes } = this.#scan;
    guess.add(
      kind,
      kind === IS_STRING
        ? jsonStringBytes(bytes, start + 1, end - 1, true)
        : bytes.subarray(start, end),
    );
  }

  #valueText(start: number, end: number): string {
    return shorten(decoder.decode(this.#scan.bytes.subarray(start, Math.min(end, start + 200))));
  }

  misfit(column: number, kind: number, start: number, end: number, seen: number): void {
    const known = this.#changed.get(column);
    if (known !== undefined) {
      this.#learn(known.guess, kind, start, end);
      return;
    }
    const line = this.#meet(start);
    const field = this.#schema.fields[column]!;
    const value = this.#valueText(start, end);
    const guess = seen === 0 ? createJsonGuess(false) : null;
    this.#learn(guess, kind, start, end);
    const isSameKind = kind === IS_STRING && seen === IS_STRING;
    this.#changed.set(column, {
      change: { column: field.name, from: typeName(field.type), value, line },
      guess,
      type: guess !== null ? null : isSameKind ? 'utf8' : 'json',
    });
    this.#error ??= new ExportError('read.json.other-kind', {
      value,
      line,
      type: typeName(field.type),
      column: shorten(field.name),
    });
  }

  newKey(key: string, kind: number, start: number, end: number): void {
    const known = this.#added.get(key);
    if (known !== undefined) {
      this.#learn(known.guess, kind, start, end);
      return;
    }
    const line = this.#meet(start);
    const guess = createJsonGuess(false);
    this.#learn(guess, kind, start, end);
    const value = this.#valueText(start, end);
    this.#added.set(key, { change: { column: key, from: null, value, line }, guess, type: null });
    this.#error ??= new ExportError('read.json.new-key', { key: shorten(key), line });
    if (this.#schema.fields.length + this.#added.size > this.#mostColumns)
      throw new ExportError('read.json.too-many-columns', { limit: this.#mostColumns });
  }

  /** The schema with room for everything met. */
  growth(): SchemaGrowth {
    const typeOf = ({ guess, type }: Grown): Field['type'] =>
      guess?.type() ?? (type === 'utf8' ? UTF8 : JSON_TEXT);
    const fields = this.#schema.fields.map((field, c): Field => {
      const grown = this.#changed.get(c);
      return grown === undefined ? field : { ...field, type: typeOf(grown) };
    });
    for (const [name, grown] of this.#added)
      fields.push({ name, type: typeOf(grown), nullable: true, origin: 'inferred' });
    const changes = [...this.#changed.values(), ...this.#added.values()].map((g) => g.change);
    return new SchemaGrowth({ fields }, changes, this.#error!);
  }
}
