// Reads JSON given as text or bytes to cells for tests.
import {
  recordReader,
  type ReadRecords as Read,
  type RecordsQuestion as Question,
} from '../testing.ts';
import { inspectJson } from './inspect.ts';
import type { JsonOptions } from './options.ts';
import { readJson } from './read.ts';

export type ReadRecords = Read<JsonOptions>;
export type RecordsQuestion = Question<JsonOptions>;

/** Inspects and reads. */
export const readRecords = recordReader<JsonOptions>('test.json', {
  inspect: inspectJson,
  read: readJson,
});
