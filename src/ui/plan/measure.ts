// What other formats would make of the same rows: rehearsed where that is quick, else judged by the first rows, one after the other.
import { useQueries, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ExportConfig } from '../../contract/config.ts';
import type { Report } from '../../contract/report.ts';
import { bindingsOf, outputOf } from '../draft.ts';
import { boundKey, isExporting, isSettled, measuredConfig } from '../queries.ts';
import { useDraft, useEngine, useRun } from '../session.tsx';

/** How much of the output is encoded to judge its size. */
const SAMPLE_LIMITS = { rows: 2_000, bytes: 4 * 1024 * 1024, columns: 0 };

/** What some first rows of a plan take when encoded. */
export interface Sample {
  rows: number;
  /** Before packing. */
  bytes: number;
  /** Bytes after packing for one before it. */
  packing: number;
  /** How long reading and encoding took. */
  elapsedMs: number;
}

/** A plan whose first rows are encoded, to judge what it would take; one after the other in the order given. */
export function useSamples(
  configs: readonly ExportConfig[],
  isWanted: boolean,
): UseQueryResult<Sample | null>[] {
  const engine = useEngine();
  const queries = useQueryClient();
  const draft = useDraft((state) => state.draft!);
  const keyOf = (config: ExportConfig) => [
    'sample',
    draft.input.key,
    measuredConfig(config),
    boundKey(draft),
  ];
  return useQueries({
    queries: configs.map((config, i) => ({
      queryKey: keyOf(config),
      queryFn: async (): Promise<Sample | null> => {
        const bindings = bindingsOf(draft);
        const preview = await engine.preview(measuredConfig(config), bindings, SAMPLE_LIMITS);
        const { head, rowsOut, error, elapsedMs } = preview;
        // A head that was cut holds an unknown number of rows.
        if (error || rowsOut === 0 || head.length >= SAMPLE_LIMITS.bytes) return null;
        const isPacked = outputOf(config).compression ?? outputOf(config).archive;
        const packing = isPacked ? (await deflatedSize(head)) / Math.max(1, head.length) : 1;
        return { rows: rowsOut, bytes: head.length, packing, elapsedMs };
      },
      enabled: isWanted && (i === 0 || isSettled(queries, keyOf(configs[i - 1]!))),
    })),
  });
}

/** Rehearsals of other plans than the one that is being made, one after the other in the order given. */
export function useRehearsals(
  configs: readonly ExportConfig[],
  isWanted: boolean,
): UseQueryResult<Report>[] {
  const engine = useEngine();
  const queries = useQueryClient();
  const draft = useDraft((state) => state.draft!);
  const isBusy = useRun(isExporting);
  const keyOf = (config: ExportConfig) => [
    'rehearse',
    draft.input.key,
    measuredConfig(config),
    boundKey(draft),
  ];
  return useQueries({
    queries: configs.map((config, i) => ({
      queryKey: keyOf(config),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        engine.rehearse(measuredConfig(config), bindingsOf(draft), { signal }),
      enabled: isWanted && !isBusy && (i === 0 || isSettled(queries, keyOf(configs[i - 1]!))),
      structuralSharing: false as const,
    })),
  });
}

/** Size of the bytes once deflated, as gzip and zip do. */
async function deflatedSize(bytes: Uint8Array): Promise<number> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}
