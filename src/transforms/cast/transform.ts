// The card of the cast step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { castOptions, type CastOptions } from './options.ts';
import { CAST_CARD } from './texts.ts';

export const castTransform: TransformCard<CastOptions> = {
  id: 'cast',
  ...CAST_CARD,
  options: castOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
