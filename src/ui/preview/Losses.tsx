// What the output cannot hold as it is, before it is made: lost, changed or held, each with its way out in one click.
import type { CheckIssue } from '../../contract/verbs.ts';
import { countOf, formatCount, formatShare } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { messages } from '../messages.en.ts';
import { studioMessages } from '../studio-messages.en.ts';
import { lossWords } from './preview-words.en.ts';
import { stepOfIssue } from '../plan/step-issues.ts';
import type { Rehearsal } from '../queries.ts';
import { useDraftActions, usePage } from '../session.tsx';
import { Cell } from './Cell.tsx';
import type { LossEntry, LossKind, Remedy } from './loss-list.ts';
import styles from './preview.module.css';

const KINDS: LossKind[] = ['lost', 'changed', 'held'];
/** Columns that a loss names at most. */
const MOST_NAMED = 6;

export function Losses({
  entries,
  rehearsal,
}: {
  entries: readonly LossEntry[];
  rehearsal: Rehearsal;
}) {
  const words = lossWords;
  const { report, isCurrent, isRunning } = rehearsal;
  const isCounted = isCurrent && report?.outcome === 'completed';
  return (
    <>
      <div
        className={`${styles.scroll} ${styles.losses}`}
        tabIndex={0}
        role="region"
        aria-label={words.region}
      >
        {entries.length === 0 ? (
          <p className={styles.blank}>
            {isCounted ? (
              <>
                <Icon name="check" /> {words.nothing(formatCount(report.audit.rowsOut))}
              </>
            ) : (
              words.nothingFound
            )}
          </p>
        ) : null}
        {KINDS.map((kind) => {
          const some = entries.filter((entry) => entry.kind === kind);
          if (some.length === 0) return null;
          return (
            <section key={kind} aria-label={words.kinds[kind]}>
              <h2>{words.kinds[kind]}</h2>
              <ul>
                {some.map((entry) => (
                  <Entry key={entry.key} entry={entry} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <div className={styles.foot}>
        <span>
          {isCounted
            ? words.counted(countOf(report.audit.rowsIn, messages.row, messages.rows))
            : isRunning
              ? words.counting(share(rehearsal))
              : report?.error
                ? words.notCounted
                : words.byPlan}
        </span>
        {isCounted || isRunning ? null : (
          <Button look="link" onClick={rehearsal.start}>
            {words.count}
          </Button>
        )}
      </div>
    </>
  );
}

/** How much of the source has been read; empty while nobody knows. */
function share({ progress }: Rehearsal): string {
  if (progress?.bytesTotal == null || progress.bytesTotal === 0) return '';
  return formatShare(Math.min(1, progress.bytesIn / progress.bytesTotal));
}

function Entry({ entry }: { entry: LossEntry }) {
  const words = lossWords;
  const { patchOptions, setCharset } = useDraftActions();
  const { openStep, showRows } = usePage();
  const apply = ({ path, options }: Remedy) =>
    path === 'outputs.0.charset' ? setCharset(options) : patchOptions(path, options);
  const place = entry.path === '' ? null : stepOfIssue(asIssue(entry));
  // What no option settles is settled where columns are named and left out.
  const step = place === 'delivery' && entry.unit === 'columns' ? 'data' : place;
  const named = entry.columns
    .slice(0, MOST_NAMED)
    .map(({ name, count }) => (count === null ? name : words.affected(name, formatCount(count))));
  if (entry.columns.length > MOST_NAMED) named.push(words.more(entry.columns.length - MOST_NAMED));
  return (
    <li className={`${styles.loss} ${styles[entry.kind]}`}>
      <div className={styles.lossCount}>
        {entry.count === null ? '–' : formatCount(entry.count)}
        <small>{words.unit[entry.unit](entry.count ?? 0)}</small>
      </div>
      <div className={styles.lossText}>
        <p>{entry.sentence}</p>
        {entry.hint === '' ? null : <p className={styles.help}>{entry.hint}</p>}
        {named.length === 0 ? null : <p className={styles.help}>{named.join(', ')}</p>}
        {entry.example === null ? null : (
          <code>
            <Cell value={entry.example} />
          </code>
        )}
      </div>
      <div className={styles.remedies}>
        {entry.remedies.map((remedy) => (
          <Button key={remedy.title} look="link" onClick={() => apply(remedy)}>
            {remedy.title}
          </Button>
        ))}
        {entry.unit === 'rows' ? (
          <Button look="link" onClick={() => showRows('problems')}>
            {words.showRows}
          </Button>
        ) : null}
        {entry.remedies.length > 0 || step === null || step === 'source' ? null : (
          <Button look="link" onClick={() => openStep(step)}>
            {words.showIn(studioMessages.steps[step])}
          </Button>
        )}
      </div>
    </li>
  );
}

function asIssue({ path, code, sentence, hint }: LossEntry): CheckIssue {
  return { severity: 'loss', path, code, sentence, hint };
}
