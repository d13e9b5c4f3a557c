// Tests of compiled expressions: types, exactness, nulls, folding, time, errors of rows and of compiling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import { EXPRESSION_FUNCTIONS } from '../contract/expression-functions.ts';
import { parseExpression } from '../contract/expression-text.ts';
import { isNullValue, type Batch } from '../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { cellText } from '../table/cell-text.ts';
import { parseTypeName, typeName, type DataType } from '../table/data-type.ts';
import { textBlockOf } from '../table/text-block.ts';
import { compileExpression } from './compile.ts';
import { DEFINED_FUNCTIONS } from './functions.ts';

const STARTED = Date.UTC(2026, 10, 21, 9);

const type = (name: string): DataType => parseTypeName(name)!;

function textBatch(columns: [string, string][], rows: (string | null)[][]): Batch {
  return {
    schema: schemaOf(columns.map(([name, t]) => [name, type(t)])),
    rowCount: rows.length,
    selection: null,
    columns: columns.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, columns.length),
  };
}

function run(text: string, batch: Batch, timeZone = 'UTC') {
  const errors: string[] = [];
  const compiled = compileExpression(parseExpression(text), batch.schema, {
    timeZone,
    startedAtMs: STARTED,
    onError: (_, row, sentence) => errors.push(`${row}: ${sentence}`),
  });
  const column = compiled.evaluate(batch);
  const shown: Batch = {
    schema: schemaOf([['x', compiled.type]]),
    rowCount: batch.rowCount,
    selection: null,
    columns: [column],
    block: null,
  };
  const values = Array.from({ length: batch.rowCount }, (_, row) =>
    compiled.type.kind === 'null' || isNullValue(column, row) ? null : cellText(shown, row, 0),
  );
  return { type: typeName(compiled.type), values, errors };
}

const one = textBatch([['one', 'int64']], [['1']]);
const valueOf = (text: string, timeZone?: string): string | null =>
  run(text, one, timeZone).values[0]!;

function failure(text: string, batch: Batch = one): ExportError {
  try {
    run(text, batch);
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the catalogue of functions', () => {
  it('has every function once, and no other', () => {
    const names = EXPRESSION_FUNCTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const own = ['if', 'coalesce', 'nullif', 'cast', 'try_cast'];
    expect(names.toSorted()).toEqual([...DEFINED_FUNCTIONS, ...own].toSorted());
  });

  it.each(EXPRESSION_FUNCTIONS.map((each) => [each.example.text, each] as const))(
    'computes %s',
    (_, { name, signature, help, example }) => {
      expect(signature.startsWith(`${name}(`)).toBe(true);
      expect(help).toMatch(/\.$/);
      expect(example.text).toContain(`${name}(`);
      const { values, errors } = run(example.text, one);
      expect(errors).toEqual([]);
      expect(values[0] ?? 'null').toBe(example.result);
    },
  );
});
