// The card of the join step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { joinOptions, type JoinOptions } from './options.ts';
import { JOIN_CARD } from './texts.ts';

export const joinTransform: TransformCard<JoinOptions> = {
  id: 'join',
  ...JOIN_CARD,
  options: joinOptions,
  takes: (options) => (options.with === null ? [] : [options.with]),
  load: () => import('./apply.ts'),
};
