// Several header rows become one name for each column.
import { expect, it } from 'vitest';
import { joinHeaderRows } from './header-rows.ts';

it('fills merged headings to the right, but not in the last row', () => {
  const rows = [
    ['', '2025', null, '2026', ''],
    ['id', 'sold', 'cost', 'sold', ''],
  ];
  expect(joinHeaderRows(rows, 5, ' ')).toEqual([
    'id',
    '2025 sold',
    '2025 cost',
    '2026 sold',
    '2026',
  ]);
  expect(joinHeaderRows([['a'], ['b', 'c']], 3, '/')).toEqual(['a/b', 'a/c', 'a']);
  expect(joinHeaderRows([['a', null, 'a']], 3, '-')).toEqual(['a', '', 'a']);
});
