// A download is what was staged, handed to the page.
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { openStage } from '../stage.browser.ts';
import type { DownloadOptions } from './options.ts';

/** `target` may be `{inMemory: true}`, which leaves private storage alone. */
export function open(context: DeliveryContext<DownloadOptions>): Promise<DeliveryWriter> {
  return openStage(context);
}
