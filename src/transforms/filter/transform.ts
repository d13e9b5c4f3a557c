// The card of the filter step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { filterOptions, type FilterOptions } from './options.ts';
import { texts } from './texts.ts';

export const filterTransform: TransformCard<FilterOptions> = {
  id: 'filter',
  title: texts.title,
  purpose: texts.purpose,
  options: filterOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
