// Words of runs while they go on, and of those that failed.
import type { Progress } from '../../contract/report.ts';
import { plural } from '../counted.ts';

export const placeWords = {
  line: (n: string) => `line ${n}`,
  row: (n: string) => `row ${n}`,
  column: (n: string) => `column ${n}`,
  offset: (n: string) => `byte ${n}`,
  position: (n: string) => `position ${n}`,
} as const;

export const runWords = {
  title: 'Running',
  progress: 'Share of the source read',
  progressSent: 'Share sent',
  phase: (phase: Progress['phase'], isOfValues: boolean) =>
    phase === 'sending'
      ? 'Sending'
      : phase === 'verifying'
        ? `Reading ${isOfValues ? 'values ' : ''}back and comparing`
        : 'Reading and writing',
  waitsBecause: (most: number) =>
    `Waits for its turn: ${most} exports work at once. You can go on with the plan meanwhile.`,
  cancelling: 'Cancelling …',
  cancel: 'Cancel',
  cancelLeaves: 'Cancel leaves no file behind',
  rowsRead: 'rows read',
  rowsReadOf: (rows: string, isExact: boolean) => `of ${isExact ? '' : '≈\u00a0'}${rows} rows`,
  written: 'written',
  rowsASecond: 'rows a second',
  readASecond: 'read a second',
  elapsed: 'so far',
  left: 'left',
  leftGiveOrTake: (spread: string) => `left, ±\u00a0${spread}`,
  memory: 'memory, workers too',
  percentDone: (percent: number) => `${percent} percent done`,
  stage: 'Stage',
  state: 'State',
  bytes: 'Bytes',
  bytesOf: (some: string, all: string) => `${some} of ${all}`,
  stages: {
    read: 'Read',
    write: 'Write',
    readBack: 'Read back',
    values: 'Compare values',
    send: 'Send',
  },
  states: { underWay: 'under way', done: 'done', toCome: 'to come' },
} as const;

export const runsWords = {
  title: 'Exports',
  others: 'Other exports',
  underWay: (running: number, waiting: number, percent: string) =>
    [`${running} running`, waiting > 0 ? `${waiting} waiting` : '', percent]
      .filter(Boolean)
      .join(', '),
  all: (count: number) => plural(count, 'export', 'exports'),
  ended: (name: string, how: string) =>
    how === 'completed'
      ? `${name} is done`
      : how === 'cancelled'
        ? `${name} is cancelled`
        : `${name} failed`,
  progressOf: (name: string) => `Share of ${name} done`,
  starting: 'Starting',
  waiting: 'Waiting for its turn',
  running: (rows: string, left: string | null) =>
    `${rows} read${left === null ? '' : `, ${left} left`}`,
  completed: (rows: string, size: string, time: string) => `${rows}, ${size}, in ${time}`,
  cancelled: 'Cancelled, nothing was kept',
  show: 'Show',
  receipt: 'Receipt',
  forget: 'Remove',
  showOf: (name: string) => `Show ${name}`,
  receiptOf: (name: string) => `Receipt of ${name}`,
  cancelOf: (name: string) => `Cancel ${name}`,
  forgetOf: (name: string) => `Remove ${name} from the list`,
  cancelAll: 'Cancel all',
} as const;

export const failedWords = {
  read: 'Change how it is read',
  data: 'Change rows and columns',
  format: 'Change the format',
  options: 'Change the options',
  delivery: 'Change where it goes',
  rename: 'Number the new file',
  again: 'Try again',
} as const;
