// The English words of the aggregate step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const AGGREGATE_CARD = {
  title: 'Group and count',
  purpose:
    'Makes one row of all rows that are the same in some columns, with counts, sums and other measures.',
};

export const AGGREGATE_TEXTS: OptionTexts = {
  'groups.title': 'Group by',
  'groups.help':
    'Columns whose values make a group, or stretches of time, as in: country, "last name", month(at) as month, 15 minutes(at). Or a list, each {"column", "as", "bucket": {"unit", "count", "zone", "weekStart"}}; the zone is that of the export unless given. Without any, all rows are one group.',
  'measures.title': 'Measures',
  'measures.help':
    'What to say of each group, as in: count(), sum(amount) as total, p95(duration_ms). Or a list, each {"op", "column", "p", "as"}. There are count, count-distinct, approx-count-distinct, sum, avg, min, max, median, percentile, approx-percentile, stddev, variance (of a sample; with -pop of all), first, last, mode, list. Nulls count for none of them but count() and list.',
  'having.title': 'Only groups where',
  'having.help': 'A condition over the columns of the result, as in: total > 1000.',
  'subtotals.title': 'Subtotals',
  'subtotals.help':
    'Further rows behind the groups, with a column “grouping” that is 0 for groups and greater for what is taken together.',
  'subtotals.none': 'None',
  'subtotals.total': 'One row over everything',
  'subtotals.rollup': 'A row for each level of groups, and one over everything',
  'fillEmpty.title': 'Fill empty buckets',
  'fillEmpty.help':
    'Stretches of time without rows between the first and the last of a group become rows with a count of 0. The rows are then in order of groups and time.',
};
