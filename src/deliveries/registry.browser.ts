// The deliveries of the page, in the order they are offered.
import type { DeliveryCard } from '../contract/delivery-plugin.ts';
import { clipboard } from './clipboard/delivery.ts';
import { download } from './download/delivery.ts';
import { file } from './file/delivery.ts';
import { folder } from './folder/delivery.ts';
import { http } from './http/delivery.browser.ts';
import { mail } from './mail/delivery.ts';
import { share } from './share/delivery.ts';
import { stream } from './stream/delivery.ts';

export const deliveries: DeliveryCard[] = [
  file,
  download,
  folder,
  clipboard,
  http,
  share,
  mail,
  stream,
];
