// What is known of the other data that a step takes: what they read, their columns, and whether they are open.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExportConfig, SourceConfig } from '../../../contract/config.ts';
import { asExportError } from '../../../contract/errors.ts';
import type { InspectedColumn, Inspection } from '../../../contract/verbs.ts';
import type { EngineClient } from '../../../worker/client.ts';
import { bindingsOf } from '../../draft-bindings.ts';
import type { Draft } from '../../draft.ts';
import type { OpenInput } from '../../input.ts';
import { readingOf } from '../../plan-shelf.ts';
import { withOther } from '../../other-data.ts';
import { useDraft, useDraftActions, useEngine, useSession } from '../../session.tsx';
import { inspectedColumns } from './arriving.ts';
import type { Options } from './option-values.ts';

export interface OtherData {
  id: string;
  /** null: a data set of the plan rather than a source. */
  source: SourceConfig | null;
  /** null: nothing that is open is bound to it. */
  input: OpenInput | null;
  columns: readonly InspectedColumn[];
  inspection: Inspection | null;
  /** What is wrong with reading it; null: nothing, or it is not known yet. */
  problem: string | null;
}

const NONE: readonly InspectedColumn[] = [];

/** `id`: of a source or data set; null: none yet. */
export function useOtherData(id: string | null): OtherData | null {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  const { config, others } = draft;
  const source = config.sources.find((each, i) => i > 0 && each.id === id) ?? null;
  const dataset = config.datasets.find((each) => each.id === id);
  const input = (id === null ? null : others.get(id)) ?? null;
  const inspection = useQuery({
    ...inspectionOf(engine, draft, id ?? ''),
    enabled: source !== null && (input !== null || 'origin' in source.from),
  });
  const made = useQuery({
    queryKey: ['columns of', draft.input.key, config.sources, config.datasets, id],
    queryFn: () => engine.check(withOutputOf(config, id!), bindingsOf(draft)),
    enabled: source === null && dataset !== undefined,
  });
  if (id === null) return null;
  const columns =
    inspection.data?.columns ?? (made.data && inspectedColumns(made.data.columns, []));
  return {
    id,
    source,
    input,
    columns: columns ?? NONE,
    inspection: inspection.data ?? null,
    problem: inspection.error ? asExportError(inspection.error).message : null,
  };
}

/** Looks at one of the plan's other sources. */
function inspectionOf(engine: EngineClient, draft: Draft, id: string) {
  const { config, others } = draft;
  const source = config.sources.find((each) => each.id === id);
  return {
    queryKey: ['inspect other', others.get(id)?.key, source, config.limits],
    queryFn: () => engine.inspect(config, bindingsOf(draft), id),
  };
}

function withOutputOf(config: ExportConfig, id: string): ExportConfig {
  return { ...config, outputs: config.outputs.map((output) => ({ ...output, datasets: [id] })) };
}

/** Gives the step other data once they were looked at; what cannot be read is taken too, and says so at the step. */
export function useTakeOther(
  stepId: string,
  options: (sourceId: string, inspection: Inspection | null) => Options,
): (input: OpenInput, table?: string) => Promise<void> {
  const { drafts, client } = useSession();
  const queries = useQueryClient();
  const { takeOther } = useDraftActions();
  return async (input, table) => {
    const draft = drafts.getState().draft!;
    const source = readingOf(drafts.getState(), input);
    if (source === undefined) return;
    const bound = withOther(draft, { input, source }, table);
    const asked = inspectionOf(client, { ...draft, ...bound }, bound.id);
    const inspection = await queries.fetchQuery(asked).catch(() => null);
    // Another input may have been chosen meanwhile.
    if (drafts.getState().draft?.input.key !== draft.input.key) return;
    takeOther(stepId, input, (id) => options(id, inspection), table);
  };
}
