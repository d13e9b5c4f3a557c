// The columns that come to a step: those of the source, or what the steps before it made of them.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ExportConfig, StepConfig } from '../../../contract/config.ts';
import type { InspectedColumn, Inspection } from '../../../contract/verbs.ts';
import { bindingsOf } from '../../draft-bindings.ts';
import { boundKey, useInspection } from '../../queries.ts';
import { useDraft, useEngine } from '../../session.tsx';

/** Steps behind which the columns are those before. */
const KEEPS_COLUMNS = new Set(['filter', 'limit', 'sort', 'distinct', 'sample', 'top']);

const NONE: readonly InspectedColumn[] = [];

/** `place`: 0-based among the steps. The source's columns where that is not known. */
export function useArriving(place: number): readonly InspectedColumn[] {
  const inspection = useInspection().data;
  const { before, data } = useMade(place);
  const source = inspection?.columns ?? NONE;
  return useMemo(
    () =>
      before.length === 0 || data === undefined || data.length === 0
        ? source
        : inspectedColumns(data, source),
    [before.length, data, source],
  );
}

/** What the steps before the place make; null while that is unknown, or nothing changes the columns. */
export function useMadeColumns(place: number): readonly { name: string; type: string }[] | null {
  const { before, data, isOld } = useMade(place);
  return before.length === 0 || data === undefined || data.length === 0 || isOld ? null : data;
}

function useMade(place: number) {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  const before = useMemo(() => columnStepsBefore(draft.config, place), [draft.config, place]);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['arriving', draft.input.key, draft.config.sources, before, boundKey(draft)],
    queryFn: async () => {
      const { columns } = await engine.check(withSteps(draft.config, before), bindingsOf(draft));
      return columns;
    },
    enabled: before.length > 0,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft.input.key ? previous : undefined,
  });
  return { before, data, isOld: isPlaceholderData };
}

/** The inspection as if the source had the columns that come to this place. */
export function useInspectionAt(place: number): Inspection | undefined {
  const inspection = useInspection().data;
  const columns = useArriving(place);
  return useMemo(
    () =>
      inspection &&
      (columns === inspection.columns ? inspection : withColumns(inspection, columns)),
    [inspection, columns],
  );
}

function withColumns(inspection: Inspection, columns: readonly InspectedColumn[]): Inspection {
  return { ...inspection, columns: [...columns] };
}

/** Steps before the place that are on and change the columns. */
export function columnStepsBefore(config: ExportConfig, place: number): StepConfig[] {
  return config.datasets[0]!.steps.slice(0, place).filter(
    (step) => step.enabled && !KEEPS_COLUMNS.has(step.kind),
  );
}

/** The plan with other steps. */
export function withSteps(config: ExportConfig, steps: StepConfig[]): ExportConfig {
  const [dataset, ...others] = config.datasets;
  return { ...config, datasets: [{ ...dataset!, steps }, ...others] };
}

/** The columns with what is known of those of the source that they seem to be. */
export function inspectedColumns(
  columns: readonly { name: string; type: string }[],
  source: readonly InspectedColumn[],
): InspectedColumn[] {
  const seen = new Map<string, number>();
  const known = new Map(source.map((column) => [`${column.nth} ${column.name}`, column]));
  return columns.map(({ name, type }) => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const same = known.get(`${nth} ${name}`);
    if (same?.type === type) return same;
    return {
      name,
      nth,
      type,
      isProfiled: false,
      sentence: '',
      nullCount: 0,
      distinctCount: 0,
      emptyCount: 0,
      longest: 0,
      examples: [],
      shape: null,
    };
  });
}
