// Where the page makes files before they go anywhere: in private storage, or in memory where there is none.
import { ExportError } from '../contract/errors.ts';
import type { DeliveryContext, DeliveryWriter } from '../contract/delivery-plugin.ts';
import { requirePlainName } from './file-names.ts';
import { canStage } from './staging.ts';
import { openInMemory } from './stage-memory.ts';
import { openInStorage } from './stage-storage.ts';

/** A delivery whose commit hands the files over as blobs. `target` may be `{inMemory: true}`, which leaves private storage alone. */
export async function openStage(context: DeliveryContext<unknown>): Promise<DeliveryWriter> {
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
