// The card of the validate step.
import type { TransformCard } from '../../contract/transform-plugin.ts';
import { validateOptions, type ValidateOptions } from './options.ts';
import { VALIDATE_CARD } from './texts.ts';

export const validateTransform: TransformCard<ValidateOptions> = {
  id: 'validate',
  ...VALIDATE_CARD,
  options: validateOptions,
  // Whether a row is like one before it hangs on how many there are.
  scales: ({ unique, action }) => unique.length === 0 || action !== 'reject',
  load: () => import('./apply.ts'),
};
