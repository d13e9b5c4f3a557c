// What both doors say of the delivery over HTTP.
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { existingFinding } from './existing.ts';
import { HTTP_OPTIONS, type HttpOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const HTTP_DELIVERY: Omit<DeliveryCard<HttpOptions>, 'load'> = {
  id: 'http',
  ...CARD_TEXTS,
  doors: ['browser', 'node'],
  needs: 'nothing',
  takesMany: true,
  namesLate: true,
  existing: existingFinding,
  options: HTTP_OPTIONS,
};
