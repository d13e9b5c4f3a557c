// What is worth knowing before exporting: what stops it, what is lost or left out and how often, each with the way out.
import type { Loss, Report } from '../../contract/report.ts';
import type { CheckIssue } from '../../contract/verbs.ts';
import { formatCount } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { lossWords } from '../preview/preview-words.en.ts';
import { worthWords } from './format-words.en.ts';
import { receiptWords } from '../run/receipt-words.en.ts';
import { useRehearsal } from '../queries.ts';
import { useDraftActions } from '../session.tsx';
import { sentenceOf } from '../form/issues.ts';
import styles from './plan.module.css';

interface Item {
  key: string;
  kind: 'error' | 'warning' | 'loss' | 'rejected' | 'retyped';
  /** null: not counted. */
  count: number | null;
  /** What is counted, where it is not what the kind says. */
  unit?: Loss['unit'];
  sentence: string;
  hint: string;
  example: string | null;
  issue: CheckIssue | null;
}

export function WorthKnowing({ issues }: { issues: readonly CheckIssue[] }) {
  const words = worthWords;
  const { patchOptions } = useDraftActions();
  const { report, isCurrent } = useRehearsal();
  const items = itemsOf(issues, isCurrent ? report : null);
  if (items.length === 0) return null;
  return (
    <section className={styles.worth} aria-label={words.title}>
      <h2>
        {words.title} <span className={styles.says}>{words.before}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={item.key}>
            <span
              className={`${styles.kind} ${['error', 'rejected'].includes(item.kind) ? styles.isError : ''}`}
            >
              {item.count === null ? words[item.kind] : formatCount(item.count)}
              {item.count === null ? null : (
                <small>{lossWords.unit[unitOf(item)](item.count)}</small>
              )}
            </span>
            <div>
              <p>{item.sentence}</p>
              {item.hint === '' ? null : <p className={styles.help}>{item.hint}</p>}
              {item.example === null ? null : (
                <p className={styles.example}>
                  <bdi>{item.example}</bdi>
                </p>
              )}
            </div>
            {item.issue?.remedy && Object.keys(item.issue.remedy.options).length > 0 ? (
              <Button
                look="link"
                onClick={() => patchOptions(item.issue!.path, item.issue!.remedy!.options)}
              >
                {item.issue.remedy.title}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Issues of the plan with what a rehearsal of it counted; losses foreseen that never came are left out. */
function itemsOf(issues: readonly CheckIssue[], report: Report | null): Item[] {
  const words = worthWords;
  const counted = new Map<string, Loss[]>();
  for (const loss of report?.losses ?? [])
    counted.set(loss.code, [...(counted.get(loss.code) ?? []), loss]);
  const isDone = report?.outcome === 'completed';
  const shown = new Set<string>();
  const items: Item[] = [];
  for (const issue of issues) {
    const losses = counted.get(issue.code);
    if (issue.severity === 'loss') {
      if (isDone && losses === undefined && issue.path.startsWith('outputs')) continue;
      if (shown.has(issue.code) && losses) continue;
      shown.add(issue.code);
    }
    const hasRemedy = issue.remedy && Object.keys(issue.remedy.options).length > 0;
    items.push({
      key: issue.path + issue.code + issue.sentence,
      kind: issue.severity,
      count: losses ? sumOf(losses) : null,
      unit: losses?.[0]?.unit,
      sentence: losses ? lossSentence(losses, issues) : sentenceOf(issue),
      hint: hasRemedy && issue.hint === issue.remedy?.title ? '' : issue.hint,
      example: losses ? exampleOf(losses) : null,
      issue,
    });
  }
  const { error } = report ?? {};
  if (report?.outcome === 'failed' && error && !issues.some(({ code }) => code === error.code))
    items.unshift({
      key: `failed ${error.code}`,
      kind: 'error',
      count: null,
      sentence: sentenceOf(error),
      hint: error.hint,
      example: null,
      issue: null,
    });
  if (!isDone) return items;
  for (const [code, losses] of counted)
    if (!shown.has(code))
      items.push({
        key: `loss ${code}`,
        kind: 'loss',
        count: sumOf(losses),
        unit: losses[0]?.unit,
        sentence: lossSentence(losses, issues),
        hint: '',
        example: exampleOf(losses),
        issue: null,
      });
  if (report.audit.rejected > 0) {
    const first = report.rejects.listed[0];
    items.unshift({
      key: 'rejected',
      kind: 'rejected',
      count: report.audit.rejected,
      sentence: words.leftOut,
      hint: first ? sentenceOf(first) : '',
      example: first?.value ?? null,
      issue: null,
    });
  }
  for (const { column, from, value, line } of report.retyped)
    items.push({
      key: `retyped ${column}`,
      kind: 'retyped',
      count: null,
      sentence: receiptWords.retypedSays(column, from, value, line),
      hint: '',
      example: null,
      issue: null,
    });
  return items;
}

function unitOf({ kind, unit }: Item): keyof typeof lossWords.unit {
  return unit ?? (kind === 'rejected' ? 'rows' : 'values');
}

function sumOf(losses: readonly Loss[]): number {
  return losses.reduce((sum, loss) => sum + loss.count, 0);
}

function exampleOf(losses: readonly Loss[]): string | null {
  return losses.find((loss) => loss.example !== undefined && loss.example !== '')?.example ?? null;
}

function lossSentence(losses: readonly Loss[], issues: readonly CheckIssue[]): string {
  const { code, unit } = losses[0]!;
  if (unit === 'columns') {
    const alike = issues.filter((issue) => issue.code === code).length;
    return worthWords.alike(sentenceOf(losses[0]!), alike - 1);
  }
  const columns = losses.flatMap((loss) => (loss.column === undefined ? [] : [loss.column]));
  const sentence = sentenceOf(losses[0]!);
  return columns.length === 0 ? sentence : worthWords.inColumns(columns, sentence);
}
