// Takes secrets out of a config before it goes into a report, a log or a history.
import type { ExportConfig, PartConfig } from '../contract/config.ts';
import type { OptionSet } from '../contract/options.ts';
import type { Plugins } from './plugins.ts';

interface Card {
  id: string;
  options: OptionSet<unknown>;
}

function publicOptions(
  cards: readonly Card[],
  id: string,
  options: Record<string, unknown>,
): Record<string, unknown> {
  const secrets = new Set(
    cards
      .find((card) => card.id === id)
      ?.options.fields.filter((field) => field.secret === true)
      .map((field) => field.id),
  );
  return Object.fromEntries(Object.entries(options).filter(([option]) => !secrets.has(option)));
}

/** The config without the values of options that are declared `secret`. */
export function redactConfig(config: ExportConfig, plugins: Plugins): ExportConfig {
  const part = <P extends PartConfig | null>(cards: readonly Card[], given: P): P =>
    given && { ...given, options: publicOptions(cards, given.id, given.options) };
  return {
    ...config,
    sources: config.sources.map((source) => ({
      ...source,
      options: publicOptions(plugins.sources, source.kind, source.options),
    })),
    datasets: config.datasets.map((dataset) => ({
      ...dataset,
      steps: dataset.steps.map((step) => ({
        ...step,
        options: publicOptions(plugins.transforms, step.kind, step.options),
      })),
    })),
    outputs: config.outputs.map((output) => ({
      ...output,
      format: part(plugins.formats, output.format),
      archive: part(plugins.archives, output.archive),
      compression: part(plugins.codecs, output.compression),
      delivery: part(plugins.deliveries, output.delivery),
    })),
  };
}
