// The card of the limit step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { limitOptions, type LimitOptions } from './options.ts';
import { texts } from './texts.ts';

export const limitTransform: TransformCard<LimitOptions> = {
  id: 'limit',
  title: texts.title,
  purpose: texts.purpose,
  options: limitOptions,
  rowRange: ({ limit, offset }) => ({ limit, offset }),
  load: () => import('./apply.ts'),
};
