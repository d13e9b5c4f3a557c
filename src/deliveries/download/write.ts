// Makes files for a browser download: in private storage, or in memory where there is none.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../../contract/plugins.ts';
import type { DownloadOptions } from './options.ts';
import { requirePlainName } from '../file-names.ts';
import { canStage } from './staging.ts';
import { openInMemory } from './write-memory.ts';
import { openInStorage } from './write-storage.ts';

/** `target` may be `{inMemory: true}`, which leaves private storage alone. */
export async function open(context: DeliveryContext<DownloadOptions>): Promise<DeliveryWriter> {
  const asked = context.target as { inMemory?: boolean } | undefined;
  const inStorage = asked?.inMemory !== true && (await canStage());
  const delivery = inStorage ? await openInStorage(context) : openInMemory(context.mediaType);
  const names = new Set<string>();
  return {
    ...delivery,
    async openFile(name, fate) {
      const take = (wanted: string): void => {
        if (names.has(wanted)) throw new ExportError('deliver.exists', { name: wanted });
        names.add(wanted);
      };
      if (fate?.isNameless !== true) take(name);
      const file = await delivery.openFile(name);
      const { rename } = file;
      file.rename = async (named) => {
        requirePlainName(named);
        take(named);
        await rename!(named);
      };
      return file;
    },
  };
}
