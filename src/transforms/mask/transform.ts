// The card of the mask step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { maskOptions, type MaskOptions } from './options.ts';
import { MASK_CARD } from './texts.ts';

export const maskTransform: TransformCard<MaskOptions> = {
  id: 'mask',
  ...MASK_CARD,
  options: maskOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
