// The card of the derive step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { deriveOptions, type DeriveOptions } from './options.ts';
import { texts } from './texts.ts';

export const deriveTransform: TransformCard<DeriveOptions> = {
  id: 'derive',
  title: texts.title,
  purpose: texts.purpose,
  options: deriveOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
