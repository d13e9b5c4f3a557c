// Runs the shared suite over every transform of the registry.
import { expect, it } from 'vitest';
import { transforms } from './registry.ts';
import { testTransform } from './transform.suite.ts';

/** Options worth a run of the suite beside the defaults, by transform. */
const optionSets = new Map<string, Record<string, unknown>[]>([
  [
    'filter',
    [
      { where: "id > -1 and (name = 'a' or not (name#2 contains 'x'))" },
      { where: { op: 'is-null', column: '__proto__' } },
      { where: { op: '!=', column: '', value: 'a,b', ignoreCase: true } },
      { where: "id <= \"__proto__\" or upper(name) || 'x' in ('AX', name#2 || 'x')" },
    ],
  ],
  [
    'select',
    [
      { include: ['name', 'id'], rename: { id: 'number' } },
      { exclude: [{ name: 'name', nth: 1 }], order: ['__proto__', ''] },
    ],
  ],
  [
    'aggregate',
    [
      {
        groups: 'name, ""',
        measures: 'count(), count(id), sum(id), avg(id), min(name), max(name#2)',
      },
      { groups: ['__proto__'], measures: 'sum(id) as s', having: 's > 0' },
      { groups: 'id, name#2' },
      {
        groups: 'name',
        measures:
          'count-distinct(name#2), mode(id), first(name#2), last(id), p40(id), stddev(id), approx-count-distinct(id)',
        subtotals: 'rollup',
      },
    ],
  ],
  ['top', [{ count: 2, by: 'id desc, ""', groups: ['name'] }, { count: 3 }]],
  ['unpivot', [{ columns: ['id', '__proto__'] }, { keep: ['name'], nulls: 'drop', name: 'id' }]],
  ['pivot', [{ column: 'name', measures: 'count(), sum(id)', values: ['a', 'A'], rows: 'name#2' }]],
  ['distinct', [{ by: ['name'] }, { by: ['id', ''], keep: 'last' }]],
  [
    'sample',
    [
      { method: 'percent', percent: 50 },
      { method: 'every', every: 3 },
      { method: 'count', count: 4 },
    ],
  ],
  [
    'sort',
    [
      { by: ['name'] },
      {
        by: [
          { column: 'id', order: 'descending', nulls: 'first' },
          'name',
          { column: { name: 'name', nth: 1 } },
        ],
      },
      { by: ['', '__proto__'], text: 'locale', locale: 'sv' },
    ],
  ],
  [
    'derive',
    [
      {
        columns: [
          { name: 'sum', expression: 'id + "__proto__"', before: 'name' },
          { name: 'text', expression: "upper(name) || ':' || coalesce(name#2, '' || sum)" },
          { name: 'id', expression: "if(id = 0, null, '' || id)", replace: 'id' },
        ],
      },
      { columns: { share: "'' || 7 / id" }, onError: 'reject' },
      { columns: { big: 'cast(id as int32)' }, onError: 'null' },
    ],
  ],
  [
    'mask',
    [
      { columns: { id: 'redact', name: { method: 'redact', text: null }, ['__proto__']: 'hash' } },
      {
        columns: [
          { column: 'name', method: 'partial', first: 1, last: 1 },
          { column: { name: 'name', nth: 1 }, method: 'hmac', length: 16 },
          { column: '', method: 'pseudonym' },
          { column: 'id', method: 'generalise', step: 10 },
        ],
      },
    ],
  ],
  [
    'union',
    [
      { with: ['b', 'c'], columns: 'same' },
      { with: 'b', columns: 'first', nameColumn: '__proto__' },
    ],
  ],
  [
    'join',
    [
      { with: 'b', on: 'id' },
      { with: 'b', on: 'name, id = "__proto__"', kind: 'left', prefix: 'b_' },
      {
        with: 'b',
        on: [{ left: 'id', right: 'id' }],
        many: 'first',
        columns: [{ name: 'name', nth: 1 }],
      },
      { with: 'b', on: 'name = name', kind: 'semi' },
      { with: 'b', on: '__proto__ = id', kind: 'anti' },
    ],
  ],
  [
    'cast',
    [
      { columns: { id: 'utf8', name: 'json' } },
      { columns: [{ column: { name: '', nth: 0 }, type: 'int8' }], onMisfit: 'null' },
      { columns: { id: 'bool', ['__proto__']: 'float64' } },
      {
        columns: [
          { column: 'name', nullTexts: ['a'] },
          { column: 'id', type: 'int16' },
        ],
      },
    ],
  ],
  [
    'split',
    [
      { column: 'name', names: ['a', 'b'], keep: true },
      { column: '', names: ['__proto__'], by: 'pattern', pattern: '[x ,]+', rest: 'reject' },
      { column: 'name', names: ['a', 'b'], by: 'groups', pattern: '(.)(.*)', trim: true },
      {
        column: { name: 'name', nth: 1 },
        names: ['a', 'b'],
        by: 'widths',
        widths: [1, 2],
        rest: 'drop',
      },
    ],
  ],
  [
    'join-columns',
    [
      { columns: ['name', 'id'] },
      {
        columns: ['__proto__', '', { name: 'name', nth: 1 }],
        nulls: 'null',
        keep: true,
        separator: '\u{1f600}',
      },
      { columns: ['id', 'id'], nulls: 'empty', name: '__proto__' },
    ],
  ],
  [
    'replace-values',
    [
      { columns: { name: { a: 'b', A: null, ['__proto__']: '' }, id: { '0': '00', '7': '8' } } },
      { columns: [{ column: 'id', values: [{ from: null, to: 'none' }], other: 'null' }] },
      { columns: [{ column: '__proto__', values: { '07': '9' }, match: 'value' }] },
    ],
  ],
  [
    'validate',
    [
      {
        columns: {
          id: { required: true, min: 0, max: '7' },
          name: { pattern: '^[aA]', maxLength: 3 },
        },
      },
      { columns: [{ column: '', values: ['a', 'A'], type: 'int8' }], action: 'report' },
      { unique: ['name', ['id', '__proto__']] },
      { unique: ['id'], rules: ['id < "__proto__"'], action: 'report' },
    ],
  ],
  ['limit', [{ limit: 7 }, { limit: 0 }, { offset: 4 }, { limit: 5, offset: 3 }]],
]);

it('names each transform once', () => {
  const ids = transforms.map((card) => card.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...optionSets.keys()]));
});

for (const card of transforms) testTransform(card, optionSets.get(card.id) ?? []);
