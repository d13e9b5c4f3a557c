// The card of the unnest step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { unnestOptions, type UnnestOptions } from './options.ts';
import { UNNEST_CARD } from './texts.ts';

export const unnestTransform: TransformCard<UnnestOptions> = {
  id: 'unnest',
  ...UNNEST_CARD,
  options: unnestOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
