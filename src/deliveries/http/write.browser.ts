// Sends files that were made in the page's private storage.
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { openStage } from '../stage.browser.ts';
import { dropDelivered } from '../staging.ts';
import type { HttpOptions } from './options.ts';
import { openHttp } from './write.ts';

export async function open(context: DeliveryContext<HttpOptions>): Promise<DeliveryWriter> {
  return openHttp(context, async () => {
    const staged = await openStage(context);
    let folder: string | undefined;
    return {
      ...staged,
      async take() {
        const handover = await staged.commit();
        if (handover?.kind !== 'download') throw new Error('staging hands over files');
        folder = handover.staged;
        return handover.files;
      },
      async close() {
        if (folder === undefined) await staged.abort();
        else await dropDelivered(folder);
      },
    };
  });
}
