// How many rows go out, are filtered out and rejected: exact once the plan was rehearsed, else as the sample has it.
import type { Reject } from '../../contract/report.ts';
import type { Inspection, Preview } from '../../contract/verbs.ts';
import { formatCount } from '../format-number.ts';
import { previewWords } from './preview-words.en.ts';
import type { Rehearsal } from '../queries.ts';

/** Rejects that a preview lists at most. */
const MOST_LISTED = 100;

export interface RowCounts {
  /** Rows that go out; null while nobody knows. */
  total: number | null;
  /** The same in words, `≈ 412,000` from the sample; empty while nobody knows. */
  totalText: string;
  /** `587,097 filtered out, 0 rejected`. */
  rest: string;
  /** 0-based place of the first of the last rows among the rows that go out; null when it cannot be told. */
  firstOfLast: number | null;
  problems: { count: number; text: string; listed: readonly Reject[] };
}

export function rowCounts(
  preview: Preview,
  inspection: Inspection | undefined,
  { report, isCurrent }: Pick<Rehearsal, 'report' | 'isCurrent'>,
  hasLimit: boolean,
): RowCounts {
  const exact = isCurrent && report?.outcome === 'completed' ? report : null;
  const { rejects, rowsRead, rowsFiltered } = preview;
  const isEveryRejectListed = rejects.length < MOST_LISTED;
  const made = preview.steps.reduce((sum, { added, merged }) => sum + added - merged, 0);
  const passed = rowsRead + made - rowsFiltered - rejects.length;
  const firstOfLast = isEveryRejectListed ? Math.max(0, passed - preview.lastRows.length) : null;
  if (exact !== null) {
    const { rowsOut, filtered, rejected } = exact.audit;
    return {
      total: rowsOut,
      totalText: formatCount(rowsOut),
      rest: restText(formatCount(filtered), formatCount(rejected)),
      firstOfLast,
      problems: {
        count: exact.rejects.count,
        text: formatCount(exact.rejects.count),
        listed: exact.rejects.listed,
      },
    };
  }
  // A preview that showed every row it let through has read the source to its end.
  const isRead = inspection?.isWhole === true && rowsRead >= inspection.sampledRows;
  // Where rows become others, or come from elsewhere too, the rows read say nothing of the rest.
  const isOfOwn = preview.steps.every(
    ({ added, merged, beside = 0 }) => added === 0 && merged === 0 && beside === 0,
  );
  const isAll = isEveryRejectListed && (isOfOwn ? isRead : preview.isWhole);
  const estimated = inspection?.estimatedRows ?? null;
  const scale = isAll
    ? 1
    : estimated === null || rowsRead === 0 || !isOfOwn
      ? null
      : Math.max(1, estimated / rowsRead);
  // What a limit leaves of a sample says nothing of the rest.
  const isTold = scale !== null && (isAll || !hasLimit);
  const about = (count: number) =>
    isAll
      ? formatCount(count)
      : count === 0
        ? previewWords.noneYet
        : `≈\u00a0${formatCount(roughly(count * (scale ?? 1)))}`;
  const problemText = isAll ? formatCount(rejects.length) : `${formatCount(rejects.length)}+`;
  return {
    total: isTold ? Math.round(passed * scale) : null,
    totalText: isTold ? about(passed) : '',
    rest: isTold ? restText(about(rowsFiltered), about(rejects.length)) : '',
    firstOfLast,
    problems: { count: rejects.length, text: problemText, listed: rejects },
  };
}

function restText(filtered: string, rejected: string): string {
  return previewWords.rest(filtered, rejected);
}

/** Two figures: a sample is good for no more. */
function roughly(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.round(count / step) * step;
}
