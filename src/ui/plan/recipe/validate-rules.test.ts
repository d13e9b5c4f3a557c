// The rules of a validate step as its editor has them: short forms, bounds as typed, what a rule begins with, and the counts of each.
import { expect, test } from 'vitest';
import type { InspectedColumn } from '../../../contract/verbs.ts';
import { validateOptions } from '../../../transforms/validate/options.ts';
import {
  boundOf,
  columnLines,
  conditions,
  firstValue,
  ruleCounts,
  rulesOf,
  rulesOfType,
  uniqueKeys,
} from './validate-rules.ts';

const column = (part: Partial<InspectedColumn>): InspectedColumn => ({
  name: 'a',
  nth: 0,
  type: 'utf8',
  isProfiled: true,
  sentence: '',
  nullCount: 0,
  distinctCount: 0,
  emptyCount: 0,
  longest: 0,
  examples: [],
  shape: null,
  ...part,
});

test('short forms become what the step itself makes of them', () => {
  const short = {
    columns: JSON.parse('{"id":{"min":1},"__proto__":{"required":true}}') as unknown,
    unique: ['id', ['a', { name: 'b', nth: 1 }]],
    rules: { 'dates in order': 'a <= b' },
  };
  const { value } = validateOptions.parse(short);
  expect(value?.columns).toHaveLength(2);
  const written = {
    columns: columnLines(short.columns),
    unique: uniqueKeys(short.unique),
    rules: conditions(short.rules),
  };
  expect(written.columns.map((line) => line['column'])).toEqual(['id', '__proto__']);
  expect(validateOptions.parse(written).value).toEqual(value);
  expect(conditions(['a > 1'])).toEqual([{ name: 'a > 1', where: 'a > 1' }]);
});

test('a bound is a number where that says all of its digits', () => {
  expect(boundOf('0.5')).toBe(0.5);
  expect(boundOf('-3')).toBe(-3);
  expect(boundOf('1.50')).toBe('1.50');
  expect(boundOf('12345678901234567890')).toBe('12345678901234567890');
  expect(boundOf('2026-01-01')).toBe('2026-01-01');
  expect(boundOf('')).toBe('');
});

test('rules begin with what the sample holds, and are taken by the step', () => {
  const amount = column({
    type: 'int64',
    shape: { kind: 'range', counts: [1], from: '-5', to: '9' },
  });
  const status = column({
    shape: { kind: 'values', values: ['new', 'paid'], counts: [2, 1], others: 0 },
  });
  expect([firstValue('min', amount), firstValue('max', amount)]).toEqual([-5, 9]);
  expect(firstValue('values', status)).toEqual(['new', 'paid']);
  for (const of of [amount, status])
    for (const rule of rulesOfType(of.type)) {
      const line = { column: 'a', [rule]: firstValue(rule, of) };
      expect(rulesOf(line)).toEqual([rule]);
      expect(validateOptions.parse({ columns: [line] }).issues).toBeUndefined();
    }
  expect(rulesOfType('utf8')).not.toContain('min');
  expect(rulesOfType('date')).not.toContain('maxLength');
});

test('the counts of a rule are those of its code and column', () => {
  const loss = { sentence: '', example: '' };
  const counts = ruleCounts([
    { ...loss, code: 'validate.required', column: 'a', count: 3 },
    { ...loss, code: 'validate.max-length', column: 'b', count: 4 },
    { ...loss, code: 'validate.unique', column: 'a, b', count: 5 },
    { ...loss, code: 'validate.rule.in order', count: 6 },
  ]);
  expect(counts.ofColumn('a', 'required')).toBe(3);
  expect(counts.ofColumn({ name: 'b' }, 'required')).toBe(0);
  expect(counts.ofColumn({ name: 'b' }, 'maxLength')).toBe(4);
  expect(counts.ofKey(['a', { name: 'b' }])).toBe(5);
  expect(counts.ofCondition('in order')).toBe(6);
});
