// Words of the Data step: data sets, columns, rows, a stretch of time.
import type { InspectedColumn } from '../../contract/verbs.ts';
import { plural, listed } from '../counted.ts';

const allRows = (count: string | null) => count ?? 'All rows';

export const flowWords = {
  title: 'Where the rows go',
  goOut: 'Go out',
  filtered: 'Filtered out',
  rejected: 'Rejected',
  merged: 'Merged',
  added: 'Added',
  in: 'In',
  counting: 'Counting …',
  countingAt: (share: string) => `Counting, ${share}`,
  countExactly: 'Count all rows',
  untold: 'Rows become others, so the first rows do not tell how many there are in the end.',
  fromSample: 'Judged by the first rows.',
  name: (out: string, filtered: string, rejected: string, all: string) =>
    `${out} of ${all} rows go out, ${filtered} are filtered out, ${rejected} rejected`,
} as const;

export const otherDataWords = {
  missing: (ids: readonly string[]) => ({
    sentence: `${listed(ids.map((id) => `“${id}”`))} ${ids.length === 1 ? 'is' : 'are'} not open here.`,
    hint: 'Open the file at this step, or choose other data.',
  }),
} as const;

export const datasetWords = {
  title: 'Data sets',
  says: (count: number) => `${count.toLocaleString('en')} open, one goes out`,
  help: 'Each has a plan of its own; undo stays with it.',
} as const;

export const timeWords = {
  title: 'Time',
  any: 'of any time',
  column: 'Column',
  stretch: 'Stretch of time',
  stretches: {
    all: 'All',
    day: 'Last 24 hours',
    week: '7 days',
    month: '30 days',
    'this-month': 'This month',
    'last-month': 'Last month',
    range: 'Range',
  },
  from: 'From',
  to: 'To, not included',
  placeholder: { date: '2026-03-31', timestamp: '2026-03-31 18:00:00' },
  says: ({ from, to }: { from: string; to: string }) =>
    from === ''
      ? `before ${to.replace('T', ' ')}`
      : to === ''
        ? `from ${from.replace('T', ' ')}`
        : `${from.replace('T', ' ')} to ${to.replace('T', ' ')}`,
  help: 'Rows of any time go out, those without a time too.',
  halfOpen: (zone: string) =>
    `From is included, To is not; an empty end is open. Times are of ${zone}.`,
  moves: (zone: string) =>
    `Moves with the clock: counted from the moment of each export, in ${zone}.`,
  wrong: (text: string, example: string) => `“${text}” is no such value; write it as ${example}.`,
} as const;

export const zoneWords = {
  title: 'Time zone',
  help: 'Whose days and months are meant, here, in filters and in groups. Times without a zone are never shifted.',
  here: (zone: string) => `${zone} (here)`,
  all: 'All zones',
} as const;

export const dataWords = {
  rows: 'Rows',
  column: 'column',
  columnsWord: 'columns',
  allRows,
  rowsThatPass: 'Rows that pass the filter',
  of: (count: string) => `${count} of `,
  from: (count: string) => `${count} from `,
  timeIs: (column: string, stretch: string) => `${column} ${stretch}`,
  allColumns: 'all columns',
  columns: (count: number) => plural(count, 'column', 'columns'),
  someColumns: (out: number, total: number) =>
    `${out.toLocaleString('en')} of ${plural(total, 'column', 'columns')}`,
  limited: (limit: number | null, offset: number) =>
    [
      offset > 0 ? `${plural(offset, 'row', 'rows')} skipped` : '',
      limit === null ? '' : `at most ${plural(limit, 'row', 'rows')}`,
    ]
      .filter(Boolean)
      .join(', '),
  renamed: (count: number) => `${count.toLocaleString('en')} renamed`,
  asTheyAre: 'As the source has them.',
  filterExample: (columns: readonly InspectedColumn[]) => {
    const plain = columns.filter((column) => /^[a-z]\w*$/i.test(column.name));
    const text = plain.find((column) => column.type === 'utf8')?.name ?? 'status';
    const number = plain.find((column) => /^(int|decimal|float)/.test(column.type))?.name;
    return `${text} contains 'a'${number ? ` and ${number} > 100` : ''}`;
  },
  filterHelp:
    'Empty passes all rows. = ≠ < ≤ > ≥, between, in, contains, starts with, ends with, matches, is null, joined by and, or, not.',
  offset: {
    title: 'Skip first',
    help: 'Rows left out at the start, after the filter.',
    unit: 'rows',
  },
  limit: { title: 'At most', help: 'Reading ends once this many rows are out.', unit: 'rows' },
  noLimit: 'no limit',
  newBy: (column: string): string => `only new rows, by ${column}`,
  cutTitle: 'Limit',
  noCut: 'none',
  columnsTitle: 'Columns',
  all: 'All',
  none: 'None',
  asInSource: 'As in the source',
  findColumn: 'Find a column',
  drag: 'Drag',
  goesOut: 'Goes out',
  in: 'In',
  out: 'Out',
  type: 'Type',
  shape: 'Shape',
  leftOut: 'left out',
  move: 'Move',
  noName: '(no name)',
  goesOutOf: (name: string) => `${name} goes out`,
  newNameOf: (name: string) => `New name of ${name}`,
  editColumn: (name: string, type: string, isEdited: boolean) =>
    `How ${name} is read: ${type}${isEdited ? ', set by you' : ''}`,
  dragOf: (name: string) => `Move ${name}: Space lifts, arrow keys move, Space drops`,
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  moved: (name: string, place: number, count: number) => `${name}, ${place} of ${count}`,
} as const;
