// What the columns of groups and measures are called when nobody names them.
import type { ColumnRef } from './filter.ts';
import type { MeasureOp } from './measure.ts';
import type { BucketSize } from './time-bucket.ts';

/** `country`, `at_month`, `at_15_minutes`. */
export function groupName({
  column,
  bucket,
  as,
}: {
  column: ColumnRef;
  bucket?: BucketSize;
  as?: string;
}): string {
  if (as !== undefined) return as;
  if (bucket === undefined) return column.name;
  const { unit, count } = bucket;
  return count === 1 ? `${column.name}_${unit}` : `${column.name}_${count}_${unit}s`;
}

/** `count`, `sum_amount`, `p95_duration_ms`. */
export function measureName({
  op,
  column,
  p,
  as,
}: {
  op: MeasureOp;
  column?: ColumnRef;
  p?: number;
  as?: string;
}): string {
  if (as !== undefined) return as;
  const percentile = `p${String(p).replace('.', '_')}`;
  const word =
    p === undefined
      ? op.replaceAll('-', '_')
      : op === 'percentile'
        ? percentile
        : `approx_${percentile}`;
  return column === undefined ? word : `${word}_${column.name}`;
}
