// The card of the split step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { splitOptions, type SplitOptions } from './options.ts';
import { SPLIT_CARD } from './texts.ts';

export const splitTransform: TransformCard<SplitOptions> = {
  id: 'split',
  ...SPLIT_CARD,
  options: splitOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
