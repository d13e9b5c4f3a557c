// Where the rows go, in numbers: exact once the plan was rehearsed, before that judged by the sample.
import type { Report } from '../../contract/report.ts';
import type { Preview } from '../../contract/verbs.ts';
import { stepOf, type Draft } from '../draft.ts';
import { useInspection, usePreview, useRehearsal } from '../queries.ts';
import { useDraft } from '../session.tsx';

export interface RowFlow {
  rowsIn: number;
  rowsOut: number;
  filtered: number;
  rejected: number;
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
    JSON.stringify(report.config.sources) === JSON.stringify(draft.config.sources);
  const rowsIn = isSameSource
    ? report.audit.rowsIn
    : inspection.isWhole
      ? inspection.sampledRows
      : inspection.estimatedRows;
  return rowsIn === null ? null : estimate(draft, rowsIn, preview.data);
}

export function flowOf({ audit }: Report): RowFlow {
  const { rowsIn, rowsOut, filtered, rejected } = audit;
  return { rowsIn, rowsOut, filtered, rejected, isExact: true };
}

/** As the sample has it, as if the whole were like it. */
function estimate(draft: Draft, rowsIn: number, preview: Preview): RowFlow {
  const cut = stepOf(draft.config, 'limit')?.options;
  const limit = (cut?.limit as number | null | undefined) ?? Infinity;
  const offset = Number(cut?.offset ?? 0);
  const read = Math.max(1, preview.rowsRead);
  const rejected = Math.round((preview.rejects.length / read) * rowsIn);
  // What a limit cuts off counts as filtered in the sample, so that its share says nothing.
  const passing = cut ? rowsIn : Math.round((1 - preview.rowsFiltered / read) * rowsIn);
  const rowsOut = Math.min(limit, Math.max(0, passing - rejected - offset));
  return { rowsIn, rowsOut, filtered: rowsIn - rowsOut - rejected, rejected, isExact: false };
}
