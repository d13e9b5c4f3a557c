// The card of the download delivery (browser).
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { DOWNLOAD_OPTIONS, type DownloadOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const download: DeliveryCard<DownloadOptions> = {
  id: 'download',
  ...CARD_TEXTS,
  doors: ['browser'],
  needs: 'nothing',
  takesMany: true,
  namesLate: true,
  options: DOWNLOAD_OPTIONS,
  load: () => import('./write.ts'),
};
