// What all values of a column came to: extremes, means, frequent values, and those that do not fit, with their lines.
import type { ProfiledColumn } from '../../contract/profile.ts';
import { formatCount } from '../format-number.ts';
import { Cell } from './Cell.tsx';
import styles from './preview.module.css';
import { words } from './schema-words.en.ts';

/** A number in the digits that say something. */
const short = (value: number): string =>
  Number(value.toPrecision(8)).toLocaleString('en-US', { maximumFractionDigits: 6 });

export default function SchemaFacts({ column }: { column: ProfiledColumn }) {
  const { min, max, mean, stddev, longest, shortest, notFiniteCount, invalidCount } = column;
  const facts: [word: string, value: string][] = [];
  if (min !== null) facts.push([words.least, min]);
  if (max !== null) facts.push([words.greatest, max]);
  if (mean !== null) facts.push([words.mean, short(mean)]);
  if (stddev !== null) facts.push([words.stddev, short(stddev)]);
  if (shortest !== null)
    facts.push([
      words.shortest,
      words.characters(formatCount(shortest.characters), shortest.value),
    ]);
  if (longest !== null && longest.characters > 0)
    facts.push([words.longest, words.characters(formatCount(longest.characters), longest.value)]);
  if (notFiniteCount > 0) facts.push([words.notFinite, formatCount(notFiniteCount)]);
  if (invalidCount > 0) facts.push([words.unfit, formatCount(invalidCount)]);
  const isRough = column.top.some(({ over }) => over > 0);
  return (
    <div className={styles.detailGrid}>
      <div>
        {column.top.length > 0 && column.histogram !== null ? (
          <p className={styles.examples}>
            <span>{words.frequent}</span>
            {column.top.slice(0, 5).map(({ value, count, over }, i) => (
              <code key={i}>
                <Cell value={value} /> {over > 0 ? '≤' : '×'}
                {formatCount(count)}
              </code>
            ))}
          </p>
        ) : null}
        {isRough ? <p className={styles.noProfile}>{words.estimated}</p> : null}
        {column.invalid.length > 0 ? (
          <p className={styles.examples}>
            <span>{words.unfitFirst}</span>
            {column.invalid.map(({ line, value }, i) => (
              <code key={i}>
                <Cell value={value} />
                {line > 0 ? ` ${words.onLine(formatCount(line))}` : ''}
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
