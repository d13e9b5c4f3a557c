// The validate step: each rule finds what it should, keys come once whether they fit into memory or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Loss, Reject } from '../../contract/report.ts';
import { memoryScratch } from '../../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, parseTypeName, UTF8, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { validateOptions } from './options.ts';

type Cell = string | null;

async function validate(batches: Batch[], given: Record<string, unknown>, memoryBytes = 1 << 28) {
  const parsed = validateOptions.parse(given);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const losses: Loss[] = [];
  const rejects: Reject[] = [];
  const memory = memoryScratch(memoryBytes);
  let files = 0;
  const transform = open(
    transformContext(parsed.value, batches[0]!.schema, {
      scratch: {
        memoryBytes,
        create() {
          files++;
          return memory.create();
        },
      },
      lose: (loss) => losses.push(loss),
      reject: (reject) => rejects.push(reject),
    }),
  );
  const input = (async function* () {
    yield* batches;
  })();
  const rows: Cell[][] = [];
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  return { rows, losses, rejects, files, transform };
}

const text = (types: Record<string, string>, rows: Cell[][]): Batch => ({
  schema: schemaOf(
    Object.entries(types).map(([name, type]) => [name, parseTypeName(type)!]),
    'inferred',
  ),
  rowCount: rows.length,
  selection: null,
  columns: Object.keys(types).map((_, index) => ({ storage: 'text', index })),
  block: textBlockOf(rows, Object.keys(types).length),
});

const one = (type: string, ...cells: Cell[]): Batch =>
  text(
    { x: type },
    cells.map((cell) => [cell]),
  );

describe('validate', () => {
  it.each([
    ['utf8', { required: true }, ['', null, 'a'], ['required'], [null]],
    ['int64', { min: 0, max: '10' }, ['-1', '007', '11', null], ['min', 'max'], ['-1', '11']],
    ['decimal(9,2)', { min: '-1.5' }, ['-1.50', '-1.51'], ['min'], ['-1.51']],
    ['float64', { max: -2.5 }, ['-3', '2'], ['max'], ['2']],
    ['date', { min: '2026-01-01' }, ['2025-12-31', '2026-01-01'], ['min'], ['2025-12-31']],
    ['utf8', { pattern: '^\\d{2}$' }, ['12', '123', null], ['pattern'], ['123']],
    ['int64', { pattern: '^\\d$' }, ['7', '12'], ['pattern'], ['12']],
    ['utf8', { values: ['a', ''] }, ['a', '', 'b', null], ['values'], ['b']],
    ['int64', { values: [1, '2'] }, ['01', '2', '3'], ['values'], ['3']],
    [
      'utf8',
      { minLength: 2, maxLength: 3 },
      ['😀', '😀é', 'abcd'],
      ['min-length', 'max-length'],
      ['😀', 'abcd'],
    ],
    ['utf8', { type: 'date' }, ['2026-02-28', '2026-02-30', null], ['type'], ['2026-02-30']],
  ] as [string, Record<string, unknown>, Cell[], string[], Cell[]][])(
    'finds in %s what breaks %o',
    async (type, rules, cells, codes, broken) => {
      const { rows, rejects } = await validate([one(type, ...cells)], { columns: { x: rules } });
      expect(rejects.map(({ code }) => code)).toEqual(codes.map((code) => `validate.${code}`));
      expect(rejects.map(({ line }) => cells[line - 1])).toEqual(broken);
      expect(rejects.every(({ column, row, line }) => column === 'x' && row === line - 1)).toBe(
        true,
      );
      expect(rows.flat()).toEqual(cells.filter((cell) => !broken.includes(cell)));
    },
  );

  it('takes what is no value of its type for broken, and goes on with the others', async () => {
    const batch = text({ n: 'int64', m: 'int64' }, [
      ['x', '5'],
      ['3', '5'],
      ['9', 'y'],
      ['1', '2'],
    ]);
    const rules = { columns: { n: { max: 5 } }, rules: { 'in order': 'n < m' } };
    const rejecting = await validate([batch], rules);
    expect(rejecting.rejects.map(({ code, line }) => `${line} ${code}`)).toEqual([
      '1 validate.type',
      '3 validate.type',
    ]);
    const { rows, losses } = await validate([batch], { ...rules, action: 'report' });
    expect(rows).toHaveLength(4);
    expect(
      losses.map(({ code, column, count, example }) => [code, column, count, example]),
    ).toEqual([
      ['validate.type', 'n', 1, 'x (line 1)'],
      ['validate.type', 'm', 1, 'y (line 3)'],
      ['validate.max', 'n', 1, '9 (line 3)'],
    ]);
  });

  it('holds rows against conditions: false is broken, unknown is not', async () => {
    const batch = text({ a: 'int64', b: 'int64' }, [
      ['1', '2'],
      ['2', '1'],
      [null, '1'],
    ]);
    const { rejects } = await validate([batch], { rules: ['a <= b'] });
    expect(rejects.map(({ line, sentence }) => [line, sentence])).toEqual([
      [2, 'The rule “a <= b” is broken.'],
    ]);
  });

  it('stops the export at the first broken rule', async () => {
    const fails = { action: 'fail', columns: { x: { required: true } }, unique: ['x'] };
    await expect(validate([one('utf8', 'a', null)], fails)).rejects.toThrow(
      'Line 2: “x” is missing.',
    );
    await expect(validate([one('utf8', 'a', 'b', 'a')], fails)).rejects.toThrow(
      'Line 3: “a” in “x” came before.',
    );
    expect((await validate([one('utf8', 'a', 'b')], fails)).rows).toHaveLength(2);
  });

  const schema: Schema = schemaOf([
    ['k', UTF8],
    ['n', INT64],
    ['row', INT64],
  ]);

  it('lets each key through once, in order, rows put aside or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.option(fc.constantFrom('', 'a', 'b', 'a\0'), { freq: 8 }),
            fc.option(fc.integer({ min: 0, max: 12 }), { freq: 8 }),
          ),
          { maxLength: 150 },
        ),
        async (cells) => {
          const rows = cells.map((row, i): Value[] => [...row, BigInt(i)]);
          const batches = [0, 40, 80, 120].map((at) => batchOf(schema, rows.slice(at, at + 40)));
          const seen = new Set<string>();
          const kept: number[] = [];
          const broken: number[] = [];
          for (const [i, [k, n]] of cells.entries()) {
            const key = JSON.stringify([k, n]);
            const isWhole = k !== null && n !== null;
            (isWhole && seen.has(key) ? broken : kept).push(i);
            if (isWhole) seen.add(key);
          }
          for (const memoryBytes of [1 << 28, 1_000, 10]) {
            const options = { unique: [['k', 'n']] };
            const found = await validate(batches, options, memoryBytes);
            expect(found.rows.map((row) => Number(row[2]))).toEqual(kept);
            expect(found.rejects.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(broken);
            const told = await validate(batches, { ...options, action: 'report' }, memoryBytes);
            expect(told.rows).toHaveLength(cells.length);
            expect(told.losses.reduce((sum, { count }) => sum + count, 0)).toBe(broken.length);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('puts rows aside where there are many keys', async () => {
    const batches = Array.from({ length: 20 }, (_, b) =>
      batchOf(
        schema,
        Array.from({ length: 500 }, (_row, i): Value[] => {
          const n = b * 500 + i;
          return [`key ${n % 9_000}`, 1n, BigInt(n)];
        }),
      ),
    );
    const { rows, rejects, files } = await validate(batches, { unique: ['k', 'row'] }, 300_000);
    expect(files).toBeGreaterThan(1);
    expect(rows.map((row) => Number(row[2]))).toEqual(Array.from({ length: 9_000 }, (_, i) => i));
    expect(rejects).toHaveLength(1_000);
    expect(rejects.every(({ row, code }) => row >= 9_000 && code === 'validate.unique')).toBe(true);
  });

  it('asks for what it looks at, and says what is wrong with the rules', async () => {
    const batch = text({ a: 'int64', b: 'int64', c: 'utf8' }, []);
    const { transform } = await validate([batch], { rules: ['b > 1'], unique: ['c'] });
    expect(transform.needs!(new Set())).toEqual(new Set([1, 2]));
    await expect(validate([batch], { columns: { d: { required: true } } })).rejects.toThrow('“d”');
    await expect(validate([batch], { rules: ['a +'] })).rejects.toMatchObject({
      code: 'filter.syntax',
    });
    await expect(validate([batch], { columns: { c: { pattern: '(' } } })).rejects.toMatchObject({
      code: 'filter.wrong-pattern',
    });
    expect(validateOptions.parse({ columns: { a: { minimum: 1 } } }).issues).toHaveLength(1);
  });
});
