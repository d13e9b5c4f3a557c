// The card of the zip archive (PKWARE APPNOTE 6.3.10).
import type { ArchiveCard } from '../../contract/archive-plugin.ts';
import { ZIP_OPTIONS, type ZipOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const zipArchive: ArchiveCard<ZipOptions> = {
  id: 'zip',
  ...CARD_TEXTS,
  extension: '.zip',
  mediaType: 'application/zip',
  options: ZIP_OPTIONS,
  async load() {
    const { pack } = await import('./pack.ts');
    return {
      async *pack(entries, context) {
        if (context.options.password === null) yield* pack(entries, context);
        else yield* (await import('./pack-encrypted.ts')).packEncrypted(entries, context);
      },
    };
  },
};
