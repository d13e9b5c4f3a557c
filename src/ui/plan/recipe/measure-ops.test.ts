// The editor offers no measure and no stretch of time that the engine would refuse.
import { expect, test } from 'vitest';
import { MEASURE_OPS } from '../../../contract/measure.ts';
import { TIME_STEPS } from '../../../contract/expression.ts';
import { aggregateOptions } from '../../../transforms/aggregate/options.ts';
import { OF_PERCENT } from './measure-ops.ts';

test.each(MEASURE_OPS)('%s is taken', (op) => {
  const measure = { op, column: { name: 'a' }, ...(OF_PERCENT.has(op) && { p: 95 }) };
  expect(aggregateOptions.parse({ measures: [measure] }).issues).toBeUndefined();
});

test('so are the stretches of time', () => {
  for (const unit of TIME_STEPS) {
    const bucket = { unit, count: 2, ...(unit === 'week' && { weekStart: 'sunday' }) };
    const group = { column: { name: 'a' }, bucket };
    expect(aggregateOptions.parse({ groups: [group] }).issues).toBeUndefined();
  }
});
