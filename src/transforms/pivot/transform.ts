// The card of the pivot step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { pivotOptions, type PivotOptions } from './options.ts';
import { PIVOT_CARD } from './texts.ts';

export const pivotTransform: TransformCard<PivotOptions> = {
  id: 'pivot',
  ...PIVOT_CARD,
  options: pivotOptions,
  load: () => import('./apply.ts'),
};
