// Opens the origin that a source names, with the door's way to the network.
import type { Bindings } from '../contract/bindings.ts';
import type { SourceConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { OriginContext, OriginPieces } from '../contract/origin-plugin.ts';
import { secretOf } from '../contract/secrets.ts';
import { networkOf } from './network.ts';
import type { SourceContext } from './plan-source.ts';
import { findCard, readOptions } from './plugins.ts';
import { PLAN_TEXTS } from './texts.ts';

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
    ...networkOf(network, signal),
    seed: config.seed,
    limits: config.limits,
    signal,
    trace: trace ?? (() => {}),
  };
  return (await card.load()).open(context);
}
