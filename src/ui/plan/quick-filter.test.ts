// Quick filters join the filter as one condition a column, and take themselves out again.
import { expect, test } from 'vitest';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { keptValues, quickColumns, withQuickValue } from './quick-filter.ts';

const STATUS = { name: 'status' };

test('values join into one list, and the last one takes the condition with it', () => {
  const one = withQuickValue('', STATUS, 'paid')!;
  expect(one).toBe("status in ('paid')");
  const two = withQuickValue(one, STATUS, "d'or")!;
  expect(two).toBe("status in ('paid', 'd''or')");
  expect(keptValues(two, STATUS)).toEqual(['paid', "d'or"]);
  expect(withQuickValue(withQuickValue(two, STATUS, 'paid')!, STATUS, "d'or")).toBe('');
});

test('what else the filter asks stays', () => {
  expect(withQuickValue("n > 1 and status = 'new'", STATUS, 'paid')).toBe(
    "n > 1 and status in ('new', 'paid')",
  );
  expect(withQuickValue("n > 1 or status = 'new'", STATUS, 'paid')).toBe(
    "(n > 1 or status = 'new') and status in ('paid')",
  );
  expect(withQuickValue("status in ('a') and n > 1", STATUS, 'a')).toBe('n > 1');
  expect(withQuickValue("x = 'a'", { name: 'x', nth: 1 }, 'a')).toBe("x = 'a' and x#2 in ('a')");
  expect(withQuickValue('n >', STATUS, 'a')).toBeNull();
  expect(keptValues('n >', STATUS)).toEqual([]);
});

test('columns of few values are offered, fewest first', () => {
  const column = (name: string, distinctCount: number, values: string[], type = 'utf8') =>
    ({
      name,
      nth: 0,
      type,
      distinctCount,
      shape: { kind: 'values', values, counts: values.map(() => 3), others: 1 },
    }) as unknown as InspectedColumn;
  const found = quickColumns([
    column('status', 3, ['a', 'b', 'a text that is too lo…']),
    column('paid', 2, ['true', 'false'], 'bool'),
    column('id', 900, ['x', 'y']),
    column('same', 1, ['x']),
  ]);
  expect(found.map(({ ref, values }) => [ref.name, values.map(({ value }) => value)])).toEqual([
    ['paid', [true, false]],
    ['status', ['a', 'b']],
  ]);
});
