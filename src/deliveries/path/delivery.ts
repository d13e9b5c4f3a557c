// The card of the path delivery (Node).
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { PATH_OPTIONS, type PathOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const path: DeliveryCard<PathOptions> = {
  id: 'path',
  ...CARD_TEXTS,
  doors: ['node'],
  needs: 'nothing',
  takesMany: true,
  takesFolders: true,
  namesLate: true,
  seesOld: true,
  options: PATH_OPTIONS,
  load: () => import('./write.ts'),
};
