// The card of the zip archive (PKWARE APPNOTE 6.3.10).
import type { ArchiveCard } from '../../contract/plugins.ts';
import { ZIP_OPTIONS, type ZipOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const zipArchive: ArchiveCard<ZipOptions> = {
  id: 'zip',
  ...CARD_TEXTS,
  extension: '.zip',
  mediaType: 'application/zip',
  options: ZIP_OPTIONS,
  load: () => import('./pack.ts'),
};
