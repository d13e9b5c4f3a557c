// What a plan, and others than the one that is made, would come to: rehearsed where that is quick, else foreseen from a sample.
import { useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ExportConfig } from '../../contract/config.ts';
import type { Forecast, ForecastSubject } from '../../contract/forecast.ts';
import type { Report } from '../../contract/report.ts';
import { bindingsOf } from '../draft-bindings.ts';
import type { Draft } from '../draft.ts';
import { boundKey, isExporting, isSettled, measuredConfig, useRested } from '../queries.ts';
import { useDraft, useEngine, useRun } from '../session.tsx';

/**
 * A forecast of the plan once it is left alone for a while; as far as it is, while it is made. Broken off by any change and by
 * an export. Null while nothing is known; `error`: why it cannot be made. `fixed`: of that plan, whatever becomes of the current one.
 */
export function useForecastOf(
  subject: ForecastSubject,
  isWanted: boolean,
  fixed?: Draft,
): { forecast: Forecast | null; error: Error | null } {
  const engine = useEngine();
  const queries = useQueryClient();
  const current = useDraft((state) => state.draft);
  const draft = fixed ?? current;
  const rested = useRested(draft);
  const isBusy = useRun(isExporting);
  const config = rested && measuredConfig(rested.config);
  const key = [rested?.input.key, config, boundKey(rested), subject];
  const { data, error } = useQuery({
    queryKey: ['forecast', ...key],
    queryFn: ({ signal }) =>
      engine.forecast(config!, bindingsOf(rested!), subject, {
        signal,
        onFormat: (soFar) => queries.setQueryData(['forecasting', ...key], soFar),
      }),
    enabled: isWanted && !isBusy && rested !== null,
    retry: false,
    structuralSharing: false,
  });
  const part = useQuery<Forecast | null>({
    queryKey: ['forecasting', ...key],
    queryFn: () => null,
    enabled: false,
  });
  if (rested !== draft) return { forecast: null, error: null };
  return { forecast: data ?? part.data ?? null, error };
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
