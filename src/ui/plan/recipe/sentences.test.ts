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
  ['split', { column: { name: 'a', nth: 1 }, names: ['x', 'y'] }, 'Split a #2 into x and y'],
  ['split', {}, 'Split: no column yet'],
  ['join-columns', { columns: ['a', 'b'], name: 'c' }, 'Join a and b to c'],
  ['join-columns', {}, 'Join columns: none yet'],
  ['flatten', {}, 'Take apart all records'],
  ['flatten', { columns: ['a'] }, 'Take apart a'],
  ['unnest', {}, 'Unnest: no column yet'],
  ['unnest', { column: 'a' }, 'A row for each element of a'],
  ['unpivot', { keep: ['id'], name: 'month' }, 'All but id become rows of month, value'],
  ['unpivot', { columns: ['jan', 'feb'] }, 'jan and feb become rows of name, value'],
  [
    'top',
    { count: 3, groups: ['a'], by: [{ column: 'n', order: 'descending' }] },
    'The first 3\u00a0rows of each a by n descending',
  ],
  ['top', {}, 'The first 10\u00a0rows'],
  ['validate', {}, 'Validate: no rule yet'],
  [
    'validate',
    { columns: { a: { required: true } }, unique: [['b', 'c']], rules: ['d > 1'], action: 'fail' },
    'Check a, that b, c is unique and d > 1; stop at rows that break a rule',
  ],
  ['mask', { columns: [{ column: { name: 'email' }, method: 'hmac' }] }, 'Mask email'],
  ['cast', { columns: [{ column: 'a', type: 'date' }, { column: 'b' }] }, 'Types of a and b'],
  [
    'top',
    { count: 3, by: [{ column: { name: 'n' } }], groups: [{ name: 'g' }] },
    'The first 3\u00a0rows of each g by n',
  ],
  ['split', { column: { name: 'a' } }, 'Split a into no column yet'],
])('%s %j', (kind, options, sentence) => {
  expect(say(kind, options)).toBe(sentence);
});

test('no step says a word of how objects look to a program', () => {
  for (const { id } of transforms) expect(say(id, {})).not.toMatch(/object|undefined|null|\{/);
});
