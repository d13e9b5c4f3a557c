// Words of a receipt about the values of the finished files.
export const valuesWords = {
  title: 'Values',
  same: (rows: string, reader: string, level: 'sample' | 'full') =>
    `${level === 'full' ? `${rows}` : `A sample of ${rows}`} read back by the reader of ${reader}, and equal: rows, nulls, least and greatest values, sums, and a sum of the rows’ hashes ${level === 'full' ? '' : 'of the sample '}are those that were written.`,
  byNulls: (names: string) =>
    `Of ${names} only the nulls were compared: the format holds their values in another form.`,
  notCompared: (reason: string) => `Not compared: ${reason}.`,
} as const;
