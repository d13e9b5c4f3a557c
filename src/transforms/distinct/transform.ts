// The card of the distinct step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { distinctOptions, type DistinctOptions } from './options.ts';
import { DISTINCT_CARD } from './texts.ts';

export const distinctTransform: TransformCard<DistinctOptions> = {
  id: 'distinct',
  ...DISTINCT_CARD,
  options: distinctOptions,
  load: () => import('./apply.ts'),
};
