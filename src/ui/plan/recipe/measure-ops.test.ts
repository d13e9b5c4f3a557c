// The editor offers no measure and no stretch of time that the engine would refuse.
import { expect, test } from 'vitest';
import { BUCKET_UNITS } from '../../../contract/time-bucket.ts';
import { aggregateOptions } from '../../../transforms/aggregate/options.ts';
import { OFFERED_MEASURES, OF_PERCENT } from './measure-ops.ts';

test.each(OFFERED_MEASURES)('%s is taken', (op) => {
  const measure = { op, column: { name: 'a' }, ...(OF_PERCENT.has(op) && { p: 95 }) };
  expect(aggregateOptions.parse({ measures: [measure] }).issues).toBeUndefined();
});

test('so are the stretches of time', () => {
  for (const unit of BUCKET_UNITS) {
    const bucket = { unit, count: 2, ...(unit === 'week' && { weekStart: 'sunday' }) };
    const group = { column: { name: 'a' }, bucket };
    expect(aggregateOptions.parse({ groups: [group] }).issues).toBeUndefined();
  }
});
