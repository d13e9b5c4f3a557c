// The split step: parts as a plain cut gives them, what is left over by policy.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { splitOptions } from './options.ts';

const schema = schemaOf([
  ['before', INT64],
  ['x', UTF8],
  ['after', UTF8],
]);

async function split(texts: (string | null)[], given: Record<string, unknown>) {
  const parsed = splitOptions.parse({ column: 'x', names: ['a', 'b'], ...given });
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  const losses: Loss[] = [];
  const rejects: Reject[] = [];
  const transform = open(
    transformContext(parsed.value, schema, {
      lose: (loss) => losses.push(loss),
      reject: (reject) => rejects.push(reject),
    }),
  );
  const input = (async function* () {
    yield batchOf(
      schema,
      texts.map((text, i) => [BigInt(i), text, 'z']),
    );
  })();
  const rows: (string | null)[][] = [];
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  const names = transform.schema.fields.map(({ name }) => name);
  return { rows, names, losses, rejects, transform, parts: rows.map((row) => row.slice(1, -1)) };
}

describe('split', () => {
  it('cuts at a delimiter, whatever is left over in the last part', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '-', '>', '😀') }), { minLength: 1 }),
        fc.constantFrom('-', '->', '😀'),
        async (texts, delimiter) => {
          const { parts } = await split(texts, { delimiter });
          expect(parts).toEqual(
            texts.map((text) => {
              const [first, ...others] = text.split(delimiter);
              return [first, others.length === 0 ? null : others.join(delimiter)];
            }),
          );
        },
      ),
    );
  });

  it('puts the parts where the column stood, or behind it', async () => {
    const { rows, names, transform } = await split(['1,2', null, ''], {});
    expect(names).toEqual(['before', 'a', 'b', 'after']);
    expect(rows).toEqual([
      ['0', '1', '2', 'z'],
      ['1', null, null, 'z'],
      ['2', '', null, 'z'],
    ]);
    expect([...transform.needs!(new Set([0, 3]))]).toEqual([1, 0, 2]);
    const kept = await split(['1 , 2'], { keep: true, trim: true });
    expect(kept.names).toEqual(['before', 'x', 'a', 'b', 'after']);
    expect(kept.rows).toEqual([['0', '1 , 2', '1', '2', 'z']]);
    expect([...kept.transform.needs!(new Set([1, 4]))]).toEqual([1, 2]);
  });

  it('cuts by a pattern, into its groups, and at widths', async () => {
    const between = await split(['a1b22c', '12', 'x'], { by: 'pattern', pattern: '\\d*' });
    expect(between.parts).toEqual([
      ['a', 'b22c'],
      ['', ''],
      ['x', null],
    ]);
    const groups = { by: 'groups', pattern: '^(\\d+)\\s*(kg|g)?$' };
    const grouped = await split(['12 kg', '7', 'kg'], groups);
    expect(grouped.parts).toEqual([
      ['12', 'kg'],
      ['7', null],
      [null, null],
    ]);
    expect(grouped.losses).toMatchObject([{ code: 'split.no-match', count: 1, example: 'kg' }]);
    const widths = await split(['😀bcd', 'a', '', 'abc'], { by: 'widths', widths: [2, 1] });
    expect(widths.parts).toEqual([
      ['😀b', 'cd'],
      ['a', null],
      ['', null],
      ['ab', 'c'],
    ]);
  });

  it('leaves out, lists or refuses what is left over', async () => {
    const texts = ['1,2,3', '1,2', '4,5,'];
    const dropped = await split(texts, { rest: 'drop' });
    expect(dropped.parts).toEqual([
      ['1', '2'],
      ['1', '2'],
      ['4', '5'],
    ]);
    expect(dropped.losses).toMatchObject([{ code: 'split.rest-dropped', count: 2 }]);
    const rejected = await split(texts, { rest: 'reject' });
    expect(rejected.parts).toEqual([['1', '2']]);
    expect(rejected.rejects.map(({ row, value }) => [row, value])).toEqual([
      [0, '1,2,3'],
      [2, '4,5,'],
    ]);
    await expect(split(texts, { rest: 'fail' })).rejects.toThrow('has more parts than');
  });

  it('needs a name for each part', async () => {
    await expect(split([], { names: [] })).rejects.toThrow('what the parts are called');
    await expect(split([], { by: 'widths', widths: [1] })).rejects.toThrow('1 widths, but 2 names');
    await expect(split([], { by: 'groups', pattern: '(a)' })).rejects.toThrow('1 groups');
    await expect(split([], { by: 'groups', pattern: '(' })).rejects.toMatchObject({
      code: 'filter.wrong-pattern',
    });
  });
});
