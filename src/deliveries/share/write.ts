// Stages the files and hands them to the page: browsers open the share sheet in a click only.
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { openStage } from '../stage.browser.ts';
import type { ShareOptions } from './options.ts';
import { READY } from './texts.ts';

/** `target` may be `{inMemory: true}`, which leaves private storage alone. */
export async function open(context: DeliveryContext<ShareOptions>): Promise<DeliveryWriter> {
  const staged = await openStage(context);
  const { options, mediaType } = context;
  return {
    ...staged,
    async commit(_files, fill = (pattern) => pattern) {
      const handover = await staged.commit();
      if (handover?.kind !== 'download') throw new Error('staging hands over files');
      context.note?.(READY);
      return {
        ...handover,
        kind: 'share',
        mediaType,
        title: fill(options.title),
        text: fill(options.text),
      };
    },
  };
}
