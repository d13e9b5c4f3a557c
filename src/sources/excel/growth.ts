// Collects what the columns found in a sheet's first rows have no room for, and makes the schema that has.
import { ExportError, shorten } from '../../contract/errors.ts';
import { SchemaGrowth, type SchemaChange } from '../../contract/misfit.ts';
import {
  FLOAT64,
  typeName,
  type DataType,
  type Field,
  type Schema,
} from '../../table/data-type.ts';
import { MISFIT, parseInteger } from '../../table/parse-value.ts';
import { columnLetters } from './cell-range.ts';
import { TIMESTAMP, type CellTexts } from './cell-text.ts';
import { createMeaningGuess, type MeaningGuess } from './column-types.ts';
import type { SheetRow } from './sheet-rows.ts';

const DOT = 46;
const UPPER_E = 69;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface GrowthParts {
  schema: Schema;
  /** Columns of the sheet, ascending, parallel to the schema's fields. */
  columns: readonly number[];
  /** Columns that are left out wherever they are. */
  isLeftOut(column: number): boolean;
  texts: CellTexts;
  mostColumns: number;
  name: string;
}

interface AddedColumn {
  guess: MeaningGuess;
  value: string;
  line: number;
}

export class SheetGrowth {
  readonly #parts: GrowthParts;
  readonly #first: number;
  readonly #last: number;
  readonly #changed = new Map<number, { change: SchemaChange; type: DataType }>();
  readonly #added = new Map<number, AddedColumn>();
  #error: ExportError | null = null;

  constructor(parts: GrowthParts) {
    this.#parts = parts;
    this.#first = parts.columns[0]!;
    this.#last = parts.columns.at(-1)!;
  }

  /** Whether anything was met: what is read then is read for nothing but `growth`. */
  get isMet(): boolean {
    return this.#error !== null;
  }

  /** Takes the cells that stand beside the columns. Throws `read.excel.left-of-columns`. */
  takeOutside(window: Uint8Array, row: SheetRow): void {
    const { columns, count } = row;
    if (columns[0]! >= this.#first && columns[count - 1]! <= this.#last) return;
    for (let k = 0; k < count; k++) {
      const column = columns[k]!;
      const isInside = column >= this.#first && column <= this.#last;
      if (!isInside && !this.#parts.isLeftOut(column)) this.#takeCell(window, row, k, column);
    }
  }

  #takeCell(window: Uint8Array, row: SheetRow, k: number, column: number): void {
    const { texts, name, mostColumns } = this.#parts;
    texts.read(window, row, k, 'null');
    const { bytes, start, end, meaning } = texts;
    if (start === end) return;
    const cell = columnLetters(column) + String(row.number + 1);
    if (column < this.#first) throw new ExportError('read.excel.left-of-columns', { name, cell });
    let added = this.#added.get(column);
    if (added === undefined) {
      const value = shorten(decoder.decode(bytes.subarray(start, Math.min(end, start + 200))));
      added = { guess: createMeaningGuess(), value, line: row.number + 1 };
      this.#added.set(column, added);
      this.#error ??= new ExportError('read.excel.right-of-columns', { name, cell });
      const found = column - this.#first + 1;
      if (found > mostColumns)
        throw new ExportError('read.excel.too-many-columns', { name, found, limit: mostColumns });
    }
    added.guess.add(meaning, bytes.slice(start, end));
  }

  /** Takes the number or timestamp read last where it is none of its column's proposed type. */
  takeMisfit(place: number, row: SheetRow): void {
    const { schema, texts, name } = this.#parts;
    const field = schema.fields[place]!;
    if (fits(texts, field.type) || this.#changed.has(place)) return;
    const type = texts.meaning === 'timestamp' ? TIMESTAMP : FLOAT64;
    const { bytes, start, end } = texts;
    const value = shorten(decoder.decode(bytes.subarray(start, end)));
    const line = row.number + 1;
    const from = typeName(field.type);
    this.#changed.set(place, { change: { column: field.name, from, value, line }, type });
    const parameters = { value, name, type: from, line, column: shorten(field.name) };
    this.#error ??= new ExportError('read.excel.other-number', parameters);
  }

  /** The schema with room for everything met. */
  growth(): SchemaGrowth {
    const { schema, isLeftOut } = this.#parts;
    const fields = schema.fields.map((field, place): Field => {
      const changed = this.#changed.get(place);
      return changed === undefined ? field : { ...field, type: changed.type };
    });
    const changes = [...this.#changed.values()].map(({ change }) => change);
    const last = Math.max(this.#last, ...this.#added.keys());
    for (let column = this.#last + 1; column <= last; column++) {
      if (isLeftOut(column)) continue;
      const added = this.#added.get(column);
      const name = columnLetters(column);
      const type = (added?.guess ?? createMeaningGuess()).type();
      fields.push({ name, type, nullable: true, origin: 'inferred' });
      if (added !== undefined)
        changes.push({ column: name, from: null, value: added.value, line: added.line });
    }
    return new SchemaGrowth({ fields }, changes, this.#error!);
  }
}

/** Digits of the greatest whole number that every int64 column has room for. */
const INT64_DIGITS = 18;

/** Whether a number or timestamp has a place in its column; anything else is no matter of growing. */
function fits({ meaning, bytes, start, end }: CellTexts, type: DataType): boolean {
  if (meaning === 'timestamp') return type.kind !== 'date';
  if (meaning !== 'number' || (type.kind !== 'int' && type.kind !== 'decimal')) return true;
  const scale = type.kind === 'int' ? 0 : type.scale;
  const isNegative = bytes[start] === 45;
  // Not `indexOf`, which would look through all of the window behind a number without a dot.
  let dot = start;
  while (dot < end && bytes[dot] !== DOT) dot++;
  const whole = dot - start - (isNegative ? 1 : 0);
  if (type.kind === 'decimal' && whole > type.precision - scale) return false;
  if (type.kind === 'int' && whole > INT64_DIGITS) {
    const value = parseInteger(bytes, start, start + whole + (isNegative ? 1 : 0));
    if (value === MISFIT || BigInt.asIntN(64, value) !== value) return false;
  }
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === DOT) {
      let last = end;
      while (last > i && bytes[last - 1] === 48) last--;
      if (last - i - 1 > scale) return false;
    } else if ((byte & ~32) === UPPER_E) return false;
  }
  return true;
}
