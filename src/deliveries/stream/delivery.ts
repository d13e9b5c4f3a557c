// The card of the stream delivery: the output's bytes as a stream to the host that asked for it.
import type { DeliveryCard } from '../../contract/delivery-plugin.ts';
import { streamOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const stream: DeliveryCard<Record<string, never>> = {
  id: 'stream',
  ...CARD_TEXTS,
  doors: ['browser', 'node'],
  needs: 'nothing',
  takesMany: false,
  hostOnly: true,
  cannotUndo: true,
  options: streamOptions,
  load: () => import('./write.ts'),
};
