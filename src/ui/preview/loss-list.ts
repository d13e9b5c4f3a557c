// What the output cannot hold as it is: what the check says before, and what a rehearsal counted, as one list.
import type { LossCard } from '../../contract/format-plugin.ts';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import type { Loss, Report } from '../../contract/report.ts';
import { sentenceOf } from '../form/issues.ts';
import { lossWords } from './preview-words.en.ts';
import { receiptWords } from '../run/receipt-words.en.ts';
import type { Rehearsal } from '../queries.ts';

export type LossKind = LossCard['kind'];

/** A way out that is one click. */
export interface Remedy {
  title: string;
  /** What `patchOptions` takes. */
  path: string;
  options: Record<string, unknown>;
}

export interface LossEntry {
  key: string;
  kind: LossKind;
  code: string;
  sentence: string;
  hint: string;
  /** Columns with their counts, most first; no count where nobody counted. */
  columns: { name: string; count: number | null }[];
  /** Values; null where nobody counted. */
  count: number | null;
  example: string | null;
  remedies: Remedy[];
  /** What is counted: rows that stay behind, values, lines that are no rows, or columns whatever their values are. */
  unit: 'values' | 'rows' | 'lines' | 'columns';
  /** Where the option stands that it comes from; empty when it comes from none. */
  path: string;
}

const FORMAT = 'outputs.0.format.options';
const CHARSET = 'outputs.0.charset';

/** The encoding's own, which no format's card names. */
const CHARSET_LOSSES: readonly LossCard[] = ['replaced', 'escaped', 'transliterated'].map(
  (way) => ({
    code: `charset.${way}`,
    kind: way === 'escaped' ? 'changed' : 'lost',
    isCounted: true,
    remedy: { title: lossWords.useUtf8, options: { id: 'utf-8' } },
  }),
);

function cardOf(code: string, format: FormatLosses): LossCard | undefined {
  return [...format.losses, ...CHARSET_LOSSES].find((card) => card.code === code);
}

const pathOf = (code: string): string => (code.startsWith('charset.') ? CHARSET : FORMAT);

function remediesOf(card: LossCard | undefined): Remedy[] {
  return card?.remedy ? [{ ...card.remedy, path: pathOf(card.code) }] : [];
}

type FormatLosses = Pick<Catalogue['formats'][number], 'losses'>;

/** Issues that say something of values, with what the rehearsal of the same plan counted; lost first. */
export function lossList(
  issues: readonly CheckIssue[],
  format: FormatLosses,
  { report, isCurrent }: Pick<Rehearsal, 'report' | 'isCurrent'>,
): LossEntry[] {
  const entries = new Map<string, LossEntry>();
  for (const issue of issues) {
    if (issue.severity === 'error') continue;
    const same = entries.get(`${issue.code} ${issue.sentence}`);
    if (same !== undefined) continue;
    const own = issue.remedy
      ? [{ title: issue.remedy.title, path: issue.path, options: issue.remedy.options }]
      : [];
    // A remedy without options is advice, which the hint gives.
    const usable = own.filter(({ options }) => Object.keys(options).length > 0);
    const card = cardOf(issue.code, format);
    const isOfColumns = card?.isCounted === false && issue.columnCount !== undefined;
    entries.set(`${issue.code} ${issue.sentence}`, {
      key: `${issue.code} ${issue.sentence}`,
      kind: issue.severity === 'warning' ? 'held' : (card?.kind ?? 'lost'),
      code: issue.code,
      sentence: sentenceOf(issue),
      hint: issue.hint === issue.remedy?.title && usable.length > 0 ? '' : issue.hint,
      columns: [],
      count: isOfColumns ? issue.columnCount! : null,
      example: null,
      remedies: usable.length > 0 ? usable : remediesOf(card),
      unit: isOfColumns ? 'columns' : 'values',
      path: issue.path,
    });
  }
  if (isCurrent && report !== null) addCounted(entries, report, format);
  const order: LossKind[] = ['lost', 'changed', 'held'];
  for (const entry of entries.values())
    entry.columns.sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  return [...entries.values()].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (b.count ?? 0) - (a.count ?? 0),
  );
}

function addCounted(entries: Map<string, LossEntry>, report: Report, format: FormatLosses): void {
  // What the plan tells of columns it has told already.
  for (const loss of report.losses)
    if (loss.unit !== 'columns') addLoss(entries, loss, cardOf(loss.code, format));
  if (report.outcome !== 'completed') return;
  for (const [key, { count, code }] of entries)
    // Foreseen, but not among what was counted: it did not come.
    if (count === null && cardOf(code, format)?.isCounted === true) entries.delete(key);
  const [first] = report.rejects.listed;
  if (report.rejects.count > 0)
    entries.set('rejected', {
      ...NOTHING,
      key: 'rejected',
      kind: 'lost',
      code: 'rejected',
      sentence: lossWords.leftOut,
      hint: first ? sentenceOf(first) : '',
      count: report.rejects.count,
      example: first?.value ?? null,
      unit: 'rows',
    });
  for (const { column, from, value, line } of report.retyped)
    entries.set(`retyped ${column}`, {
      ...NOTHING,
      key: `retyped ${column}`,
      kind: 'changed',
      code: 'retyped',
      sentence: receiptWords.retypedSays(column, from, value, line),
    });
}

const NOTHING = {
  hint: '',
  columns: [],
  count: null,
  example: null,
  remedies: [],
  unit: 'values' as const,
  path: '',
};

function addLoss(entries: Map<string, LossEntry>, loss: Loss, card: LossCard | undefined): void {
  // The check says of the plan what the run says of the values: one loss, whichever words come first.
  const known = [...entries.values()].find((entry) => entry.code === loss.code);
  const entry: LossEntry = known ?? {
    key: `${loss.code} ${loss.sentence}`,
    kind: card?.kind ?? 'lost',
    code: loss.code,
    sentence: sentenceOf(loss),
    hint: '',
    columns: [],
    count: null,
    example: null,
    remedies: remediesOf(card),
    unit: loss.unit ?? 'values',
    path: pathOf(loss.code),
  };
  entry.count = (entry.count ?? 0) + loss.count;
  entry.example ??= loss.example ?? null;
  if (loss.column !== undefined) entry.columns.push({ name: loss.column, count: loss.count });
  entries.set(entry.key, entry);
}

/** The number on the tab: kinds of losses, not what is held. */
export function lossCount(entries: readonly LossEntry[]): number {
  return entries.filter(({ kind }) => kind !== 'held').length;
}
