// The card of the delivery over HTTP as Node has it: files are made in the temporary folder first.
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { HTTP_DELIVERY } from './card.ts';
import type { HttpOptions } from './options.ts';

export const http: DeliveryCard<HttpOptions> = {
  ...HTTP_DELIVERY,
  load: () => import('./write.node.ts'),
};
