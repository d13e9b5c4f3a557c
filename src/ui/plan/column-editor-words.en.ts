// What is said where a column of the table of columns is opened.
import { plural } from '../counted.ts';

const figure = (count: number): string => count.toLocaleString('en');

export const columnWords = {
  editor: (name: string) => `How ${name} is read`,
  type: 'Type',
  spelling: 'Spelling',
  values: 'First values',
  before: 'In the source',
  after: 'Read as',
  reading: 'Reading …',
  fits: (rows: number) => `All values of the ${figure(rows)} sampled rows fit.`,
  misfits: (count: number, rows: number, what: string) =>
    `${plural(count, 'value', 'values')} of the ${figure(rows)} sampled rows ${count === 1 ? 'does' : 'do'} not fit: ${what}.`,
  place: (value: string, line: number) =>
    line === 0 ? `“${value}”` : `“${value}” on line ${figure(line)}`,
  become: {
    reject: 'Their rows are left out and listed.',
    null: 'They become null, and are counted.',
    fail: 'The export stops at the first of them.',
  },
  others: 'and others',
  back: 'Back to the proposal',
  typed: 'The file holds its own types: patterns and texts for null are for columns of text.',
  made: 'Made by the recipe above, so its type is set there.',
  setType: 'Set its type',
  openStep: 'Open the step',
};
