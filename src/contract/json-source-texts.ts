// The sentences that JSON sources share: what is wrong with the bytes, what changed, and why something was proposed.
import type { JsonFaultReason } from '../table/json-scan.ts';
import { count, figures } from './type-evidence.ts';

/** What is wrong at the place a message names. `byte`: what stands there, as people write it. */
export const FAULTS: Readonly<Record<JsonFaultReason, (byte: string) => string>> = {
  value: (byte) => `a value is expected, not ${byte}`,
  end: () => 'it ends in the middle of a value',
  key: (byte) => `a key in double quotes is expected, not ${byte}`,
  colon: (byte) => `a colon is expected, not ${byte}`,
  comma: (byte) => `a comma or a closing bracket is expected, not ${byte}`,
  'trailing-comma': () => 'nothing follows the comma',
  control: (byte) => `a text holds ${byte}, which must be escaped`,
  escape: (byte) => `a backslash is not followed by an escape of JSON (${byte})`,
  number: (byte) => `a number is not written as JSON writes it (${byte})`,
  word: (byte) => `true, false or null is expected (${byte})`,
  depth: () => 'it is nested too deep',
  after: (byte) => `something follows the document (${byte})`,
};

export const REMEDIES = {
  correct:
    'Correct the file there, or fetch it again; if it is no JSON, choose what it is read as.',
  sequence:
    'If it is one JSON value after the other, choose the layout “sequence”, or read it as NDJSON.',
  oneLine: 'NDJSON has one record on each line: read it as JSON with the layout “sequence”.',
} as const;

export const SHAPE_WORDS = {
  objects: 'an object',
  arrays: 'a list',
  values: 'a value',
} as const;

/** What begins with this byte. */
export function valueWord(byte: number | undefined): string {
  if (byte === 123) return 'an object';
  if (byte === 91) return 'a list';
  if (byte === 34) return 'a text';
  if (byte === 116 || byte === 102) return 'true or false';
  if (byte === 110) return 'null';
  return 'a number';
}

export const LAYOUT_WORDS = {
  list: 'a list',
  entries: 'an object of records',
  columns: 'an object of lists',
} as const;

export const LOSS_SENTENCES = {
  'duplicate-key': {
    first: 'A key stood twice in a record: the first value counts.',
    last: 'A key stood twice in a record: the last value counts.',
    fail: '',
  },
  'key-left-out': 'A key that no column stands for was left out.',
  'lone-surrogate': 'Half of a character in a text was replaced by U+FFFD.',
} as const;

export const NO_PATH = {
  key: (key: string) => `there is no key “${key}”`,
  item: (index: string) => `the list has no item ${index}`,
  scalar: (key: string) => `what should hold “${key}” is neither an object nor a list`,
} as const;

export const JSON_EVIDENCE = {
  listAt: (path: string, rows: number) =>
    `The longest list of objects near the top stands at ${path}: ${count(rows, 'record', 'records')} in the sample.`,
  list: 'The document is a list.',
  entries: (keys: number) =>
    `The document is an object whose ${count(keys, 'value is an object', 'values are objects')}.`,
  columns: (keys: number, rows: number) =>
    `The document is an object of ${count(keys, 'list', 'lists')} with ${count(rows, 'value', 'values')} each.`,
  single: 'The document is one record.',
  objects: (rows: number) =>
    rows === 1 ? 'The one record is an object.' : `All ${figures(rows)} records are objects.`,
  arrays: (rows: number) =>
    rows === 1 ? 'The one record is a list.' : `All ${figures(rows)} records are lists.`,
  values: 'Not every record is an object or every one a list: each is one value.',
  header: 'The first list holds texts only, without repeats, and the others do not.',
  noHeader: 'The first list looks like the others.',
} as const;
