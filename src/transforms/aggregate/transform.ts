// The card of the aggregate step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { aggregateOptions, type AggregateOptions } from './options.ts';
import { AGGREGATE_CARD } from './texts.ts';

export const aggregateTransform: TransformCard<AggregateOptions> = {
  id: 'aggregate',
  ...AGGREGATE_CARD,
  options: aggregateOptions,
  load: () => import('./apply.ts'),
};
