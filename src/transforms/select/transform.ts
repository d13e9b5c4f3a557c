// The card of the select step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { selectOptions, type SelectOptions } from './options.ts';
import { texts } from './texts.ts';

export const selectTransform: TransformCard<SelectOptions> = {
  id: 'select',
  title: texts.title,
  purpose: texts.purpose,
  options: selectOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
