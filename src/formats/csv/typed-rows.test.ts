// The quick path of typed columns writes and counts what the cell-by-cell one does.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { FLOAT64, INT64, JSON_TEXT, UTF8, type DataType } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { encodeAll } from '../format.suite.ts';
import { csvFormat } from './format.ts';

const WORDS: DataType = { kind: 'dictionary', index: 32, value: UTF8 };
const TYPES: readonly DataType[] = [
  UTF8,
  WORDS,
  INT64,
  { kind: 'bool' },
  FLOAT64,
  JSON_TEXT,
  { kind: 'dictionary', index: 8, value: INT64 },
  { kind: 'timestamp', unit: 'ms', zone: 'UTC' },
];

const special = fc.constantFrom(
  '',
  ',',
  '"',
  '\r',
  '\n',
  '\t',
  "'",
  '=1',
  '-5',
  '-x',
  '\ufeffa',
  'NA',
);
const text = fc
  .array(
    fc.oneof(special, fc.string({ maxLength: 9 }), fc.string({ unit: 'grapheme', maxLength: 4 })),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));

function valueOf(type: DataType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'int':
    case 'timestamp':
      return fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    case 'bool':
      return fc.boolean();
    case 'float':
      return fc.oneof(
        fc.double(),
        fc.integer().map((n) => n / 100),
      );
    case 'json':
      return fc.oneof(
        fc.json(),
        text.map((t) => JSON.stringify(t)),
      );
    case 'dictionary':
      return valueOf(type.value);
    default:
      return text;
  }
}

const batches = fc
  .array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 })
  .chain((types) =>
    fc
      .array(fc.tuple(...types.map((type) => fc.option(valueOf(type), { freq: 6 }))), {
        minLength: 1,
        maxLength: 12,
      })
      .chain((rows) =>
        fc.tuple(
          fc.constant(batchOf(schemaOf(types.map((type, c) => [`c${c}`, type])), rows)),
          fc.option(fc.subarray(rows.map((_, row) => row))),
        ),
      ),
  )
  .map(([batch, rows]): Batch => {
    return rows === null ? batch : { ...batch, selection: Uint32Array.from(rows) };
  });

/** Of a batch with a block nobody uses each cell is written by itself. */
const cellByCell = (batch: Batch): Batch => ({
  ...batch,
  block: textBlockOf(
    Array.from({ length: batch.rowCount }, () => ['x']),
    1,
  ),
});

it.each([
  {},
  { quotes: 'minimal' },
  { headers: false },
  { delimiter: '\t' },
  { delimiter: ';', quoteChar: "'", lineTerminator: 'crlf' },
  { nullText: 'NA' },
  { formulaGuard: false, emptyText: 'bare' },
  { delimiter: '5' },
  { quotes: 'all' },
  { escape: '\\' },
])('%j', async (options) => {
  await fc.assert(
    fc.asyncProperty(batches, async (batch) => {
      const quick = await encodeAll(csvFormat, options, batch.schema, [batch]);
      const slow = await encodeAll(csvFormat, options, batch.schema, [cellByCell(batch)]);
      expect(quick.text).toBe(slow.text);
      expect(quick.losses).toEqual(slow.losses);
    }),
    { numRuns: 300 },
  );
});
