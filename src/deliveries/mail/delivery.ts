// The card of the mail draft (browser).
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { MAIL_OPTIONS, type MailOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const mail: DeliveryCard<MailOptions> = {
  id: 'mail',
  ...CARD_TEXTS,
  doors: ['browser'],
  needs: 'nothing',
  takesMany: true,
  namesLate: true,
  patterns: ['subject', 'text'],
  options: MAIL_OPTIONS,
  load: () => import('./write.ts'),
};
