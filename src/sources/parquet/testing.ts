// Reads whole Parquet bytes in tests.
import { sliceReader } from '../slice-testing.ts';
import { inspectParquet } from './inspect.ts';
import { parquetOptions } from './options.ts';
import { readParquet } from './read.ts';

export const readAll = sliceReader(
  'test.parquet',
  { inspect: inspectParquet, read: readParquet },
  parquetOptions.defaults,
);
