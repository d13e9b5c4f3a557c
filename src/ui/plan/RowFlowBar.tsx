// Where the rows go: those that go out, are filtered out or rejected, and all that come in, as a bar and in numbers.
import { useEffect, useRef, useState } from 'react';
import { formatDuration, countOf } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import { flowWords } from './data-words.en.ts';
import { estimateWords } from './format-words.en.ts';
import { usePreview, useRehearsal } from '../queries.ts';
import { CountAll } from './CountAll.tsx';
import { useForecast } from './Forecast.tsx';
import { countText } from './rounded.ts';
import { useRowFlow, type RowFlow } from './row-flow.ts';
import styles from './forecast.module.css';

/** Old numbers stay in full ink for so long. */
const FRESH_MS = 300;

export function RowFlowBar() {
  const words = flowWords;
  const { isTooLarge } = useRehearsal();
  const preview = usePreview();
  const now = useRowFlow();
  const { flow, isOld } = useLast(now);
  const isSettled = preview.data?.error === null && !preview.isPlaceholderData;
  if (flow === null || (now === null && isTooLarge && isSettled))
    return isTooLarge && isSettled ? (
      <section className={styles.flow} aria-label={words.title}>
        <div className={styles.head}>
          <h2>{words.title}</h2>
          <CountAll />
        </div>
        <p className={styles.untold}>{words.untold}</p>
      </section>
    ) : null;
  const { rowsIn, rowsOut, filtered, rejected, merged, added, isExact } = flow;
  const text = (count: number) => countText(count, isExact);
  const parts = [
    ['goOut', rowsOut],
    ['filtered', filtered],
    ['rejected', rejected],
    ...(merged > 0 ? [['merged', merged] as const] : []),
    ...(added > 0 ? [['added', added] as const] : []),
    ['in', rowsIn],
  ] as const;
  return (
    <section className={styles.flow} aria-label={words.title}>
      <div className={styles.head}>
        <h2>{words.title}</h2>
        <CountAll />
      </div>
      <div className={isOld ? styles.isOld : ''}>
        <div className={styles.bar} aria-hidden="true">
          {rowsOut > 0 ? <span className={styles.out} style={{ flexGrow: rowsOut }} /> : null}
          {filtered > 0 ? (
            <span className={styles.filtered} style={{ flexGrow: filtered }} />
          ) : null}
          {merged > 0 ? <span className={styles.filtered} style={{ flexGrow: merged }} /> : null}
          {rejected > 0 ? (
            <span className={styles.rejected} style={{ flexGrow: rejected }} />
          ) : null}
        </div>
        <dl className={styles.counts}>
          {parts.map(([part, count]) => (
            <div key={part}>
              <dt>{words[part]}</dt>
              <dd className={part === 'rejected' && count > 0 ? styles.some : ''}>{text(count)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

/** What the numbers above the run bar come from. */
export function ForecastSays() {
  const words = estimateWords;
  const { report, isCurrent } = useRehearsal();
  const { isExact, sampledRows, ms } = useForecast();
  const rows = (count: number) => countOf(count, messages.row, messages.rows);
  const text =
    isExact && isCurrent && report
      ? words.measured(rows(report.audit.rowsIn), formatDuration(ms ?? report.durationMs))
      : sampledRows === null
        ? ''
        : words.sampled(rows(sampledRows));
  return text === '' ? null : <p className={styles.foot}>{text}</p>;
}

/** The newest numbers, or the ones before while new ones are on their way. */
function useLast(now: RowFlow | null): { flow: RowFlow | null; isOld: boolean } {
  const last = useRef(now);
  const [isOld, setOld] = useState(false);
  const isMissing = now === null;
  useEffect(() => {
    if (now !== null) last.current = now;
  }, [now]);
  useEffect(() => {
    const timer = setTimeout(() => setOld(isMissing), isMissing ? FRESH_MS : 0);
    return () => clearTimeout(timer);
  }, [isMissing]);
  // oxlint-disable-next-line react-hooks/refs -- what was shown last is shown on, whatever it was
  return { flow: now ?? last.current, isOld };
}
