// The top step: the first rows of each group are those that sorting all of them would give, however little memory there is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { topOptions } from './options.ts';

const SCHEMA = schemaOf([
  ['g', UTF8],
  ['n', INT64],
  ['id', INT64],
]);

type Row = [g: string | null, n: bigint | null, id: bigint];

async function top(
  rows: Row[],
  options: Record<string, unknown>,
  memoryBytes = 1 << 28,
  cut = 7,
): Promise<{ rows: (string | null)[][]; sorted: number }> {
  const parsed = topOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  let filtered = 0;
  let early = 0;
  const transform = open(
    transformContext(parsed.value, SCHEMA, {
      scratch: memoryScratch(memoryBytes),
      filtered: (n) => void (filtered += n),
    }),
  );
  const input = (async function* (): AsyncGenerator<Batch> {
    for (let at = 0; at < rows.length; at += cut) yield batchOf(SCHEMA, rows.slice(at, at + cut));
    early = filtered;
  })();
  const out: (string | null)[][] = [];
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      out.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  expect(out.length + filtered).toBe(rows.length);
  return { rows: out, sorted: rows.length - early };
}

const order = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

it('gives what sorting all rows would give', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.constantFrom('a', 'b', '', null),
          fc.option(fc.bigInt({ min: -5n, max: 5n }), { freq: 6 }),
        ),
        { maxLength: 120 },
      ),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (pairs, count, isGrouped) => {
        const rows = pairs.map(([g, n], id): Row => [g, n, BigInt(id)]);
        const groups = new Map<string | null, Row[]>();
        for (const row of rows) {
          const key = isGrouped ? row[0] : null;
          groups.set(key, [...(groups.get(key) ?? []), row]);
        }
        const wanted = [...groups]
          .toSorted(([a], [b]) => order(a, b))
          .flatMap(([, members]) =>
            members
              .toSorted((a, b) =>
                a[1] === b[1] ? 0 : a[1] === null ? 1 : b[1] === null ? -1 : Number(b[1] - a[1]),
              )
              .slice(0, count),
          )
          .map((row) => row.map((cell) => (cell === null ? null : String(cell))));
        const options = { count, by: 'n desc', groups: isGrouped ? ['g'] : [] };
        expect((await top(rows, options)).rows).toEqual(wanted);
        expect((await top(rows, options, 500, 3)).rows).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

it('leaves most rows out as they come', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i): Row => [
    i % 2 === 0 ? 'a' : 'b',
    BigInt((i * 7919) % 5_003),
    BigInt(i),
  ]);
  const { rows: out, sorted } = await top(rows, { count: 3, by: 'n', groups: ['g'] }, 1 << 20, 500);
  expect(out.map(([g]) => g)).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  expect(sorted).toBeLessThan(100);
});

it('takes rows as they come where nothing says which are first', async () => {
  const rows: Row[] = [
    ['b', 1n, 0n],
    ['a', 2n, 1n],
    ['b', 3n, 2n],
  ];
  const { rows: out } = await top(rows, { count: 1, groups: ['g'] });
  expect(out.map(([, , id]) => id)).toEqual(['1', '0']);
});
