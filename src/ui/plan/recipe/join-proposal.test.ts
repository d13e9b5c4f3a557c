// The proposed keys: one column of the same name and type that tells the other rows apart, or a name that points at it.
import { expect, test } from 'vitest';
import { parseTypeName, typeName } from '../../../table/data-type.ts';
import { commonType } from '../../../transforms/join/common-type.ts';
import { inspectedColumns } from './arriving.ts';
import { canBeEqual, joinWith, proposedKeys } from './join-proposal.ts';

/** Columns as `name type`, with how many different values they have in 100 rows. */
function columns(...given: [text: string, distinctCount?: number][]) {
  return given.map(([text, distinctCount = 0]) => {
    const [name = '', type = ''] = text.split(' ');
    return { ...inspectedColumns([{ name, type }], [])[0]!, distinctCount };
  });
}
const other = (...given: [string, number?][]) => ({ columns: columns(...given), sampledRows: 100 });
const own = columns(['name utf8'], ['customer_id int64'], ['country utf8'], ['id int64']);

test('the column that tells the other rows apart', () => {
  const customers = other(['name utf8', 90], ['country utf8', 3], ['Customer-ID int32', 100]);
  expect(proposedKeys(own, customers, 'customers')).toEqual([
    { left: { name: 'customer_id' }, right: { name: 'Customer-ID' } },
  ]);
});

test('a name that points at it, rather than two that happen to be the same', () => {
  const customers = other(['id utf8', 100], ['name utf8', 90]);
  expect(proposedKeys(own, customers, 'customers')).toEqual([
    { left: { name: 'name' }, right: { name: 'name' } },
  ]);
  const numbered = other(['id int64', 100], ['name utf8', 90]);
  expect(proposedKeys(own.slice(0, 3), numbered, 'customers')).toEqual([
    { left: { name: 'customer_id' }, right: { name: 'id' } },
  ]);
  expect(proposedKeys(own.slice(0, 3), numbered, 'products')).toHaveLength(1);
});

test('nothing where nothing fits', () => {
  expect(proposedKeys(own, other(['x utf8', 100], ['id utf8', 9]), 'b')).toEqual([]);
});

test('keys that fit stay, names that clash get a suffix', () => {
  const customers = other(['customer_id int64', 100], ['name utf8', 90]);
  const made = joinWith({ kind: 'left' }, own, customers, 'customers');
  expect(made).toEqual({
    kind: 'left',
    with: 'customers',
    on: [{ left: { name: 'customer_id' }, right: { name: 'customer_id' } }],
    suffix: '_customers',
  });
  const on = [{ left: { name: 'id' }, right: { name: 'customer_id' } }];
  expect(joinWith({ ...made, on }, own, customers, 'c2')).toMatchObject({ on, suffix: '_c2' });
  const others = other(['customer_id int64', 100], ['more utf8']);
  expect(joinWith({ ...made, columns: ['name'] }, own, others, 'c')).toEqual({
    kind: 'left',
    with: 'c',
    on: made['on'],
    columns: null,
  });
  expect(joinWith({ on: 'id = x' }, own, others, 'c')).toMatchObject({ on: 'id = x' });
  expect(joinWith({}, own, null, 'c')).toEqual({ with: 'c' });
});

const TYPES = [
  ...['utf8', 'bool', 'int8', 'uint64', 'int64', 'decimal(18,2)', 'float32', 'float64', 'date'],
  ...['time(s)', 'time(us)', 'timestamp(s)', 'timestamp(ns)', 'timestamp(us, UTC)'],
];

test('it holds what can be equal to be what the step compares', () => {
  for (const a of TYPES)
    for (const b of TYPES) {
      const common = commonType(parseTypeName(a)!, parseTypeName(b)!);
      const said = `${a} and ${b}: ${common === null ? 'never' : typeName(common)}`;
      expect([said, canBeEqual(a, b)]).toEqual([said, common !== null]);
    }
});
