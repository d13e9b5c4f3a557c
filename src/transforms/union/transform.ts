// The card of the union step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { unionOptions, type UnionOptions } from './options.ts';
import { UNION_CARD } from './texts.ts';

export const unionTransform: TransformCard<UnionOptions> = {
  id: 'union',
  ...UNION_CARD,
  options: unionOptions,
  takes: (options) => options.with,
  load: () => import('./apply.ts'),
};
