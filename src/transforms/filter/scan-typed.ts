// Runs a condition over a typed column.
import { decimalAt, isNullValue, type TypedColumn } from '../../table/batch.ts';
import type { Condition } from './condition.ts';
import type { WholeTest } from './number-tests.ts';

type RowTest = (row: number) => boolean;

const TWO_32 = 2 ** 32;
/** An upper half within ±2^21 means a number within ±2^53. */
const SMALL_HALF = 2 ** 21;

/** Whether the halves make a number beyond -2^53, exactly a double (2^53 itself is shut out by the upper half). */
const isSmall = (upper: number, lower: number): boolean =>
  upper < SMALL_HALF && (upper > -SMALL_HALF || (upper === -SMALL_HALF && lower > 0));

/** 64-bit numbers, signed or not: by halves, so that no big integer is made of a small one. */
function longTest(values: BigInt64Array | BigUint64Array, test: WholeTest): RowTest {
  const { buffer, byteOffset, length } = values;
  const low = new Uint32Array(buffer, byteOffset, length * 2);
  const high =
    values instanceof BigUint64Array ? low : new Int32Array(buffer, byteOffset, length * 2);
  return (row) => {
    const upper = high[row * 2 + 1]!;
    const lower = low[row * 2]!;
    return isSmall(upper, lower) ? test.small(upper * TWO_32 + lower) : test.big(values[row]!);
  };
}

function decimalTest(column: TypedColumn, test: WholeTest): RowTest {
  const values = column.values as BigInt64Array;
  const low = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const high = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  return (row) => {
    const upper = high[row * 4 + 1]!;
    const sign = upper >> 31;
    const isLong = high[row * 4 + 2] === sign && high[row * 4 + 3] === sign;
    const lower = low[row * 4]!;
    if (isLong && isSmall(upper, lower)) return test.small(upper * TWO_32 + lower);
    return test.big(decimalAt(column, row));
  };
}

function wholeRowTest(column: TypedColumn, test: WholeTest): RowTest {
  const { values } = column;
  switch (column.type.kind) {
    case 'bool': {
      const bits = values as Uint8Array;
      return (row) => test.small((bits[row >> 3]! >> (row & 7)) & 1);
    }
    case 'decimal':
      return decimalTest(column, test);
    default:
      if (values instanceof BigInt64Array || values instanceof BigUint64Array)
        return longTest(values, test);
      return (row) => test.small(values![row] as number);
  }
}

function rowTestOf(column: TypedColumn, { value }: Condition): RowTest {
  switch (value?.domain) {
    case 'bytes': {
      const { test } = value;
      const bytes = column.bytes!;
      const offsets = column.offsets!;
      return (row) => test(bytes, offsets[row]!, offsets[row + 1]!);
    }
    case 'double': {
      const { test } = value;
      const values = column.values as Float64Array;
      return (row) => test(values[row]!);
    }
    case 'whole':
      return wholeRowTest(column, value.test);
    default:
      return () => false;
  }
}

/** Whether a dictionary column's value is null: by its own bit, or because its entry is. */
function isNullEntry(column: TypedColumn, row: number): boolean {
  if (column.type.kind === 'null' || isNullValue(column, row)) return true;
  return column.dictionary !== null && isNullValue(column.dictionary, Number(column.values![row]));
}

/** Writes those of the first `count` of `rows` that give `wanted` to `out` (which may be `rows`); null gives neither. */
export function scanTyped(
  column: TypedColumn,
  condition: Condition,
  wanted: 0 | 1,
  rows: Uint32Array,
  count: number,
  out: Uint32Array,
): number {
  let test: RowTest;
  if (column.dictionary === null) test = rowTestOf(column, condition);
  else {
    // Each entry is asked once, not each row.
    const { dictionary } = column;
    const entry = rowTestOf(dictionary, condition);
    const passed = Uint8Array.from({ length: dictionary.length }, (_, i) =>
      !isNullEntry(dictionary, i) && entry(i) ? 1 : 0,
    );
    const indices = column.values!;
    test = (row) => passed[Number(indices[row])] === 1;
  }
  const neverNull =
    column.validity === null && column.dictionary === null && column.type.kind !== 'null';
  let n = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    if (!neverNull && isNullEntry(column, row)) continue;
    const result = test(row) ? 1 : 0;
    out[n] = row;
    n += result === wanted ? 1 : 0;
  }
  return n;
}

/** Like {@link scanTyped} for `is null` (`wanted` 1) and its opposite. */
export function scanTypedNulls(
  column: TypedColumn,
  wanted: 0 | 1,
  rows: Uint32Array,
  count: number,
  out: Uint32Array,
): number {
  let n = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const isNull = isNullEntry(column, row) ? 1 : 0;
    out[n] = row;
    n += isNull === wanted ? 1 : 0;
  }
  return n;
}
