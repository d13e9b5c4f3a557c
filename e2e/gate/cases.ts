// What the byte-identity tests export, how they cut it, and the bindings that a run of it needs in either door.
import type { Bindings } from '../../src/contract/bindings.ts';
import {
  createConfig,
  type ExportConfig,
  type OutputConfig,
  type StepConfig,
} from '../../src/contract/config.ts';
import { bindRows } from '../../src/worker/rows.ts';
import { csvText, records } from './data.ts';

export interface GateCase {
  name: string;
  source: 'csv' | 'rows';
  rowCount: number;
  output: Partial<OutputConfig>;
  format: OutputConfig['format'];
}

/** One run of a case. */
export interface GateRun {
  gateCase: GateCase;
  lanes: number;
  batchRows: number | null;
}

export const part = (
  id: string,
  options: Record<string, unknown> = {},
): OutputConfig['format'] => ({
  id,
  options,
});

/** Enough for two text blocks and several deflate blocks. */
const ROW_COUNT = 12_000;

const outputs: { name: string; format: OutputConfig['format']; output: Partial<OutputConfig> }[] = [
  { name: 'CSV', format: part('csv'), output: {} },
  { name: 'NDJSON', format: part('ndjson'), output: {} },
  { name: 'gzipped NDJSON', format: part('ndjson'), output: { compression: part('gzip') } },
  {
    name: 'a zip of three NDJSON parts',
    format: part('ndjson'),
    output: { archive: part('zip'), split: { rows: 4000 } },
  },
  {
    name: 'a zip of a format with two entries',
    format: part('two-entries'),
    output: { archive: part('zip') },
  },
];

export const gateCases: GateCase[] = (['csv', 'rows'] as const).flatMap((source) =>
  outputs.map((output) => ({
    ...output,
    name: `${source} → ${output.name}`,
    source,
    rowCount: ROW_COUNT,
  })),
);

/** Ways to cut the same rows; none may show in the bytes. */
export const batchCuts: (number | null)[] = [null, 4096, 777];
export const laneCounts = [1, 2, 3];
export const CLOCK_MS = Date.UTC(2026, 10, 21, 12, 0, 0);

/** Every lane count with every cut, each as often as is said. */
export function gateRuns(
  gateCase: GateCase,
  lanes: readonly number[],
  cuts: readonly (number | null)[],
  times: number,
): GateRun[] {
  return Array.from({ length: times }).flatMap(() =>
    lanes.flatMap((count) => cuts.map((batchRows) => ({ gateCase, lanes: count, batchRows }))),
  );
}

/** The run's plan; `from` is the binding `input` unless a door has another. */
export function gateConfig(
  { gateCase, batchRows }: Pick<GateRun, 'gateCase' | 'batchRows'>,
  delivery: OutputConfig['delivery'],
  from: ExportConfig['sources'][number]['from'] = { binding: 'input' },
): ExportConfig {
  const steps: StepConfig[] =
    batchRows === null || gateCase.source === 'rows'
      ? []
      : [{ id: 'recut', kind: 'recut', enabled: true, options: { rows: batchRows } }];
  return createConfig({
    name: 'gate',
    source: { kind: gateCase.source, from },
    format: gateCase.format,
    delivery,
    steps,
    output: { ...gateCase.output, ifExists: 'replace' },
  });
}

const csvFiles = new Map<number, File>();
const recordLists = new Map<number, Record<string, unknown>[]>();

/** What `make` gives for the key, made once. */
function once<T>(made: Map<number, T>, key: number, make: (key: number) => T): T {
  if (!made.has(key)) made.set(key, make(key));
  return made.get(key)!;
}

/** The same data in both doors. */
export async function gateBindings({ gateCase, batchRows }: GateRun): Promise<Bindings> {
  const { source, rowCount } = gateCase;
  const csv = (): File => once(csvFiles, rowCount, (n) => new File([csvText(n)], 'gate.csv'));
  const list = (): Record<string, unknown>[] => once(recordLists, rowCount, records);
  return {
    bytes: source === 'csv' ? { input: csv() } : {},
    rows:
      source === 'rows'
        ? {
            input: await bindRows(list(), { name: 'gate.csv', batchRows: batchRows ?? undefined }),
          }
        : {},
    clock: () => CLOCK_MS,
    jobId: 'gate',
  };
}
