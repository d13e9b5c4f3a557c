// The form of Parquet's schema writes entries that the option takes, and keeps what it does not know.
import { expect, it } from 'vitest';
import { parseOwnType } from './file-columns.ts';
import { PARQUET_OPTIONS } from './options.ts';
import { linesOf, TYPES, withLine } from './panel-model.ts';

const COLUMNS = [
  { name: 'a', type: 'int64' },
  { name: 'b', type: 'list<utf8>' },
  { name: 'a', type: 'utf8' },
];

it('offers types that there are', () => {
  for (const type of TYPES) expect(parseOwnType(type), type).not.toBeNull();
});

it('shows a line for each column, of equal names each its own', () => {
  const value = [
    { column: 'a', type: 'int32' },
    { column: { name: 'a', nth: 1 }, required: true },
  ];
  expect(linesOf(value, COLUMNS)).toEqual([
    { name: 'a', own: 'int64', isNested: false, type: 'int32', isRequired: false },
    { name: 'b', own: 'list<utf8>', isNested: true, type: '', isRequired: false },
    { name: 'a', own: 'utf8', isNested: false, type: '', isRequired: true },
  ]);
});

it('adds, changes and takes away entries', () => {
  const one = withLine([], COLUMNS, 0, { type: 'uint8' });
  expect(one).toEqual([{ column: 'a', type: 'uint8' }]);
  const two = withLine(one, COLUMNS, 2, { isRequired: true });
  expect(two).toEqual([...one, { column: { name: 'a', nth: 1 }, required: true }]);
  expect(PARQUET_OPTIONS.parse({ schema: two }).issues).toBeUndefined();
  expect(withLine(two, COLUMNS, 2, { isRequired: false })).toEqual(one);
  const withId = [{ column: 'a', type: 'uint8', id: 4 }];
  expect(withLine(withId, COLUMNS, 0, { type: '' })).toEqual([{ column: 'a', id: 4 }]);
  expect(withLine([], COLUMNS, 1, { isRequired: false })).toEqual([]);
});
