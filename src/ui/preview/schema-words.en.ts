// What is said of a profile of all values.
export const words = {
  start: 'Profile the whole file',
  startRows: 'Profile all rows',
  cancel: 'Stop',
  again: 'Profile again',
  underWay: (rows: string, share: string | null): string =>
    share === null ? `Looking at all values: ${rows}` : `Looking at all values: ${rows}, ${share}`,
  done: (rows: string, time: string): string => `All ${rows}, in ${time}`,
  stopped: (rows: string): string => `Stopped: the first ${rows}`,
  failed: (why: string): string => `Not profiled: ${why}`,
  count: 'Count duplicate rows',
  countAgain: 'Count again',
  counting: (rows: string, share: string | null): string =>
    share === null ? `Counting duplicates: ${rows}` : `Counting duplicates: ${rows}, ${share}`,
  noDuplicates: (rows: string): string => `No two of all ${rows} are the same`,
  duplicates: (count: string, rows: string, isOne: boolean, time: string): string =>
    `${count} of all ${rows} ${isOne ? 'is' : 'are'} like one before, in ${time}`,
  notCounted: (why: string): string => `Duplicates not counted: ${why}`,
  otherTypes: (count: number): string =>
    count === 1
      ? 'One column has another type in the whole file'
      : `${count.toLocaleString('en')} columns have other types in the whole file`,
  takeAll: (count: number): string => (count === 1 ? 'Take it' : 'Take all'),
  inWhole: 'Whole file:',
  take: 'Take it',
  takeFor: (type: string, name: string): string => `Take ${type} for ${name}`,
  least: 'Least',
  greatest: 'Greatest',
  mean: 'Mean',
  stddev: 'Standard deviation',
  shortest: 'Shortest',
  longest: 'Longest',
  notFinite: 'Not a number, or infinite',
  unfit: 'Do not fit the type',
  unfitFirst: 'The first of them',
  onLine: (line: string): string => `line ${line}`,
  frequent: 'Most frequent',
  estimated: 'Counts with ≤ are known within their error only',
  characters: (count: string, value: string): string => `${count}, ${value === '' ? '“”' : value}`,
} as const;
