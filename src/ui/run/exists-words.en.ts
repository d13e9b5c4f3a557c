// What is asked about files that are there already.
export const existsWords = {
  title: 'This file exists',
  says: (name: string): string => `${name} is there already.`,
  replace: 'Replace it',
  rename: 'Number the new one',
  append: 'Add the rows to it',
  skip: 'Keep it if it is the same',
  stop: 'Stop the export',
  forAll: 'The same for all files of this export',
} as const;
