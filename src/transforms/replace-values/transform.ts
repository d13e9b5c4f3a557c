// The card of the replace-values step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { replaceOptions, type ReplaceOptions } from './options.ts';
import { REPLACE_CARD } from './texts.ts';

export const replaceValuesTransform: TransformCard<ReplaceOptions> = {
  id: 'replace-values',
  ...REPLACE_CARD,
  options: replaceOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
