// Where the rows go, in numbers: exact once the plan was rehearsed, before that judged by the sample.
import type { Report } from '../../contract/report.ts';
import type { Preview } from '../../contract/verbs.ts';
import type { Draft } from '../draft.ts';
import { activeStepOf } from '../plan-parts.ts';
import { hasOthers } from '../other-data.ts';
import { useInspection, usePreview, useRehearsal } from '../queries.ts';
import { useDraft } from '../session.tsx';

export interface RowFlow {
  rowsIn: number;
  rowsOut: number;
  filtered: number;
  rejected: number;
  /** Rows in that went into others, and rows out that stood nowhere before: rowsIn + added = rowsOut + filtered + rejected + merged. */
  merged: number;
  added: number;
  isExact: boolean;
}

/** The rows of the plan as it stands; null while nothing is known. */
export function useRowFlow(): RowFlow | null {
  const draft = useDraft((state) => state.draft!);
  const { report, isCurrent } = useRehearsal();
  const inspection = useInspection().data;
  const preview = usePreview();
  if (isCurrent && report?.outcome === 'completed') return flowOf(report);
  if (!inspection || !preview.data || preview.isPlaceholderData) return null;
  // Another plan over the same source had as many rows to begin with.
  const isSameSource =
    report?.outcome === 'completed' &&
    !report.capped &&
    !hasOthers(report.config) &&
    JSON.stringify(report.config.sources) === JSON.stringify(draft.config.sources);
  const rowsIn = isSameSource
    ? report.audit.rowsIn
    : inspection.isWhole
      ? inspection.sampledRows
      : inspection.estimatedRows;
  return rowsIn === null ? null : estimate(draft, rowsIn, preview.data);
}

export function flowOf({ audit }: Report): RowFlow {
  const { rowsIn, rowsOut, filtered, rejected, merged, added } = audit;
  return { rowsIn, rowsOut, filtered, rejected, merged, added, isExact: true };
}

/** As the sample has it, as if the whole were like it; null where rows become others or come from elsewhere too, which no sample tells. */
function estimate(draft: Draft, rowsIn: number, preview: Preview): RowFlow | null {
  if (hasOthers(draft.config)) return null;
  if (preview.steps.some(({ merged, added }) => merged > 0 || added > 0)) return null;
  const cut = activeStepOf(draft.config, 'limit');
  const limit = (cut?.options.limit as number | null | undefined) ?? Infinity;
  const offset = Number(cut?.options.offset ?? 0);
  const read = Math.max(1, preview.rowsRead);
  const rejected = Math.round((preview.rejects.length / read) * rowsIn);
  // What a limit cuts off says nothing of the whole.
  const cutOff = preview.steps.find(({ id }) => id === cut?.id)?.filtered ?? 0;
  const passing = Math.round((1 - (preview.rowsFiltered - cutOff) / read) * rowsIn);
  const rowsOut = Math.min(limit, Math.max(0, passing - rejected - offset));
  const filtered = rowsIn - rowsOut - rejected;
  return { rowsIn, rowsOut, filtered, rejected, merged: 0, added: 0, isExact: false };
}
