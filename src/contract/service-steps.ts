// Filters and aggregates as a host's program builds them: typed functions whose results are steps of a config, in plain JSON.
import type { StepConfig } from './config.ts';
import { ExportError } from './errors.ts';
import type { ColumnRef, Comparison, FilterExpression, FilterValue, TextTest } from './filter.ts';
import type { MeasureOp } from './measure.ts';
import type { TimeStep } from './expression.ts';
import type { BucketSize, WeekStart } from './time-bucket.ts';

export type { TimeStep } from './expression.ts';

/** A column by its name; by `{name, nth}` where names repeat. */
export type FieldName = string | ColumnRef;

/** The condition of a filter step. */
export type DataFilter = FilterExpression;

/** How a field is held against a value. The negated ones are true for no null, as everywhere. */
export type FilterOperator =
  Comparison | TextTest | 'in' | 'not-in' | 'between' | 'is-null' | 'is-not-null';

/**
 * One row of a filter builder. `value`: for `in` and `not-in` a list, for `between` the two ends (inclusive), for `is-null` and
 * `is-not-null` nothing, else one value. A Date stands for its instant in ISO 8601 with Z.
 */
export interface FilterCriterion {
  field: FieldName;
  operator: FilterOperator;
  value?: FilterValue | Date | readonly (FilterValue | Date)[];
  ignoreCase?: boolean;
}

const columnOf = (field: FieldName): ColumnRef =>
  typeof field === 'string' ? { name: field } : field;

const constantOf = (value: FilterValue | Date): FilterValue =>
  value instanceof Date ? value.toISOString() : value;

function wrongValue(operator: string, wanted: string): ExportError {
  return new ExportError('config.invalid', {
    path: 'the filter',
    detail: `the operator “${operator}” needs ${wanted}`,
  });
}

/** A single condition. Throws `config.invalid` for a value that the operator cannot take. */
function conditionOf({ field, operator, value, ignoreCase }: FilterCriterion): DataFilter {
  const column = columnOf(field);
  const folding = ignoreCase === true ? { ignoreCase } : {};
  const isList = Array.isArray(value);
  switch (operator) {
    case 'is-null':
      return { op: 'is-null', column };
    case 'is-not-null':
      return { op: 'not', of: { op: 'is-null', column } };
    case 'in':
    case 'not-in': {
      if (!isList) throw wrongValue(operator, 'a list of values');
      const values = (value as (FilterValue | Date)[]).map(constantOf);
      const among: DataFilter = { op: 'in', column, values, ...folding };
      return operator === 'in' ? among : { op: 'not', of: among };
    }
    case 'between': {
      const [low, high, ...rest] = (isList ? value : []) as (FilterValue | Date)[];
      if (low === undefined || high === undefined || rest.length > 0)
        throw wrongValue(operator, 'a list of two values');
      return { op: 'between', column, low: constantOf(low), high: constantOf(high) };
    }
    default: {
      if (isList || value === undefined) throw wrongValue(operator, 'one value');
      const constant = constantOf(value as FilterValue | Date);
      switch (operator) {
        case 'contains':
        case 'starts-with':
        case 'ends-with':
        case 'matches':
          if (typeof constant !== 'string') throw wrongValue(operator, 'a text');
          return { op: operator, column, value: constant, ...folding };
        default:
          return { op: operator, column, value: constant, ...folding };
      }
    }
  }
}

/** Rows for which every criterion is true; without criteria all rows. */
export function buildFilter(criteria: readonly FilterCriterion[]): DataFilter {
  return criteria.length === 1
    ? conditionOf(criteria[0]!)
    : { op: 'and', of: criteria.map(conditionOf) };
}

/** Rows for which all are true. */
export function and(...filters: DataFilter[]): DataFilter {
  return { op: 'and', of: filters };
}

/** Rows for which one is true at least. */
export function or(...filters: DataFilter[]): DataFilter {
  return { op: 'or', of: filters };
}

/** Rows for which it is false; a comparison with null is neither true nor false. */
export function not(filter: DataFilter): DataFilter {
  return { op: 'not', of: filter };
}

/** Common filters. The columns they ask for are those of the sample `commands`, unless told otherwise. */
export const filters = {
  /** From `start` on, up to but without `end`; one of them may be null. */
  timeRange(
    start: Date | string | null,
    end: Date | string | null,
    field: FieldName = 'started_at',
  ) {
    return {
      op: 'in-range',
      column: columnOf(field),
      ...(start !== null && { from: constantOf(start) }),
      ...(end !== null && { to: constantOf(end) }),
    } as DataFilter;
  },
  agentIds: (ids: readonly string[], field: FieldName = 'agent'): DataFilter =>
    conditionOf({ field, operator: 'in', value: ids }),
  commandTypes: (types: readonly string[], field: FieldName = 'command'): DataFilter =>
    conditionOf({ field, operator: 'in', value: types }),
  status: (statuses: readonly string[], field: FieldName = 'status'): DataFilter =>
    conditionOf({ field, operator: 'in', value: statuses }),
  custom: (
    field: FieldName,
    operator: FilterOperator,
    value?: FilterCriterion['value'],
  ): DataFilter => conditionOf({ field, operator, ...(value !== undefined && { value }) }),
};

/** A filter as a step of a data set. */
export function filterStep(filter: DataFilter, id = 'filter'): StepConfig {
  return { id, kind: 'filter', enabled: true, options: { where: filter } };
}

/** Groups by stretches of time: `count` units each, on the calendar of `zone` (missing: the config's). */
export interface TimeBucket {
  column: ColumnRef;
  bucket: BucketSize;
  as?: string;
}

/** One column of groups: its values, or buckets of time. */
export type Grouping = { column: ColumnRef; as?: string } | TimeBucket;

/** One measure of each group. `p`: 0 to 100, of percentiles alone. `as`: the name of its column. */
export interface Aggregation {
  op: MeasureOp;
  column?: ColumnRef;
  p?: number;
  as?: string;
}

const measure = (op: Aggregation['op'], field: FieldName, as?: string): Aggregation => ({
  op,
  column: columnOf(field),
  ...(as !== undefined && { as }),
});

/** Measures of a group. */
export const aggregations = {
  /** Rows, or with a field those of its values that are not null. */
  count: (field?: FieldName, as?: string): Aggregation =>
    field === undefined
      ? { op: 'count', ...(as !== undefined && { as }) }
      : measure('count', field, as),
  countDistinct: (field: FieldName, as?: string): Aggregation =>
    measure('count-distinct', field, as),
  sum: (field: FieldName, as?: string): Aggregation => measure('sum', field, as),
  avg: (field: FieldName, as?: string): Aggregation => measure('avg', field, as),
  min: (field: FieldName, as?: string): Aggregation => measure('min', field, as),
  max: (field: FieldName, as?: string): Aggregation => measure('max', field, as),
  /** `p`: 0 to 100. Throws `config.invalid` beyond. */
  percentile(field: FieldName, p: number, as?: string): Aggregation {
    if (!(p >= 0 && p <= 100))
      throw new ExportError('config.invalid', {
        path: 'the percentile',
        detail: `a percentile is a number from 0 to 100, not ${p}`,
      });
    return { ...measure('percentile', field, as), p };
  },
};

/** Groups by the values of these fields. */
export function groupBy(fields: readonly FieldName[]): Grouping[] {
  return fields.map((field) => ({ column: columnOf(field) }));
}

const INTERVAL = /^\s*(\d+)?\s*(second|minute|hour|day|week|month|quarter|year)s?\s*$/;

/** Groups by stretches of time: `timeBucket('at', '15 minutes')`, `timeBucket('at', 'week', {weekStart: 'sunday'})`. Throws `config.invalid`. */
export function timeBucket(
  field: FieldName,
  interval: string | { unit: TimeStep; count?: number },
  { as, ...calendar }: { zone?: string; weekStart?: WeekStart; as?: string } = {},
): TimeBucket {
  let unit: TimeStep;
  let count = 1;
  if (typeof interval === 'string') {
    const found = INTERVAL.exec(interval);
    if (found === null)
      throw new ExportError('config.invalid', {
        path: 'the time bucket',
        detail: `“${interval}” is no stretch of time such as “15 minutes”`,
      });
    unit = found[2] as TimeStep;
    count = Number(found[1] ?? 1);
  } else ({ unit, count = 1 } = interval);
  if (!Number.isInteger(count) || count < 1)
    throw new ExportError('config.invalid', {
      path: 'the time bucket',
      detail: `a time bucket has a whole number of units, not ${count}`,
    });
  return {
    column: columnOf(field),
    bucket: { unit, count, ...calendar },
    ...(as !== undefined && { as }),
  };
}

export interface AggregationConfig {
  groupBy?: readonly (FieldName | Grouping)[];
  measures: readonly Aggregation[];
  /** Over the columns of the result: only groups for which it is true. */
  having?: DataFilter;
  /** Buckets of time without rows are rows too. */
  fillEmpty?: boolean;
  /** Rows with the measures of all (`total`), or of each level of groups too (`rollup`, which true means). */
  subtotals?: boolean | 'none' | 'total' | 'rollup';
}

/** An aggregation as a step of a data set. */
export function aggregate(config: AggregationConfig, id = 'aggregate'): StepConfig {
  const { groupBy: groups = [], measures, having, fillEmpty, subtotals } = config;
  return {
    id,
    kind: 'aggregate',
    enabled: true,
    options: {
      groups: groups.map((group) =>
        typeof group === 'object' && 'column' in group ? group : { column: columnOf(group) },
      ),
      measures: [...measures],
      ...(having !== undefined && { having }),
      ...(fillEmpty !== undefined && { fillEmpty }),
      ...(subtotals !== undefined && {
        subtotals: typeof subtotals === 'string' ? subtotals : subtotals ? 'rollup' : 'none',
      }),
    },
  };
}
