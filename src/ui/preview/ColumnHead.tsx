// The head of a column of the grid: name, type, what it was called, null share, how many values, and how they are spread.
import { formatCount, formatShare } from '../format-number.ts';
import { dataWords } from '../plan/data-words.en.ts';
import { previewWords } from './preview-words.en.ts';
import type { GridColumn } from './grid-columns.ts';
import { Histogram } from './Histogram.tsx';
import { TypeName, isNumber, typeWord } from './TypeName.tsx';
import styles from './preview.module.css';

/** From here on distinct values are no longer counted. */
export const MOST_DISTINCT = 1000;

export interface ColumnFacts {
  name: string;
  /** Its name in the source, if it has another one now. */
  was: string | null;
  /** `31 values`; null where too many to be counted, or nothing was looked at. */
  values: string | null;
  /** `0.2 % null`; null where there is none. */
  nulls: string | null;
}

export function columnFacts({ name, choice, inspected }: GridColumn, sampled: number): ColumnFacts {
  const words = previewWords;
  const isCounted = inspected !== null && inspected.isProfiled && sampled > 0;
  const source = choice?.ref.name;
  return {
    name: nameOf(name),
    was: source === undefined || source === name ? null : nameOf(source),
    values:
      isCounted && inspected.distinctCount < MOST_DISTINCT
        ? words.values(inspected.distinctCount)
        : null,
    nulls:
      isCounted && inspected.nullCount > 0
        ? words.nullShare(formatShare(inspected.nullCount / sampled))
        : null,
  };
}

/** All of it as one line, for a tooltip and for who hears it. */
export function headTitle(column: GridColumn, facts: ColumnFacts): string {
  const words = previewWords;
  const { inspected } = column;
  return [
    facts.name,
    facts.was === null ? '' : `${words.was} ${facts.was}`,
    typeWord(column.type),
    facts.values ?? (inspected?.isProfiled ? words.manyValues(formatCount(MOST_DISTINCT)) : ''),
    facts.nulls ?? (inspected?.isProfiled ? words.noNulls : ''),
  ]
    .filter(Boolean)
    .join(', ');
}

export function ColumnHead({ column, sampled }: { column: GridColumn; sampled: number }) {
  const words = previewWords;
  const facts = columnFacts(column, sampled);
  return (
    <span className={`${styles.head} ${isNumber(column.type) ? styles.isNumber : ''}`}>
      <b>{facts.name}</b>
      <small>
        <span>
          <TypeName type={column.type} isShort />
          {facts.was !== null ? (
            <>
              {', '}
              <i>
                {words.was} {facts.was}
              </i>
            </>
          ) : facts.values === null ? null : (
            `, ${facts.values}`
          )}
        </span>
        {facts.nulls === null ? null : <em>{facts.nulls}</em>}
      </small>
      <Histogram shape={column.inspected?.shape ?? null} type={column.type} />
    </span>
  );
}

function nameOf(name: string): string {
  return name === '' ? dataWords.noName : name;
}
