// A download with a mail draft beside it, which the page opens in a click.
import type { DeliveryContext, DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { openStage } from '../stage.browser.ts';
import { mailLink } from './link.ts';
import type { MailOptions } from './options.ts';
import { DRAFTED } from './texts.ts';

/** `target` may be `{inMemory: true}`, which leaves private storage alone. */
export async function open(context: DeliveryContext<MailOptions>): Promise<DeliveryWriter> {
  const staged = await openStage(context);
  const { to, subject, text } = context.options;
  return {
    ...staged,
    async commit(_files, fill = (pattern) => pattern) {
      const handover = await staged.commit();
      if (handover?.kind !== 'download') throw new Error('staging hands over files');
      context.note?.(DRAFTED);
      const draft = { to, subject: fill(subject), text: fill(text) };
      return { ...handover, draft: { ...draft, link: mailLink(draft) } };
    },
  };
}
