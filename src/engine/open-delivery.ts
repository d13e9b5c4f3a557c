// Opens the deliveries of a run, and lets go of one that came to nothing.
import type { Bindings } from '../contract/bindings.ts';
import type { DeliveryContext, DeliveryWriter } from '../contract/delivery-plugin.ts';
import type { RejectsFile } from '../contract/verbs.ts';
import { fileKind } from './file-kind.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Meter } from './meter.ts';
import { deliveryRule } from './existing.ts';
import type { PlannedOutput } from './plan.ts';
import { findCard, readOptions } from './plugins.ts';
import { openRejectsSaver, type RejectsSaver } from './save-rejects.ts';

/** How long a delivery that nobody wants any more may still take to open before the run ends without it. */
const LATE_OPENING_MS = 200;

/** Opens the delivery of an output on what the bindings give it. Throws what the delivery throws. */
export async function openDelivery(
  output: PlannedOutput,
  bindings: Bindings,
  jobId: string,
  around: Pick<
    DeliveryContext<unknown>,
    'signal' | 'openStorageFile' | 'network' | 'secret' | 'note' | 'left' | 'trace' | 'sending'
  >,
): Promise<DeliveryWriter> {
  const { config, delivery, archive, codec } = output;
  const module = await delivery.card.load();
  return module.open({
    options: delivery.options,
    ifExists: deliveryRule(config.ifExists),
    target: bindings.targets?.[config.id],
    mediaType: archive?.card.mediaType ?? codec?.card.mediaType ?? fileKind(output).mediaType,
    jobId,
    ...around,
  });
}

/** Removes what a delivery that came to nothing has left; one that does not open in time does so when it has. */
export async function abandon(
  opening: Promise<DeliveryWriter> | undefined,
  meter: Meter,
): Promise<void> {
  if (opening === undefined) return;
  let hasOpened = false;
  const aborted = opening.then(
    async (delivery) => {
      hasOpened = true;
      meter.trace('abort delivery');
      await delivery
        .abort()
        .catch((second: unknown) => meter.trace(`abort failed: ${String(second)}`));
    },
    () => {},
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LATE_OPENING_MS);
  });
  await Promise.race([aborted, late]);
  clearTimeout(timer);
  if (hasOpened) await aborted;
}

/** Opens the file of all rejects. */
export async function openSaver(
  { plugins }: EngineParts,
  { delivery, name, ifExists }: RejectsFile,
  jobId: string,
  signal: AbortSignal,
): Promise<RejectsSaver> {
  const card = findCard(plugins.deliveries, 'delivery', delivery.id);
  const options: unknown = readOptions(card.options, delivery.options, 'rejects.delivery.options');
  const module = await card.load();
  const writer = await module.open({
    options,
    ifExists,
    target: undefined,
    mediaType: 'text/csv',
    // Another than the output's, as both may be stored under it.
    jobId: `${jobId}-rejects`,
    signal,
  });
  return openRejectsSaver(writer, name);
}
