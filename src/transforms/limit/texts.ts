// Words of the limit step.
export const texts = {
  title: 'Limit',
  purpose: 'Keeps a stretch of the rows: skip some, then take at most so many.',
  'limit.title': 'Rows at most',
  'limit.help': 'How many rows are kept; empty means all. Reading ends as soon as they are there.',
  'offset.title': 'Rows to skip',
  'offset.help': 'How many rows are left out before the first one is kept.',
} as const;
