// Reads whole Arrow bytes in tests.
import { sliceReader } from '../slice-testing.ts';
import { inspectArrow } from './inspect.ts';
import { arrowOptions } from './options.ts';
import { readArrow } from './read.ts';

export const readAll = sliceReader(
  'test.arrow',
  { inspect: inspectArrow, read: readArrow },
  arrowOptions.defaults,
);
