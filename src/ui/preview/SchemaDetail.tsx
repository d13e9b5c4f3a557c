// One column of the source opened: how its values are spread, the most frequent of them, examples, and counts.
import type { ProfiledColumn } from '../../contract/profile.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { formatCount, formatShare } from '../format-number.ts';
import { schemaViewWords } from './preview-words.en.ts';
import { Cell } from './Cell.tsx';
import { MOST_DISTINCT } from './ColumnHead.tsx';
import { Histogram } from './Histogram.tsx';
import { hueOf } from './TypeName.tsx';
import styles from './preview.module.css';

/** `31`, or `≥ 1,000` where counting ended. */
export function distinctText(
  { distinctCount }: InspectedColumn,
  found?: ProfiledColumn['distinct'],
): string {
  if (found) return `${found.isEstimate ? '≈\u00a0' : ''}${formatCount(found.count)}`;
  return `${distinctCount < MOST_DISTINCT ? '' : '≥\u00a0'}${formatCount(distinctCount)}`;
}

export function SchemaDetail({
  column,
  rows,
  found,
}: {
  column: InspectedColumn;
  rows: number;
  /** Of all values, where they were looked at. */
  found?: ProfiledColumn | undefined;
}) {
  const words = schemaViewWords;
  const { shape, examples } = column;
  if (!column.isProfiled) return <p className={styles.noProfile}>{column.sentence}</p>;
  const share = (count: number) =>
    rows === 0 ? '–' : count === 0 ? '0' : `${formatCount(count)}, ${formatShare(count / rows)}`;
  const facts: [word: string, value: string][] = [
    [words.nullValues, share(column.nullCount)],
    [words.emptyValues, share(column.emptyCount)],
    [words.different, distinctText(column, found?.distinct)],
    [words.longest, words.characters(column.longest)],
  ];
  return (
    <div className={styles.detailGrid}>
      <div>
        {shape?.kind === 'range' && shape.counts.length > 1 ? (
          <>
            <Histogram shape={shape} type={column.type} className={styles.bigShape} />
            <p className={styles.axis}>
              <span>{shape.from}</span>
              <span>{shape.to}</span>
            </p>
          </>
        ) : shape?.kind === 'values' && shape.counts.length > 0 ? (
          <Values
            values={shape.values}
            counts={shape.counts}
            others={shape.others}
            type={column.type}
          />
        ) : null}
        {shape?.kind !== 'values' && examples.length > 0 ? (
          <p className={styles.examples}>
            <span>{words.examples}</span>
            {examples.slice(0, 5).map((example, i) => (
              <code key={i}>
                <Cell value={example} />
              </code>
            ))}
          </p>
        ) : null}
      </div>
      <dl className={styles.facts}>
        {facts.map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Values({
  values,
  counts,
  others,
  type,
}: {
  values: readonly string[];
  counts: readonly number[];
  others: number;
  type: string;
}) {
  const words = schemaViewWords;
  const most = Math.max(1, ...counts);
  return (
    <ul className={styles.values}>
      {values.map((value, i) => (
        <li key={i}>
          <span className={styles.value} title={value}>
            <Cell value={value} />
          </span>
          <svg
            viewBox="0 0 100 8"
            preserveAspectRatio="none"
            className={hueOf(type)}
            aria-hidden="true"
          >
            <rect
              width={Math.max(0.5, (counts[i]! / most) * 100)}
              height="8"
              fill="currentColor"
              fillOpacity="0.8"
            />
          </svg>
          <span className={styles.end}>{formatCount(counts[i]!)}</span>
        </li>
      ))}
      {others > 0 ? <li className={styles.others}>{words.others(formatCount(others))}</li> : null}
    </ul>
  );
}
