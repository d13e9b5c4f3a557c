// The card of the standard output delivery (Node).
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { STDOUT_OPTIONS, type StdoutOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const stdout: DeliveryCard<StdoutOptions> = {
  id: 'stdout',
  ...CARD_TEXTS,
  doors: ['node'],
  needs: 'nothing',
  takesMany: false,
  cannotUndo: true,
  options: STDOUT_OPTIONS,
  load: () => import('./write.ts'),
};
