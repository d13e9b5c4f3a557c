// What is said of charts and pivot tables that cannot be written.

const list = (names: readonly string[] | string): string =>
  typeof names === 'string' ? names : names.map((name) => `“${name}”`).join(' or ');

export const EXTRAS_TEXTS = {
  which: {
    charts: (number: number): string => `Chart ${number}: `,
    pivots: (number: number): string => `Pivot table ${number}: `,
    images: (number: number): string => `Image ${number}: `,
  },
  /** `known`: the nearest names, or a text of all. */
  unknownColumn: (name: string, known: readonly string[] | string): string =>
    typeof known === 'string'
      ? `There is no column “${name}”; there are ${known}.`
      : `There is no column “${name}”; did you mean ${list(known)}?`,
  unknownDataset: (name: string, known: readonly string[]): string =>
    `There is no data set “${name}” in this file; there ${known.length === 1 ? 'is' : 'are'} ${known.map((one) => `“${one}”`).join(', ')}.`,
  noNumber: (name: string): string =>
    `“${name}” holds no numbers, which a chart needs: give the column a number type, or choose another one.`,
  countOnly: (name: string): string =>
    `“${name}” holds no numbers: a pivot table can only count its values.`,
  noCategory:
    'Only rows of one category are combined: choose a category, and any kind but scatter.',
  noImage: 'it is no PNG, JPEG or GIF',
  imageTooLarge: 'it is larger than 16 MiB',
  imageName: (number: number): string => `Image ${number}`,
  oneSeries: 'A pie shows one column of values.',
  secondAlone: 'A second axis needs at least one column of values on the first.',
  noSecond: (kind: string): string =>
    `A ${kind} chart has no second axis: choose columns, lines, areas or a combined chart.`,
  noX: 'A scatter chart needs a column for its X values as “category”.',
  noHeader: 'A pivot table takes its field names from the header: write the column names.',
  unnamed: 'A pivot table needs a name for every column: rename the one that has none.',
  noFields: 'A pivot table needs at least one field for its rows or columns.',
  repeated: (name: string): string =>
    `“${name}” stands twice among rows, columns and filters; once is all a pivot table takes.`,
} as const;
