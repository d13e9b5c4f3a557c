// The card of the clipboard delivery (browser).
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { CLIPBOARD_OPTIONS, type ClipboardOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const clipboard: DeliveryCard<ClipboardOptions> = {
  id: 'clipboard',
  ...CARD_TEXTS,
  doors: ['browser'],
  needs: 'nothing',
  takesMany: false,
  options: CLIPBOARD_OPTIONS,
  load: () => import('./write.ts'),
};
