// What a table's rows come to, whatever their order: counts, least and greatest values, sums, and a sum of hashes.
import { isNullValue, selectedCount, selectedRow, type Batch } from './batch.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  canonicalCell,
  compareExact,
  exactNumber,
  type CompareRule,
  type ExactNumber,
} from './canonical-cell.ts';
import { fieldText } from './text-block.ts';
import { createValueWriter } from './write-value.ts';

/** How one column is looked at. */
export interface ColumnMeasure {
  name: string;
  rule: CompareRule;
  /** Its numbers are summed up, exactly. */
  hasSum?: boolean;
  /** Texts that count as null, before or after `undo`: NaN where a format has none, or texts without a character. */
  nullTexts?: readonly string[];
  /** Takes back what a format puts before a text. */
  undo?: (text: string) => string;
}

export interface ColumnFingerprint {
  name: string;
  rule: CompareRule;
  nulls: number;
  /** Of values, in their one spelling, shortened; null where there is none. */
  min: string | null;
  max: string | null;
  /** Exact; null where numbers are not summed. */
  sum: string | null;
}

export interface Fingerprint {
  rows: number;
  /** Sum of the rows' hashes modulo 2^64, 16 hexadecimal digits. */
  hash: string;
  columns: ColumnFingerprint[];
}

const LONGEST = 80;
/** Sums beyond so many digits are left out: nobody's table has them, and each row would take long. */
const MOST_DIGITS = 100;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

interface ColumnState {
  measure: ColumnMeasure;
  nulls: number;
  min: string | null;
  max: string | null;
  least: ExactNumber | null;
  greatest: ExactNumber | null;
  /** In units of 10^-scale; null where it cannot be told. */
  sum: bigint | null;
  scale: number;
}

/** Adds up batches; `take` tells rows by their number, null = all. */
export class Fingerprinter {
  readonly #columns: ColumnState[];
  #rows = 0;
  #high = 0n;

  constructor(measures: readonly ColumnMeasure[]) {
    this.#columns = measures.map((measure) => ({
      measure,
      nulls: 0,
      min: null,
      max: null,
      least: null,
      greatest: null,
      sum: measure.hasSum === true ? 0n : null,
      scale: 0,
    }));
  }

  /** Adds the selected rows for whose place in their order, counted from `firstRow`, `takes` is true. */
  add(batch: Batch, firstRow = 0, takes?: (row: number) => boolean): void {
    const read = this.#columns.map((_, column) => cellReader(batch, column));
    const count = selectedCount(batch);
    for (let i = 0; i < count; i++) {
      if (takes !== undefined && !takes(firstRow + i)) continue;
      const row = selectedRow(batch, i);
      let a = 0x811c9dc5;
      let b = 0x9e3779b9;
      for (const [column, state] of this.#columns.entries()) {
        const text = this.#cell(state, read[column]!(row));
        // Null and each length begin another way, so that no two rows run together.
        const start = text === null ? -1 : text.length;
        a = Math.imul(a ^ start, 0x01000193);
        b = Math.imul(b ^ start, 0x85ebca6b) ^ (b >>> 15);
        for (let k = 0; k < start; k++) {
          const code = text!.charCodeAt(k);
          a = Math.imul(a ^ code, 0x01000193);
          b = Math.imul(b ^ code, 0x85ebca6b);
          b ^= b >>> 13;
        }
      }
      a ^= a >>> 16;
      b ^= b >>> 16;
      this.#high += (BigInt(Math.imul(a, 0xc2b2ae35) >>> 0) << 32n) | BigInt(b >>> 0);
      this.#rows++;
    }
    this.#high = BigInt.asUintN(64, this.#high);
  }

  /** What was added so far. */
  result(): Fingerprint {
    return {
      rows: this.#rows,
      hash: this.#high.toString(16).padStart(16, '0'),
      columns: this.#columns.map(({ measure, nulls, min, max, sum, scale }) => ({
        name: measure.name,
        rule: measure.rule,
        nulls,
        min: min === null ? null : shortened(min),
        max: max === null ? null : shortened(max),
        sum: sum === null ? null : canonicalCell(`${sum}e${-scale}`, 'number'),
      })),
    };
  }

  /** Notes a value and gives its one spelling. */
  #cell(state: ColumnState, given: string | null): string | null {
    const { measure } = state;
    const isNull = (text: string): boolean => measure.nullTexts?.includes(text) === true;
    const text = given !== null && isNull(given) ? null : given;
    const undone = text !== null && measure.undo !== undefined ? measure.undo(text) : text;
    const own = undone !== null && isNull(undone) ? null : undone;
    const value = canonicalCell(own, measure.rule);
    if (value === null) {
      state.nulls++;
      return null;
    }
    if (measure.rule === 'number') this.#number(state, value);
    else if (measure.rule !== 'nulls') {
      if (state.min === null || value < state.min) state.min = value;
      if (state.max === null || value > state.max) state.max = value;
    }
    return value;
  }

  #number(state: ColumnState, value: string): void {
    const number = exactNumber(value);
    if (number === null) {
      state.sum = null;
      return;
    }
    if (state.least === null || compareExact(number, state.least) < 0) {
      state.least = number;
      state.min = value;
    }
    if (state.greatest === null || compareExact(number, state.greatest) > 0) {
      state.greatest = number;
      state.max = value;
    }
    if (state.sum === null || number.digits === '') return;
    if (Math.abs(number.exponent) > MOST_DIGITS) {
      state.sum = null;
      return;
    }
    if (-number.exponent > state.scale) {
      state.sum *= 10n ** BigInt(-number.exponent - state.scale);
      state.scale = -number.exponent;
    }
    const units = BigInt(number.digits) * 10n ** BigInt(state.scale + number.exponent);
    state.sum += number.isNegative ? -units : units;
  }
}

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

/** The text of a column's cells, as a text format would write them. */
function cellReader(batch: Batch, column: number): (row: number) => string | null {
  const found = batch.columns[column]!;
  if (found.storage === 'text') return (row) => fieldText(batch.block!, row, found.index);
  if (found.type.kind === 'null') return () => null;
  const write = createValueWriter(found);
  const { dictionary } = found;
  return (row) => {
    if (isNullValue(found, row)) return null;
    if (dictionary !== null && isNullValue(dictionary, Number(found.values![row]))) return null;
    const out = new ByteWriter(64);
    write(row, out);
    return decoder.decode(out.take());
  };
}

/** Where two fingerprints part: the first column, what of it, and both sides; null where they are alike. */
export function fingerprintDifference(
  expected: Fingerprint,
  found: Fingerprint,
): {
  column: string | null;
  what: keyof ColumnFingerprint | 'rows' | 'hash';
  expected: string;
  found: string;
} | null {
  const differs = (
    what: keyof ColumnFingerprint | 'rows' | 'hash',
    column: string | null,
    a: unknown,
    b: unknown,
  ) => ({ column, what, expected: String(a), found: String(b) });
  if (expected.rows !== found.rows) return differs('rows', null, expected.rows, found.rows);
  for (const [i, column] of expected.columns.entries()) {
    const other = found.columns[i];
    if (other === undefined) return differs('name', column.name, column.name, 'none');
    for (const what of ['nulls', 'min', 'max', 'sum'] as const)
      if (column[what] !== other[what])
        return differs(what, column.name, column[what], other[what]);
  }
  return expected.hash === found.hash ? null : differs('hash', null, expected.hash, found.hash);
}
