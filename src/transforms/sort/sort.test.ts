// The sort step: the order of values, stable, the same whether rows fit into memory or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, UTF8, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { sortOptions } from './options.ts';

async function sorted(
  batches: Batch[],
  options: Record<string, unknown>,
  memoryBytes = 1 << 28,
): Promise<{ rows: (string | null)[][]; files: number }> {
  const parsed = sortOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const memory = memoryScratch(memoryBytes);
  let files = 0;
  let openFiles = 0;
  const transform = open(
    transformContext(parsed.value, batches[0]!.schema, {
      scratch: {
        memoryBytes,
        async create() {
          files++;
          openFiles++;
          const file = await memory.create();
          return {
            get sizeBytes() {
              return file.sizeBytes;
            },
            write: (bytes) => file.write(bytes),
            read: (from, to) => file.read(from, to),
            readNow: (from, to) => file.readNow(from, to),
            async close() {
              openFiles--;
              await file.close();
            },
          };
        },
      },
    }),
  );
  const rows: (string | null)[][] = [];
  const input = (async function* () {
    yield* batches;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  expect(openFiles).toBe(0);
  return { rows, files };
}

/** One column of text with an inferred type. */
function textBatch(type: string, cells: (string | null)[]): Batch {
  const schema: Schema = {
    fields: [{ name: 'x', type: parseTypeName(type)!, nullable: true, origin: 'inferred' }],
  };
  return {
    schema,
    rowCount: cells.length,
    selection: null,
    columns: [{ storage: 'text', index: 0 }],
    block: textBlockOf(
      cells.map((cell) => [cell]),
      1,
    ),
  };
}

const values = async (
  type: string,
  cells: (string | null)[],
  options: Record<string, unknown> = {},
): Promise<(string | null)[]> =>
  (await sorted([textBatch(type, cells)], { by: ['x'], ...options })).rows.map(([cell]) => cell!);

describe('order', () => {
  it('is that of the type, texts staying as they were spelt', async () => {
    expect(await values('int64', ['10', '9', null, '-1', '007', '9223372036854775807'])).toEqual([
      '-1',
      '007',
      '9',
      '10',
      '9223372036854775807',
      null,
    ]);
    expect(await values('utf8', ['10', '9', null, '', 'a', 'B'])).toEqual([
      '',
      '10',
      '9',
      'B',
      'a',
      null,
    ]);
    expect(await values('decimal(10,2)', ['1.10', '1.1', '-3', '1.09'])).toEqual([
      '-3',
      '1.09',
      '1.10',
      '1.1',
    ]);
    expect(await values('date', ['2026-11-02', '1999-12-31', '2026-01-30'])).toEqual([
      '1999-12-31',
      '2026-01-30',
      '2026-11-02',
    ]);
  });

  it('descends with nulls where they are asked for', async () => {
    const by = [{ column: 'x', order: 'descending' }];
    expect(await values('int64', ['1', null, '3', '2'], { by })).toEqual(['3', '2', '1', null]);
    expect(await values('int64', ['1', null, '3'], { by: [{ ...by[0], nulls: 'first' }] })).toEqual(
      [null, '3', '1'],
    );
  });

  it('is written short too', () => {
    const by = sortOptions.parse({ by: 'total desc nulls first, "last ""n"", x" asc,plain name' });
    expect(by.value!.by).toEqual([
      { column: { name: 'total' }, order: 'descending', nulls: 'first' },
      { column: { name: 'last "n", x' }, order: 'ascending', nulls: 'last' },
      { column: { name: 'plain name' }, order: 'ascending', nulls: 'last' },
    ]);
    expect(sortOptions.parse({ by: '' }).value!.by).toEqual([]);
    expect(sortOptions.parse({ by: 'a,,b' }).value!.by).toHaveLength(1);
  });

  it('of a language', async () => {
    const names = ['Zebra', 'äpfel', 'apfel', 'Öl', 'file10', 'file2', null];
    expect(await values('utf8', names, { text: 'locale', locale: 'de' })).toEqual([
      'apfel',
      'äpfel',
      'file10',
      'file2',
      'Öl',
      'Zebra',
      null,
    ]);
    expect(await values('utf8', names, { text: 'locale', locale: 'sv', numeric: true })).toEqual([
      'apfel',
      'file2',
      'file10',
      'Zebra',
      'äpfel',
      'Öl',
      null,
    ]);
    expect(sortOptions.parse({ text: 'locale', locale: 'not a language' }).issues).toBeDefined();
  });

  it('ends with line and column where a text is no value of the type', async () => {
    await expect(values('int64', ['1', 'x'])).rejects.toMatchObject({
      code: 'step.misfit',
      parameters: { value: 'x', line: 2, column: 'x', type: 'int64' },
    });
  });

  it('by a column that is not there names those that are', async () => {
    await expect(values('int64', ['1'], { by: ['y'] })).rejects.toMatchObject({
      code: 'config.unknown-column',
    });
  });
});

describe('any number of rows', () => {
  const schema = schemaOf([
    ['k', UTF8],
    ['n', parseTypeName('float64')!],
    ['i', parseTypeName('int32')!],
  ]);

  it('gives what sorting in memory gives, rows put aside or not, equal keys in their order', async () => {
    const anyKey = fc.option(fc.constantFrom('', 'a', 'ab', 'b', 'ä', 'a\0', 'a\0b', '\u{10000}'));
    const anyNumber = fc.option(fc.constantFrom(-1, 0, -0, 1.5, Infinity, -Infinity, NaN));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyKey, anyNumber), { maxLength: 120 }),
        fc.constantFrom('code-point', 'locale'),
        fc.boolean(),
        async (cells, text, descends) => {
          const rows = cells.map((row, i): Value[] => [...row, i]);
          const batches = [batchOf(schema, rows.slice(0, 50)), batchOf(schema, rows.slice(50))];
          const options = {
            by: [{ column: 'k', order: descends ? 'descending' : 'ascending' }, 'n'],
            text,
          };
          const inMemory = await sorted(batches, options);
          const spilled = await sorted(batches, options, 1_000);
          expect(spilled.rows).toEqual(inMemory.rows);
          expect(inMemory.files).toBe(0);
          if (rows.length > 50) expect(spilled.files).toBeGreaterThan(0);
          const collator = new Intl.Collator('en');
          const bytes = (t: unknown): Buffer => Buffer.from(t as string);
          const byText = (a: unknown, b: unknown): number =>
            text === 'locale'
              ? collator.compare(a as string, b as string)
              : Buffer.compare(bytes(a), bytes(b));
          const byNumber = (a: number, b: number): number =>
            Number.isNaN(a)
              ? Number.isNaN(b)
                ? 0
                : 1
              : Number.isNaN(b)
                ? -1
                : a === b
                  ? 0
                  : a < b
                    ? -1
                    : 1;
          const nullsLast = <T>(a: T | null, b: T | null, by: (a: T, b: T) => number): number =>
            a === null ? (b === null ? 0 : 1) : b === null ? -1 : by(a, b);
          const wanted = rows.toSorted(
            (a, b) =>
              nullsLast(a[0], b[0], (x, y) => byText(x, y) * (descends ? -1 : 1)) ||
              nullsLast(a[1] as number | null, b[1] as number | null, byNumber) ||
              (a[2] as number) - (b[2] as number),
          );
          expect(inMemory.rows.map((row) => row[2])).toEqual(wanted.map((row) => String(row[2])));
        },
      ),
      { numRuns: 120 },
    );
  });

  it('sorts many keys that share long beginnings', async () => {
    const keys = Array.from({ length: 5_000 }, (_, i) => `a long beginning ${(i * 7919) % 5_000}`);
    const { rows } = await sorted(
      [
        batchOf(
          schema,
          keys.map((key) => [key]),
        ),
      ],
      { by: ['k'] },
    );
    expect(rows.map(([key]) => key)).toEqual(keys.toSorted());
  });
});
