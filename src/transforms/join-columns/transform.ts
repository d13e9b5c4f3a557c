// The card of the join-columns step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { joinColumnsOptions, type JoinColumnsOptions } from './options.ts';
import { JOIN_COLUMNS_CARD } from './texts.ts';

export const joinColumnsTransform: TransformCard<JoinColumnsOptions> = {
  id: 'join-columns',
  ...JOIN_COLUMNS_CARD,
  options: joinColumnsOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
