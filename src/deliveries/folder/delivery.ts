// The card of the folder delivery (browser).
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { FOLDER_OPTIONS, type FolderOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const folder: DeliveryCard<FolderOptions> = {
  id: 'folder',
  ...CARD_TEXTS,
  doors: ['browser'],
  needs: 'folder',
  takesMany: true,
  takesFolders: true,
  namesLate: true,
  seesOld: true,
  options: FOLDER_OPTIONS,
  load: () => import('./write.ts'),
};
