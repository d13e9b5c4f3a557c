// The card of the sample step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { sampleOptions, type SampleOptions } from './options.ts';
import { SAMPLE_CARD } from './texts.ts';

export const sampleTransform: TransformCard<SampleOptions> = {
  id: 'sample',
  ...SAMPLE_CARD,
  options: sampleOptions,
  scales: ({ method }) => method !== 'count',
  load: () => import('./apply.ts'),
};
