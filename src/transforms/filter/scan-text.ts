// Runs a condition over the fields of a text column: bytes only, nothing decoded but a value that does not fit.
import { ExportError, shorten } from '../../contract/errors.ts';
import { typeName } from '../../table/data-type.ts';
import {
  fieldText,
  isNullAt,
  isNullField,
  lineOfRow,
  type TextBlock,
} from '../../table/text-block.ts';
import type { Condition } from './condition.ts';
import { doubleField, wholeField, type FieldTest } from './field-tests.ts';

/** The field test of a condition, made once per run. */
export function fieldTestOf({ value, type }: Condition): FieldTest {
  switch (value?.domain) {
    case 'bytes': {
      const { test } = value;
      return (bytes, start, end) => (test(bytes, start, end) ? 1 : 0);
    }
    case 'whole':
      return wholeField(type, value.test);
    case 'double':
      return doubleField(type.kind === 'float' ? type.bits : 64, value.test);
    default:
      return () => -1;
  }
}

let scratch = new Uint8Array(1024);

/** Writes the inside of a quoted field, doubled quotes undone, to `scratch`; gives its length. */
function undouble(bytes: Uint8Array, from: number, to: number, quote: number): number {
  if (to - from > scratch.length) scratch = new Uint8Array((to - from) * 2);
  let n = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    scratch[n++] = byte;
    if (byte === quote && bytes[i + 1] === quote) i++;
  }
  return n;
}

function misfit(block: TextBlock, row: number, column: number, condition: Condition): ExportError {
  return new ExportError('step.misfit', {
    value: shorten(fieldText(block, row, column) ?? ''),
    line: lineOfRow(block, row),
    type: typeName(condition.type),
    column: shorten(condition.name),
  });
}

/**
 * Writes those of the first `count` of `rows` whose field gives `wanted` (1 or 0) to `out` (which may be `rows`); null gives
 * neither. Throws `step.misfit`.
 */
export function scanText(
  block: TextBlock,
  column: number,
  condition: Condition,
  test: FieldTest,
  wanted: 0 | 1,
  rows: Uint32Array,
  count: number,
  out: Uint32Array,
): number {
  const { bytes, ends, columnCount } = block;
  const { quote, nullText } = block.dialect;
  const isLast = column === columnCount - 1;
  const hasEmptyNull = nullText.length === 0;
  let n = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const at = row * columnCount + column;
    const start = at === 0 ? block.start : ends[at - 1]! + 1;
    let end = ends[at]!;
    if (isLast && end > start && bytes[end - 1] === 13) end--;
    if (hasEmptyNull ? end === start : isNullAt(block, start, end)) continue;
    let result: number;
    if (bytes[start] === quote && end > start) {
      let i = start + 1;
      while (i < end - 1 && bytes[i] !== quote) i++;
      if (i >= end - 1) result = test(bytes, start + 1, end - 1);
      else {
        const length = undouble(bytes, start + 1, end - 1, quote);
        result = test(scratch, 0, length);
      }
    } else result = test(bytes, start, end);
    if (result < 0) throw misfit(block, row, column, condition);
    out[n] = row;
    n += result === wanted ? 1 : 0;
  }
  return n;
}

/** Like {@link scanText} for `is null` (`wanted` 1) and its opposite. */
export function scanTextNulls(
  block: TextBlock,
  column: number,
  wanted: 0 | 1,
  rows: Uint32Array,
  count: number,
  out: Uint32Array,
): number {
  let n = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const isNull = isNullField(block, row, column) ? 1 : 0;
    out[n] = row;
    n += isNull === wanted ? 1 : 0;
  }
  return n;
}
