// Each step says what it does, however its options are written.
import { expect, test } from 'vitest';
import { deliveries } from '../../../deliveries/registry.browser.ts';
import { catalogue } from '../../../engine/catalogue.ts';
import { builtInPlugins } from '../../../engine/plugins.ts';
import { stepSentence } from './sentences.ts';

const { transforms } = catalogue(builtInPlugins(deliveries));
const say = (kind: string, options: Record<string, unknown>) =>
  stepSentence(
    { id: kind, kind, enabled: true, options },
    transforms.find(({ id }) => id === kind),
  );

test.each([
  ['filter', { where: 'a > 1' }, 'Filter: a > 1'],
  ['limit', { limit: 5, offset: 2 }, 'Skip 2\u00a0rows, then at most 5\u00a0rows'],
  [
    'sort',
    { by: ['a', { column: { name: 'b', nth: 1 }, order: 'descending' }] },
    'Sort by a, b #2 descending',
  ],
  ['sort', { by: 'a desc' }, 'Sort by a desc'],
  ['distinct', { by: ['a'], keep: 'last' }, 'Keep the last of rows that are the same in a'],
  ['sample', { method: 'every', every: 7 }, 'Keep one row of every 7'],
  ['join', {}, 'Join: no other data yet'],
  [
    'join',
    { with: 'b', on: ['k', { left: { name: 'x' }, right: { name: 'y', nth: 1 } }], kind: 'left' },
    'Join b by k and x = y #2, keep all rows',
  ],
  ['join', { with: 'b', on: 'k', kind: 'anti' }, 'Keep rows that b lacks by k'],
  ['union', { with: 'b' }, 'Put the rows of b below'],
  ['union', { with: ['b', 'c'] }, 'Put the rows of b and c below'],
  ['select', { exclude: ['a', 'b'], rename: { c: 'd' } }, 'Columns: 2 left out, 1 renamed'],
  ['derive', { columns: { total: 'a + b' } }, 'Compute total'],
  [
    'aggregate',
    {
      groups: ['a', { column: 'at', bucket: { unit: 'minute', count: 15 } }],
      measures: [{ op: 'count' }, { op: 'percentile', p: 95, column: { name: 'n' } }],
    },
    'Count and percentile 95 of n by a and 15 minutes of at',
  ],
  [
    'pivot',
    { rows: ['a'], column: { name: 'b' }, measures: [{ op: 'sum', column: 'n' }] },
    'A column for each b, a row for each a: sum of n',
  ],
  ['mask', { columns: [{ column: { name: 'email' }, method: 'hmac' }] }, 'Mask email'],
  ['cast', { columns: [{ column: 'a', type: 'date' }, { column: 'b' }] }, 'Types of a and b'],
  [
    'top',
    { count: 3, by: [{ column: { name: 'n' } }], groups: [{ name: 'g' }] },
    'Top rows: how many 3 rows, first by n, of each g',
  ],
  ['split', { column: { name: 'a' } }, 'Split: column a'],
])('%s %j', (kind, options, sentence) => {
  expect(say(kind, options)).toBe(sentence);
});

test('no step says a word of how objects look to a program', () => {
  for (const { id } of transforms) expect(say(id, {})).not.toMatch(/object|undefined|null|\{/);
});
