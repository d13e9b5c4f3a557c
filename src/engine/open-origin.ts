// Opens the origin that a source names, with the door's way to the network.
import type { Bindings } from '../contract/bindings.ts';
import type { SourceConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { OriginContext, OriginPieces } from '../contract/plugins.ts';
import { secretOf } from '../contract/secrets.ts';
import type { SourceContext } from './plan-source.ts';
import { findCard, readOptions } from './plugins.ts';
import { PLAN_TEXTS } from './texts.ts';

/** Waits; fulfilled early when the signal ends it. */
function sleepWith(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end, { once: true });
    });
}

/** Opens the origin that a source names; nothing is asked for yet. */
export async function openOrigin(
  source: SourceConfig,
  from: Extract<SourceConfig['from'], { origin: string }>,
  bindings: Bindings,
  { config, plugins, hints }: SourceContext,
): Promise<OriginPieces> {
  const card = findCard(plugins.origins, 'origin', from.origin);
  const at = config.sources.findIndex(({ id }) => id === source.id);
  const options: unknown = readOptions(card.options, from.options, `sources.${at}.from.options`);
  const { network, trace } = hints;
  if (network === undefined)
    throw new ExportError('config.not-here', {
      what: card.title,
      reason: PLAN_TEXTS.noNetworkReason,
      remedy: PLAN_TEXTS.noNetworkRemedy,
    });
  const signal = hints.signal ?? new AbortController().signal;
  const context: OriginContext<unknown> = {
    options,
    secret: async (id) => secretOf(bindings, id),
    fetch: network.fetch,
    now: network.now ?? (() => Date.now()),
    sleep: network.sleep ?? sleepWith(signal),
    seed: config.seed,
    limits: config.limits,
    signal,
    trace: trace ?? (() => {}),
  };
  return (await card.load()).open(context);
}
