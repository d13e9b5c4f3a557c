// The card of the flatten step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { flattenOptions, type FlattenOptions } from './options.ts';
import { FLATTEN_CARD } from './texts.ts';

export const flattenTransform: TransformCard<FlattenOptions> = {
  id: 'flatten',
  ...FLATTEN_CARD,
  options: flattenOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
