// How many rows each condition passes by itself, judged by the first rows.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ExportConfig } from '../../contract/config.ts';
import type { FilterExpression } from '../../contract/filter.ts';
import { bindingsOf } from '../draft-bindings.ts';
import { placeOfStep } from '../plan-parts.ts';
import { hasOthers, takesOthers } from '../other-data.ts';
import { boundKey, isSettled, useInspection, useRehearsal } from '../queries.ts';
import { useDraft, useEngine } from '../session.tsx';
import type { FilterColumns } from './filter-columns.ts';
import { columnStepsBefore, withSteps } from './recipe/arriving.ts';
import { expressionOf, type FilterNode, type Group } from './filter-model.ts';

/** More conditions than these are not counted one by one. */
const MOST_COUNTED = 12;
/** Nothing is counted while somebody types: the preview comes first. */
const SETTLE_MS = 300;
/** Rows let through before the count stops looking. */
const LIMITS = { rows: 5_000, bytes: 1, columns: 0 };

export interface Passing {
  rows: number;
  isExact: boolean;
}

/** By the condition's key; conditions that cannot be counted yet are missing. */
export function usePassing(tree: Group | null, known: FilterColumns): ReadonlyMap<number, Passing> {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  const inspection = useInspection().data;
  const queries = useQueryClient();
  const rested = useRested(tree);
  const all = (tree === null ? [] : conditionsOf(tree)).flatMap((node) => {
    const expression = expressionOf(node, known.typeOf);
    return expression ? [{ key: node.key, expression }] : [];
  });
  const before = columnStepsBefore(draft.config, placeOfStep(draft.config, 'filter'));
  // Of rows from several sources the rows read say nothing.
  const leaves = before.some(takesOthers) ? [] : all.slice(0, MOST_COUNTED);
  const keyOf = (at: number) =>
    [
      'passing',
      draft.input.key,
      draft.config.sources,
      before,
      leaves[at]!.expression,
      boundKey(draft),
    ] as const;
  const answers = useQueries({
    queries: leaves.map(({ expression }, i) => ({
      queryKey: keyOf(i),
      // One at a time, so that a preview never waits for more than one of them.
      enabled: rested === tree && (i === 0 || isSettled(queries, keyOf(i - 1))),
      queryFn: async () => {
        const { rowsRead, rowsFiltered, error } = await engine.preview(
          withFilter(draft.config, expression),
          bindingsOf(draft),
          LIMITS,
        );
        return error ? null : { rowsRead, rowsFiltered };
      },
    })),
  });
  const { report, isCurrent } = useRehearsal();
  const counted =
    isCurrent && report?.outcome === 'completed' && !report.capped && !hasOthers(report.config);
  const total = counted
    ? report.audit.rowsIn
    : inspection?.isWhole
      ? inspection.sampledRows
      : inspection?.estimatedRows;
  const passing = new Map<number, Passing>();
  leaves.forEach(({ key }, i) => {
    const answer = answers[i]?.data;
    if (!answer || total === undefined || total === null) return;
    const { rowsRead, rowsFiltered } = answer;
    const isExact = inspection?.isWhole === true && rowsRead === inspection.sampledRows;
    const share = rowsRead === 0 ? 0 : (rowsRead - rowsFiltered) / rowsRead;
    passing.set(key, { rows: Math.round(share * total), isExact });
  });
  return passing;
}

function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

function conditionsOf(node: FilterNode): FilterNode[] {
  return node.kind === 'condition' ? [node] : node.of.flatMap(conditionsOf);
}

/** The condition alone, over the columns that come to the filter. */
function withFilter(config: ExportConfig, where: FilterExpression): ExportConfig {
  const step = { id: 'filter', kind: 'filter', enabled: true, options: { where } };
  return withSteps(config, [...columnStepsBefore(config, placeOfStep(config, 'filter')), step]);
}
