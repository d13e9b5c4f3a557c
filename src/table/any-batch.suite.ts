// Batches for property tests: columns of many types, as text and typed, in several dialects, some rows not selected.
import fc from 'fast-check';
import { selectedCount, selectedRow, type Batch, type Column } from './batch.ts';
import { batchOf, schemaOf, type NestedValue } from './builders.ts';
import { cellText } from './cell-text.ts';
import { type DataType, INT64, type Schema, UTF8 } from './data-type.ts';
import { textBlockOf, type TextBlock } from './text-block.ts';

export const word = fc.constantFrom(
  '',
  'a',
  'say "x"',
  'a,b',
  'two\nlines',
  'é😀',
  '\r',
  'cr\r',
  'x;y',
);
const types: [DataType, fc.Arbitrary<NestedValue>][] = [
  [UTF8, word],
  [INT64, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  [{ kind: 'bool' }, fc.boolean()],
  [{ kind: 'null' }, fc.constant(null)],
  [{ kind: 'float', bits: 64 }, fc.double()],
  [{ kind: 'int', bits: 8, signed: true }, fc.integer({ min: -128, max: 127 })],
  [
    { kind: 'decimal', precision: 38, scale: 3 },
    fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
  ],
  [{ kind: 'dictionary', index: 8, value: UTF8 }, word],
  [{ kind: 'list', item: { kind: 'list', item: UTF8 } }, fc.array(fc.option(fc.array(word)))],
  [
    {
      kind: 'struct',
      fields: schemaOf([
        ['a', { kind: 'bool' }],
        ['b', { kind: 'dictionary', index: 16, value: INT64 }],
      ]).fields,
    },
    fc.tuple<[NestedValue, NestedValue]>(
      fc.option(fc.boolean()),
      fc.option(fc.bigInt({ min: 0n, max: 3n })),
    ),
  ],
  [{ kind: 'map', key: UTF8, value: INT64 }, fc.array(fc.tuple(word, fc.constant(1n)))],
];
export const MIXED_SCHEMA: Schema = schemaOf([
  ...types.map(([type], i): [string, DataType] => [`typed${i}`, type]),
  ['text', UTF8],
  ['again', UTF8],
  ['other', UTF8],
]);

type Dialect = { delimiter: string; quote: string; quoteAll: boolean; crlf: boolean };
export const anyDialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';'),
  quote: fc.constantFrom('"', "'"),
  quoteAll: fc.boolean(),
  crlf: fc.boolean(),
});

/** The block with CR before every line end, as many files have it. */
export function withCr(block: TextBlock): TextBlock {
  const rows: number[] = [];
  const ends = new Uint32Array(block.ends.length);
  let from = 0;
  for (let i = 0; i < block.ends.length; i++) {
    const end = block.ends[i]!;
    rows.push(...block.bytes.subarray(from, end));
    if (i % block.columnCount === block.columnCount - 1) rows.push(13);
    ends[i] = rows.length;
    rows.push(block.bytes[end]!);
    from = end + 1;
  }
  return { ...block, bytes: Uint8Array.from(rows), ends };
}

export interface Made {
  batch: Batch;
  cells: (string | null)[][];
}

export const anyBatch: fc.Arbitrary<Made> = fc
  .record({
    rows: fc.array(
      fc.tuple(
        ...types.map(([, values]) => fc.option(values)),
        fc.option(word),
        fc.option(word),
      ) as fc.Arbitrary<NestedValue[]>,
      { minLength: 1, maxLength: 12 },
    ),
    dialect: anyDialect,
    picks: fc.option(fc.array(fc.nat(), { maxLength: 8 })),
    isTyped: fc.boolean(),
  })
  .map(({ rows, dialect, picks, isTyped }) => {
    const typed = batchOf(
      MIXED_SCHEMA,
      rows.map((row) => [...row.slice(0, -1), row.at(-2)!, row.at(-1)!]),
    );
    const plain = textBlockOf(
      rows.map((row) => [row.at(-1) as string | null, 'unused', row.at(-2) as string | null]),
      3,
      dialect,
    );
    const text = (index: number): Column => ({ storage: 'text', index });
    const columns = [...typed.columns.slice(0, types.length), text(2), text(2), text(0)];
    const selection =
      picks === null ? null : Uint32Array.from(new Set(picks.map((p) => p % rows.length))).sort();
    const batch: Batch = isTyped
      ? { ...typed, selection }
      : { ...typed, columns, block: dialect.crlf ? withCr(plain) : plain, selection };
    return { batch, cells: cellsOf(batch) };
  });

/** All physical rows as text. */
export function cellsOf(batch: Batch): (string | null)[][] {
  return Array.from({ length: batch.rowCount }, (_, row) =>
    batch.columns.map((_column, c) => cellText(batch, row, c)),
  );
}

export const selectedCells = ({ batch, cells }: Made): (string | null)[][] =>
  Array.from({ length: selectedCount(batch) }, (_, i) => cells[selectedRow(batch, i)]!);
