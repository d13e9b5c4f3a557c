// The card of the file delivery (browser): a picked file.
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { FILE_OPTIONS, type FileOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const file: DeliveryCard<FileOptions> = {
  id: 'file',
  ...CARD_TEXTS,
  doors: ['browser'],
  needs: 'file',
  takesMany: false,
  options: FILE_OPTIONS,
  load: () => import('./write.ts'),
};
