// The card of the sort step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { sortOptions, type SortOptions } from './options.ts';
import { SORT_CARD } from './texts.ts';

export const sortTransform: TransformCard<SortOptions> = {
  id: 'sort',
  ...SORT_CARD,
  options: sortOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
