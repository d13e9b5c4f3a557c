// What is said of rows that were added since the last run.
export const newRowsWords = {
  title: 'New rows',
  all: 'all rows, new or not',
  allRows: 'All rows',
  first: 'all rows the first time, then only what was added',
  since: (when: string, column: string, value: string): string =>
    `since ${when} · ${column} beyond ${value.length > 40 ? `${value.slice(0, 39)}…` : value}`,
  reset: 'Begin with all rows again',
  column: 'Only rows since the last run, by',
  help: 'A column that only grows, such as a number or the time of entry: rows whose value is not greater than the greatest of the last completed run stay out.',
  noTemplate: 'Where a run ended is kept with a template, and this plan is none yet.',
  notKept: 'Nothing is kept here, so that every run begins with all rows.',
  save: 'Save as template',
} as const;
