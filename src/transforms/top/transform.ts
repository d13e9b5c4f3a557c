// The card of the top step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { topOptions, type TopOptions } from './options.ts';
import { TOP_CARD } from './texts.ts';

export const topTransform: TransformCard<TopOptions> = {
  id: 'top',
  ...TOP_CARD,
  options: topOptions,
  load: () => import('./apply.ts'),
};
