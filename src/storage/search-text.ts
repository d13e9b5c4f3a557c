// What a search looks at in a config, and whether all its words occur.
import type { ExportConfig } from '../contract/config.ts';

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

/** Formats, packing, column names, filters and file name pattern. */
export function configTexts(config: ExportConfig | null): string[] {
  if (config === null) return [];
  return [
    config.name,
    ...config.sources.flatMap((source) => [source.kind, ...leaves(source.columns ?? [])]),
    ...config.datasets.flatMap((dataset) => dataset.steps.flatMap((step) => leaves(step.options))),
    ...config.outputs.flatMap((output) => [
      output.format.id,
      output.archive?.id ?? '',
      output.compression?.id ?? '',
      output.naming.pattern,
    ]),
  ];
}

/** Whether every word of `search` occurs, in upper or lower case. Nothing asked for matches everything. */
export function matches(search: string | undefined, texts: readonly string[]): boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = texts.join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
