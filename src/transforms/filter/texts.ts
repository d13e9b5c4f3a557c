// Words of the filter step.
export const texts = {
  title: 'Filter',
  purpose: 'Keeps the rows for which a condition is true.',
  'where.title': 'Condition',
  'where.help':
    "Which rows stay, for example: status = 'failed' and duration_ms > 250, shipped > ordered + interval 3 days, created in last 30 days. Comparisons with an empty value (null) are never true; use “is null”. Empty means all rows.",
} as const;
