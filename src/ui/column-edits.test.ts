// Edits of columns: kept whole while one part of them changes, and named as the source names its columns.
import { expect, test } from 'vitest';
import { editOf, ownRefOf, retyped, withoutSteps, withEdit, type Edit } from './column-edits.ts';

import { createConfig } from '../contract/config.ts';
import type { InspectedColumn } from '../contract/verbs.ts';

const GERMAN: Edit = {
  type: 'decimal(18,2)',
  onMisfit: 'null',
  numbers: { decimalSign: ',', groupSign: '.' },
  nullTexts: ['n/a'],
  name: 'price',
};

test('another type keeps what still says something of it', () => {
  expect(retyped(GERMAN, 'float64')).toEqual({ ...GERMAN, type: 'float64' });
  const { numbers: _, ...others } = GERMAN;
  expect(retyped(GERMAN, 'date')).toEqual({ ...others, type: 'date' });
  expect(retyped(GERMAN, null)).toEqual({ nullTexts: ['n/a'], name: 'price' });
  expect(retyped({}, 'int64')).toEqual({ type: 'int64', onMisfit: 'reject' });
});

test('an edit takes the place of that of the same column alone, and an empty one goes', () => {
  const first = { column: { name: 'a' }, type: 'int64' };
  const second = { column: { name: 'a', nth: 1 }, type: 'date' };
  const both = [first, second];
  expect(withEdit(both, { name: 'a', nth: 0 }, { type: 'utf8' })).toEqual([
    { column: { name: 'a', nth: 0 }, type: 'utf8' },
    second,
  ]);
  expect(withEdit(both, { name: 'a' }, {})).toEqual([second]);
  expect(withEdit(undefined, { name: '__proto__' }, { type: 'utf8' })).toEqual([
    { column: { name: '__proto__' }, type: 'utf8' },
  ]);
  expect(editOf(both, { name: 'a', nth: 1 })).toEqual({ type: 'date' });
  expect(editOf(both, { name: 'b' })).toEqual({});
});

test('a renamed column goes by the name that the source gives it', () => {
  const column = { name: 'price', nth: 0 } as InspectedColumn;
  expect(ownRefOf(column)).toEqual({ name: 'price' });
  expect(ownRefOf({ ...column, edited: { name: 'preis', nth: 2 } })).toEqual({
    name: 'preis',
    nth: 2,
  });
});

test('the first values are those of the source with this edit, before all steps', () => {
  const config = createConfig({
    source: {
      kind: 'csv',
      from: { binding: 'source' },
      columns: [{ column: { name: 'a' }, type: 'int64' }],
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'download', options: {} },
    steps: [{ id: 'limit', kind: 'limit', enabled: true, options: { limit: 1 } }],
  });
  const { sources, datasets } = withoutSteps(config, { name: 'a' }, {});
  expect(sources[0]!.columns).toEqual([]);
  expect(datasets[0]!.steps).toEqual([]);
  expect(config.datasets[0]!.steps).toHaveLength(1);
});
