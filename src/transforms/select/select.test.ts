// Tests of the select step: which columns come out, under which names, and which wishes contradict each other.
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import type { Batch } from '../../table/batch.ts';
import { schemaOf } from '../../table/builders.ts';
import { UTF8, type Schema } from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { open } from './apply.ts';
import { selectOptions } from './options.ts';
import { transformContext } from '../transform.suite.ts';

const schemaNamed = (...names: string[]): Schema => schemaOf(names.map((name) => [name, UTF8]));

function transformOf(schema: Schema, options: unknown) {
  const parsed = selectOptions.parse(options);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  return open(transformContext(parsed.value, schema));
}

/** New names with the positions the columns had: `b1` is the second column, now called b. */
async function arranged(schema: Schema, options: unknown): Promise<string[]> {
  const transform = transformOf(schema, options);
  const batch: Batch = {
    schema,
    rowCount: 1,
    selection: null,
    columns: schema.fields.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf([schema.fields.map(() => 'x')], schema.fields.length),
  };
  const input = (async function* () {
    yield batch;
  })();
  for await (const out of transform.apply(input)) {
    expect(out.block).toBe(batch.block);
    return out.columns.map((column, i) => {
      if (column.storage !== 'text') throw new Error('text expected');
      return transform.schema.fields[i]!.name + column.index;
    });
  }
  return [];
}

function failure(schema: Schema, options: unknown): ExportError {
  try {
    transformOf(schema, options);
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('select', () => {
  const abcd = schemaNamed('a', 'b', 'c', 'd');

  it('includes, excludes, orders and renames, in this order', async () => {
    expect(await arranged(abcd, {})).toEqual(['a0', 'b1', 'c2', 'd3']);
    expect(await arranged(abcd, { include: [] })).toHaveLength(4);
    expect(await arranged(abcd, { include: ['d', 'a'] })).toEqual(['d3', 'a0']);
    expect(await arranged(abcd, { exclude: ['b'] })).toEqual(['a0', 'c2', 'd3']);
    expect(await arranged(abcd, { order: ['d', 'c'] })).toEqual(['d3', 'c2', 'a0', 'b1']);
    expect(
      await arranged(abcd, { include: ['a', 'b', 'c'], order: ['c'], rename: { c: 'z', a: 'c' } }),
    ).toEqual(['z2', 'c0', 'b1']);
  });

  it('names all that go on by a list of headers', async () => {
    expect(await arranged(abcd, { exclude: ['b'], order: ['d'], headers: ['x', 'x', ''] })).toEqual(
      ['x3', 'x0', '2'],
    );
    expect(await arranged(abcd, { headers: [] })).toEqual(['a0', 'b1', 'c2', 'd3']);
  });

  it('tells repeated, empty and hostile names apart', async () => {
    const schema = schemaNamed('x', 'x', '', '__proto__', 'X', 'constructor');
    expect(await arranged(schema, { include: ['x'] })).toEqual(['x0', 'x1']);
    expect(await arranged(schema, { include: [{ name: 'x', nth: 1 }, ''] })).toEqual(['x1', '2']);
    expect(await arranged(schema, { exclude: ['x', 'X'] })).toEqual([
      '2',
      '__proto__3',
      'constructor5',
    ]);
    const rename: unknown = JSON.parse('{"__proto__": "p", "": "empty", "constructor": ""}');
    expect(await arranged(schema, { rename })).toEqual(['x0', 'x1', 'empty2', 'p3', 'X4', '5']);
    expect(
      await arranged(schema, {
        rename: [
          { column: { name: 'x', nth: 1 }, name: '__proto__' },
          { column: 'X', name: 'x' },
        ],
      }),
    ).toEqual(['x0', '__proto__1', '2', '__proto__3', 'x4', 'constructor5']);
  });

  it('renames and orders those of a repeated name that are kept', async () => {
    const schema = schemaNamed('x', 'x', 'y');
    expect(
      await arranged(schema, {
        exclude: [{ name: 'x', nth: 0 }],
        order: ['y', 'x'],
        rename: { x: 'z' },
      }),
    ).toEqual(['y2', 'z1']);
  });

  it('names unknown columns and the known ones', () => {
    for (const option of ['include', 'exclude', 'order'])
      expect(failure(abcd, { [option]: ['e'] }).message).toBe('There is no column “e”.');
    const error = failure(abcd, { rename: { e: 'f' } });
    expect(error.code).toBe('config.unknown-column');
    expect(error.hint).toBe('The columns are: a, b, c, d.');
    expect(failure(abcd, { include: [{ name: 'a', nth: 1 }] }).message).toContain('number 2');
  });

  it.each([
    [{ include: ['a', 'b'], exclude: ['b'] }, '“b” stands in “include” and in “exclude”'],
    [{ include: ['a', 'a'] }, 'named twice in “include”'],
    [{ order: ['a', { name: 'a', nth: 0 }] }, 'named twice in “order”'],
    [{ exclude: ['a'], order: ['a'] }, 'stands in “order”, but is left out'],
    [{ include: ['a'], rename: { b: 'c' } }, 'stands in “rename”, but is left out'],
    [{ exclude: ['a', 'b', 'c', 'd'] }, 'No column is left'],
    [{ headers: ['x'] }, '1 names for 4 columns'],
    [{ rename: { a: 'x' }, headers: ['a', 'b', 'c', 'd'] }, 'by “rename” and by “headers”'],
    [
      {
        rename: [
          { column: 'a', name: 'x' },
          { column: { name: 'a', nth: 0 }, name: 'y' },
        ],
      },
      'renamed twice',
    ],
  ])('reports the conflict in %j', (options, words) => {
    const error = failure(abcd, options);
    expect(error.code).toBe('config.conflict');
    expect(error.message).toContain(words);
  });

  it('takes 20,000 columns', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `c${i}`);
    const rename = names.map((column) => ({ column, name: `${column}!` }));
    const order = names.toReversed();
    const transform = transformOf(schemaNamed(...names), { order, rename });
    expect(transform.schema.fields[0]!.name).toBe('c19999!');
  });
});
