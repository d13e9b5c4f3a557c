// The card of the unpivot step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { unpivotOptions, type UnpivotOptions } from './options.ts';
import { UNPIVOT_CARD } from './texts.ts';

export const unpivotTransform: TransformCard<UnpivotOptions> = {
  id: 'unpivot',
  ...UNPIVOT_CARD,
  options: unpivotOptions,
  scales: () => true,
  load: () => import('./apply.ts'),
};
