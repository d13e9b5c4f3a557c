// The plan that a newly opened input begins with.
import {
  type ExportConfig,
  type PartConfig,
  type SourceConfig,
  createConfig,
} from '../contract/config.ts';
import type { Catalogue } from '../contract/verbs.ts';
import { AUTO_KIND, type Input, ROWS_KIND, SOURCE_BINDING, baseName } from './input.ts';
import { usualDelivery } from './last-delivery.ts';
import { outputOf } from './plan-parts.ts';

/** A plan for a newly opened input: all of it, in the format and to the place of the plan before, if there was one. */
export function draftConfig(
  input: Input,
  catalogue: Catalogue,
  before: ExportConfig | null,
  lastDeliveryId: string | undefined,
): ExportConfig {
  const output = before && outputOf(before);
  return createConfig({
    name: baseName(input.name, catalogue),
    source: sourceConfig(input, catalogue),
    format: output?.format ?? firstPart(catalogue.formats, 'csv'),
    delivery: output?.delivery ?? {
      id: usualDelivery(catalogue, input.sizeBytes, lastDeliveryId) ?? 'download',
      options: {},
    },
    ...(output ? { output } : {}),
  });
}

function sourceConfig(input: Input, catalogue: Catalogue): Omit<SourceConfig, 'id' | 'options'> {
  const { data } = input;
  const from =
    'origin' in data ? { origin: data.origin, options: data.options } : { binding: SOURCE_BINDING };
  if ('rows' in data) {
    const rows = catalogue.sources.find((source) => source.input === 'batches');
    return { kind: rows?.id ?? ROWS_KIND, from };
  }
  return {
    // What is in a file its bytes tell better than its name.
    kind: AUTO_KIND,
    from,
    ...('bytes' in data && 'files' in data.bytes && { files: { columns: 'union' as const } }),
    charset: { id: 'auto', onInvalid: 'fail' },
    compression: 'auto',
  };
}

function firstPart(cards: { id: string }[], preferred: string): PartConfig {
  const card = cards.find((each) => each.id === preferred) ?? cards[0];
  return { id: card?.id ?? preferred, options: {} };
}
