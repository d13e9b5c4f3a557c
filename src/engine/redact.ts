// Takes secrets out of a config before it goes into a report, a log or a history.
import type { ExportConfig, PartConfig } from '../contract/config.ts';
import type { Catalogue, CatalogueCard } from '../contract/verbs.ts';

function publicOptions(
  cards: readonly CatalogueCard[] | undefined,
  id: string,
  options: Record<string, unknown>,
): Record<string, unknown> {
  const fields = cards?.find((card) => card.id === id)?.options ?? [];
  const known = new Set(fields.filter((field) => field.secret !== true).map((field) => field.id));
  return Object.fromEntries(Object.entries(options).filter(([option]) => known.has(option)));
}

/**
 * The config with only those options that are declared and not `secret`: what nobody declared might be a secret misspelt.
 * Without a catalogue no option stays.
 */
export function redactConfig(config: ExportConfig, catalogue: Catalogue | null): ExportConfig {
  const part = <P extends PartConfig | null>(
    cards: readonly CatalogueCard[] | undefined,
    given: P,
  ): P => given && { ...given, options: publicOptions(cards, given.id, given.options) };
  return {
    ...config,
    sources: config.sources.map((source) => ({
      ...source,
      options: publicOptions(catalogue?.sources, source.kind, source.options),
    })),
    datasets: config.datasets.map((dataset) => ({
      ...dataset,
      steps: dataset.steps.map((step) => ({
        ...step,
        options: publicOptions(catalogue?.transforms, step.kind, step.options),
      })),
    })),
    outputs: config.outputs.map((output) => ({
      ...output,
      format: part(catalogue?.formats, output.format),
      archive: part(catalogue?.archives, output.archive),
      compression: part(catalogue?.codecs, output.compression),
      delivery: part(catalogue?.deliveries, output.delivery),
    })),
  };
}
