// The card of the share delivery (browser): the system's share sheet.
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { SHARE_OPTIONS, type ShareOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const share: DeliveryCard<ShareOptions> = {
  id: 'share',
  ...CARD_TEXTS,
  doors: ['browser'],
  needs: 'nothing',
  takesMany: true,
  namesLate: true,
  patterns: ['title', 'text'],
  options: SHARE_OPTIONS,
  load: () => import('./write.ts'),
};
