// The exports as a table, newest first; what is not known is a dash, never 0.
import type { ExportHistoryEntry, HistoryOutcome } from '../../contract/store.ts';
import { formatCount, formatDuration, formatSize } from '../format-number.ts';
import { formatMoment, formatWhen } from '../format-when.ts';
import { Icon, type IconName } from '../kit/Icon.tsx';
import { Hidden } from '../kit/fields.tsx';
import { Pager, usePages } from '../kit/Pager.tsx';
import styles from '../kit/list-detail.module.css';
import own from './history.module.css';
import { historyWords as words } from './messages.en.ts';

/** Exports shown at a time. */
const PAGE = 100;

const ICONS: Record<HistoryOutcome, IconName> = {
  running: 'down',
  completed: 'check',
  cancelled: 'stop',
  failed: 'warning',
  interrupted: 'close',
};

/** A known number in its form, else a dash. */
export function orDash(value: number | null, form: (value: number) => string): string {
  return value === null ? words.unknown : form(value);
}

/** The file it made, or what it was to make. */
export function titleOf(entry: ExportHistoryEntry): string {
  const [first] = entry.files;
  if (!first) return entry.name;
  if (entry.fileCount === 1) return first.name;
  return words.files(first.name, formatCount(entry.fileCount - 1));
}

/** What there is to say beside the numbers; null for what went well. */
export function sentenceOf(entry: ExportHistoryEntry): string | null {
  if (entry.error) return entry.error.sentence;
  if (entry.outcome === 'cancelled') return words.noFile;
  if (entry.outcome === 'interrupted') return words.goneAway;
  if (entry.outcome === 'running') return words.underWay;
  return null;
}

export function HistoryTable({
  list,
  templateNames,
  chosen,
  onChoose,
}: {
  list: readonly ExportHistoryEntry[];
  templateNames: ReadonlyMap<string, string>;
  chosen: ExportHistoryEntry | undefined;
  onChoose: (id: string) => void;
}) {
  const page = usePages(list, PAGE);
  const wide = `${styles.end} ${styles.wide}`;
  return (
    <>
      <Pager page={page} words={words} isBar />
      <table className={`${styles.table} ${chosen ? own.isNarrow : ''}`}>
        <thead>
          <tr>
            <th scope="col">
              <Hidden>{words.status}</Hidden>
            </th>
            <th scope="col">{words.file}</th>
            <th scope="col" className={styles.end}>
              {words.rowsOut}
            </th>
            <th scope="col" className={`${styles.end} ${own.size}`}>
              {words.size}
            </th>
            <th scope="col" className={`${wide} ${own.extra}`}>
              {words.rate}
            </th>
            <th scope="col" className={wide}>
              {words.time}
            </th>
            <th scope="col" className={`${styles.wide} ${own.extra}`}>
              {words.template}
            </th>
            <th scope="col" className={`${styles.end} ${own.when}`}>
              {words.when}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((entry) => {
            const sentence = sentenceOf(entry);
            const when = (
              <time dateTime={entry.startedAt} title={formatMoment(entry.startedAt)}>
                {formatWhen(entry.startedAt)}
              </time>
            );
            const isBad = entry.outcome === 'failed';
            return (
              <tr
                key={entry.id}
                data-chosen={entry === chosen ? '' : undefined}
                onClick={() => onChoose(entry.id)}
              >
                <td className={`${own.sign} ${isBad ? styles.bad : ''}`}>
                  <Icon name={ICONS[entry.outcome]} />
                  <Hidden>{words.outcomes[entry.outcome]}</Hidden>
                </td>
                <td className={styles.main}>
                  <button
                    type="button"
                    className={`${styles.name} ${entry.outcome === 'completed' ? own.calm : ''}`}
                    aria-current={entry === chosen ? 'true' : undefined}
                  >
                    {titleOf(entry)}
                  </button>
                  {sentence === null ? null : (
                    <p className={isBad ? styles.bad : undefined}>
                      {isBad ? sentence : `${words.outcomes[entry.outcome]}. ${sentence}`}
                    </p>
                  )}
                  <p className={own.whenBelow}>{when}</p>
                </td>
                <td className={styles.end}>{orDash(entry.rowsOut, formatCount)}</td>
                <td className={`${styles.end} ${own.size}`}>{orDash(entry.bytes, formatSize)}</td>
                <td className={`${wide} ${own.extra}`}>
                  {orDash(entry.rowsPerSecond, formatCount)}
                </td>
                <td className={wide}>{orDash(entry.durationMs, formatDuration)}</td>
                <td className={`${styles.wide} ${own.extra} ${own.template}`}>
                  {entry.templateId === null
                    ? words.noTemplate
                    : (templateNames.get(entry.templateId) ?? words.goneTemplate)}
                </td>
                <td className={`${styles.end} ${own.when}`}>{when}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
