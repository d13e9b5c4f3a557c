// What the byte-identity tests export: every source into every kind of output.
import {
  createConfig,
  type ExportConfig,
  type OutputConfig,
  type StepConfig,
} from '../../src/contract/config.ts';

export interface GateCase {
  name: string;
  source: 'csv' | 'rows';
  output: Partial<OutputConfig>;
  format: OutputConfig['format'];
}

const part = (
  id: string,
  options: Record<string, unknown> = {},
): { id: string; options: Record<string, unknown> } => ({
  id,
  options,
});

const outputs: { name: string; format: OutputConfig['format']; output: Partial<OutputConfig> }[] = [
  { name: 'CSV', format: part('csv'), output: {} },
  { name: 'NDJSON', format: part('ndjson'), output: {} },
  { name: 'gzipped NDJSON', format: part('ndjson'), output: { compression: part('gzip') } },
  {
    name: 'a zip of three NDJSON parts',
    format: part('ndjson'),
    output: { archive: part('zip'), split: { by: 'rows', rows: 4000 } },
  },
  {
    name: 'a zip of a format with two entries',
    format: part('two-entries'),
    output: { archive: part('zip') },
  },
];

export const gateCases: GateCase[] = (['csv', 'rows'] as const).flatMap((source) =>
  outputs.map((output) => ({ ...output, name: `${source} → ${output.name}`, source })),
);

/** Ways to cut the same rows; none may show in the bytes. */
export const batchCuts: (number | null)[] = [null, 4096, 777];
export const laneCounts = [1, 2, 3];
export const CLOCK_MS = Date.UTC(2026, 10, 21, 12, 0, 0);

export function gateConfig(
  gateCase: GateCase,
  batchRows: number | null,
  delivery: OutputConfig['delivery'],
): ExportConfig {
  const steps: StepConfig[] =
    batchRows === null || gateCase.source === 'rows'
      ? []
      : [{ id: 'recut', kind: 'recut', enabled: true, options: { rows: batchRows } }];
  return createConfig({
    name: 'gate',
    source: { kind: gateCase.source, from: { binding: 'input' } },
    format: gateCase.format,
    delivery,
    steps,
    output: { ...gateCase.output, ifExists: 'replace' },
  });
}
